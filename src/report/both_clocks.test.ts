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
const times = { time_ms: Float64Array.of(0, 10, 20), other_time_ms: Float64Array.of(0, 30, 40) };
const judged = (byOther: boolean) =>
  underBothClocks(times as Fixes, ({ time_ms }) =>
    time_ms === times.other_time_ms ? analysis(byOther, 30) : analysis(true, 10),
  );

describe('a violation', () => {
  it('by both readings stays, with the times of the first', () => {
    expect(judged(true).findings[0]).toMatchObject({ verdict: 'violated', start_ms: 10, end_ms: 19, reasons: [] });
  });
  it('by one reading is undetermined', () => {
    const { findings, exposure } = judged(false);
    expect(findings[0]).toMatchObject({ verdict: 'undetermined', reasons: ['clock_doubtful'] });
    expect(exposure[0]).toMatchObject({ violated: 0, undetermined: 1 });
  });
});
