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
  if (other_time_ms === undefined || !found.findings.some(isClaim)) return found;
  const other = analyze({ ...fixes, time_ms: other_time_ms });
  const exposure = found.exposure.map((e) => ({ ...e }));
  const findings = found.findings.map((finding): Finding => {
    if (!isClaim(finding)) return finding;
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
