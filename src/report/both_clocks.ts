// SPDX-License-Identifier: MIT
// What is claimed of a drive must hold by both readings of its times, where its clock may have been set on the way
// (src/logs/clock/doubts.ts).
import type { Analysis, Finding, Fixes } from '../types.ts';

const isClaim = ({ verdict }: Finding) => verdict !== 'undetermined';

const same = (a: Finding, b: Finding) =>
  a.rule === b.rule &&
  a.node === b.node &&
  a.relation === b.relation &&
  a.first_fix <= b.last_fix &&
  b.first_fix <= a.last_fix;

/** Before and after a finding, what a step bears on it: as long a time, and as many fixes. */
const BESIDE_MS = 60_000;
const BESIDE_FIXES = 3;

/** Whether a step near the finding is longer by the second reading. Elsewhere all times are but shifted. */
function isInDoubt({ first_fix, last_fix }: Finding, { count, time_ms, other_time_ms = time_ms }: Fixes): boolean {
  const time = (i: number) => time_ms[i] as number;
  const late = (i: number) => (other_time_ms[i] as number) - time(i);
  const isBeside = (i: number, end: number) =>
    Math.abs(i - end) <= BESIDE_FIXES || Math.abs(time(i) - time(end)) <= BESIDE_MS;
  let [from, to] = [first_fix, last_fix];
  while (from > 0 && isBeside(from - 1, first_fix)) from--;
  while (to + 1 < count && isBeside(to + 1, last_fix)) to++;
  return late(to) - late(from) >= 1; // no step is shorter
}

/** A finding of the second reading, with the times of the first. */
function atTimes(finding: Finding, { time_ms, other_time_ms = time_ms }: Fixes): Finding {
  const moved = (fix: number) => (other_time_ms[fix] ?? 0) - (time_ms[fix] ?? 0);
  const { first_fix, last_fix, start_ms, end_ms } = finding;
  return { ...finding, start_ms: start_ms - moved(first_fix), end_ms: end_ms - moved(last_fix) };
}

/** The analysis of fixes; what only one reading of their times shows is undetermined. */
export function underBothClocks(fixes: Fixes, analyze: (fixes: Fixes) => Analysis): Analysis {
  const { other_time_ms } = fixes;
  const found = analyze(fixes);
  const mustHold = (finding: Finding) => isClaim(finding) && isInDoubt(finding, fixes);
  if (other_time_ms === undefined || !found.findings.some(mustHold)) return found;
  const other = analyze({ ...fixes, time_ms: other_time_ms });
  const exposure = found.exposure.map((e) => ({ ...e }));
  const findings = found.findings.map((finding): Finding => {
    if (!mustHold(finding)) return finding;
    const twins = other.findings.filter((f) => f.verdict === finding.verdict && same(f, finding));
    if (twins.length === 1) return atTimes(twins[0] as Finding, fixes);
    if (twins.length > 1) return finding;
    const counts = exposure.find((e) => e.rule === finding.rule);
    if (counts && finding.verdict !== 'possible') {
      counts[finding.verdict as 'violated' | 'complied']--;
      counts.undetermined++;
    }
    return { ...finding, verdict: 'undetermined', reasons: [...finding.reasons, 'clock_doubtful'] };
  });
  return { ...found, exposure, findings };
}
