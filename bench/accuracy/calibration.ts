// SPDX-License-Identifier: MIT
// Is a confidence of 0.9 true nine times in ten? Reliability by tenths and the expected calibration error, of the
// confidence and of each of its factors.
import type { Finding } from '../../src/types.ts';
import { type Drive, STEP_S } from './drives.ts';
import type { Measured } from './pool.ts';

export interface Bin {
  count: number;
  /** Mean of what was said. */
  said: number;
  /** Share that was true. */
  true: number;
}

export interface Calibration {
  bins: Bin[];
  count: number;
  ece: number;
}

export function calibrate(pairs: readonly (readonly [said: number, truth: boolean])[], bins = 10): Calibration {
  const filled = Array.from({ length: bins }, (_, b) => {
    const inside = pairs.filter(([said]) => Math.min(bins - 1, Math.floor(said * bins)) === b);
    const count = inside.length;
    return {
      count,
      said: inside.reduce((sum, [said]) => sum + said, 0) / count,
      true: inside.filter(([, truth]) => truth).length / count,
    };
  }).filter((b) => b.count > 0);
  const ece = filled.reduce((sum, b) => sum + (Math.abs(b.said - b.true) * b.count) / pairs.length, 0);
  return { bins: filled, count: pairs.length, ece };
}

export const confidenceOf = (f: Finding) => f.match * f.map * f.observation;

/** The car was truly on the finding's way, in its direction, at some time of the finding. */
export function onItsWay(drive: Drive, f: Finding): boolean {
  const begin = Math.max(0, Math.floor((f.start_ms - drive.start_ms) / 1000 / STEP_S) - 20);
  const end = Math.min(drive.count - 1, Math.ceil((f.end_ms - drive.start_ms) / 1000 / STEP_S) + 20);
  const [first, last] = [drive.item(begin), drive.item(end)];
  return drive.route.slice(first, last + 1).some((e) => e.way === f.way && e.forward === f.forward);
}

export type Quantity = 'confidence' | 'match' | 'map' | 'observation';

/** What each quantity said, and whether what it speaks of was so. */
export function pairsOf(runs: readonly Measured[], quantity: Quantity): [number, boolean][] {
  return runs.flatMap((run) =>
    run.claims
      .filter((c) => c.truth !== 'unscored')
      .flatMap(({ finding, truth }): [number, boolean][] => {
        const road = onItsWay(run.drive, finding);
        if (quantity === 'confidence') return [[confidenceOf(finding), truth === 'true']];
        if (quantity === 'match') return [[finding.match, road]];
        if (!road) return []; // the other two factors speak of the road that was driven
        return [[quantity === 'map' ? finding.map : finding.observation, truth === 'true']];
      }),
  );
}
