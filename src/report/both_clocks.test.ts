// SPDX-License-Identifier: MIT
// What only one reading of the times shows is no accusation; what both show stays one.
import { describe, expect, it } from 'vitest';
import type { Analysis, Exposure, Finding, Fixes } from '../types.ts';
import { underBothClocks } from './both_clocks.ts';

const finding = { rule: 'speeding', verdict: 'violated', node: 0, relation: 0, first_fix: 1, last_fix: 2, reasons: [] };
const analysis = (found: boolean, start_ms: number) =>
  ({
    exposure: [{ rule: 'speeding', complied: 0, violated: found ? 1 : 0, undetermined: 0 } as Exposure],
    findings: found ? [{ ...finding, start_ms, end_ms: start_ms + 9 } as unknown as Finding] : [],
  }) as unknown as Analysis;
/** Fixes at these moments, the last one later by so much by the second reading. */
const timed = (late: number, ...time_ms: number[]) =>
  ({
    count: time_ms.length,
    time_ms: Float64Array.from(time_ms),
    other_time_ms: Float64Array.from(time_ms, (ms, i) => ms + (i + 1 < time_ms.length ? 0 : late)),
  }) as Fixes;
const under = (fixes: Fixes, byOther: boolean) =>
  underBothClocks(fixes, ({ time_ms }) =>
    time_ms === fixes.other_time_ms ? analysis(byOther, 30) : analysis(true, 10),
  );
const times = { count: 3, time_ms: Float64Array.of(0, 10, 20), other_time_ms: Float64Array.of(0, 30, 40) };
const judged = (byOther: boolean) => under(times as Fixes, byOther);

describe('a violation', () => {
  it('by both readings stays, with the times of the first', () => {
    expect(judged(true).findings[0]).toMatchObject({ verdict: 'violated', start_ms: 10, end_ms: 19, reasons: [] });
  });
  it('by one reading is undetermined', () => {
    const { findings, exposure } = judged(false);
    expect(findings[0]).toMatchObject({ verdict: 'undetermined', reasons: ['clock_doubtful'] });
    expect(exposure[0]).toMatchObject({ violated: 0, undetermined: 1 });
  });
  it.each([
    ['a minute off', 'violated', [0, 10, 20, 60_010, 60_020, 60_030, 60_040]],
    ['three fixes off', 'undetermined', [0, 10, 20, 70_000, 140_000, 210_000]],
    ['four fixes and more than a minute off', 'violated', [0, 10, 20, 70_000, 140_000, 210_000, 280_000]],
    ['within a minute', 'undetermined', [0, 10, 20, 30, 40, 50, 60_000]],
  ])('by one reading, the longer step %s: %s', (_, verdict, at) => {
    expect(under(timed(9000, ...at), false).findings[0]).toMatchObject({ verdict });
  });
});
