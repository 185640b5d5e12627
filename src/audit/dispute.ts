// SPDX-License-Identifier: MIT
// A result as the batch reads it: accusations at disputed places are undetermined. The stored result stays as it is.
import type { Result } from '../report/result.ts';
import { placeKeys } from './tally.ts';

/** A copy of the result in which findings at the places of `keys` are undetermined, with the reason `place_disputed`. */
export function withDisputes(result: Result, keys: ReadonlySet<string>): Result {
  const moved = new Map<string, number>();
  const findings = result.findings.map((f) => {
    const accuses = f.verdict === 'violated' || f.verdict === 'possible';
    if (!accuses || !placeKeys(result, f).some((key) => keys.has(key))) return f;
    if (f.verdict === 'violated') moved.set(f.rule, (moved.get(f.rule) ?? 0) + 1);
    const { offence: _, ...rest } = f;
    return { ...rest, verdict: 'undetermined' as const, reasons: [...f.reasons, 'place_disputed'] };
  });
  const exposure = result.exposure.map((e) => {
    const count = moved.get(e.rule);
    if (count === undefined) return e;
    return { ...e, violated: (e.violated ?? 0) - count, undetermined: (e.undetermined ?? 0) + count };
  });
  return { ...result, findings, exposure };
}
