// SPDX-License-Identifier: MIT
// How much of a drive was judged: a drive of which nothing could be judged must not read as one without a finding.
import type { Result } from './result.ts';

/** What the counts of a result are taken from. */
export type Measured = Pick<Result, 'drive' | 'match' | 'exposure'>;

/** Share of the fixes that lie on no road of the map. */
export function offMap({ fixes, off_road, unmatched }: { fixes: number; off_road: number; unmatched: number }): number {
  return fixes === 0 ? 0 : (off_road + unmatched) / fixes;
}

interface Judged {
  places: number;
  passed: number;
  metres: number;
}

function judgedOf(results: readonly Measured[]): Judged {
  const sum: Judged = { places: 0, passed: 0, metres: 0 };
  for (const { exposure } of results) {
    for (const { passed, complied = 0, violated = 0, judged_m, rule } of exposure) {
      sum.passed += passed ?? 0;
      if (passed !== undefined) sum.places += complied + violated;
      if (rule === 'speeding') sum.metres += judged_m ?? 0;
    }
  }
  return sum;
}

/** True where no place was judged and no metre was judged for speed. */
export function nothingJudged(results: readonly Measured[]): boolean {
  const { places, metres } = judgedOf(results);
  return places === 0 && metres === 0;
}

const km = (metres: number) => (metres / 1000).toFixed(1);

/** "judged 3 of 4 places and 1.2 of 1.4 km for speed; 60 % of the drive off the map" */
export function judgedLine(results: readonly Measured[]): string {
  const { places, passed, metres } = judgedOf(results);
  const all = results.reduce((n, r) => n + r.drive.distance_m, 0);
  const fixes = results.reduce((n, r) => n + r.drive.fixes, 0);
  const off = results.reduce((n, { match }) => n + match.off_road + match.unmatched, 0);
  const share = Math.round(100 * offMap({ fixes, off_road: off, unmatched: 0 }));
  return `judged ${places} of ${passed} places and ${km(metres)} of ${km(all)} km for speed; ${share} % of the drive off the map`;
}
