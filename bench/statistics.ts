// SPDX-License-Identifier: MIT
// Minimum, median, and the ratio of paired samples with its bootstrap interval.
import { random } from '../mapdata/demo/simulate.ts';

export function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  return low + ((sorted[Math.ceil(at)] ?? low) - low) * (at - Math.floor(at));
}

const ascending = (values: readonly number[]) => values.toSorted((a, b) => a - b);
export const median = (values: readonly number[]) => quantile(ascending(values), 0.5);
export const geometricMean = (values: readonly number[]) =>
  Math.exp(values.reduce((sum, v) => sum + Math.log(v), 0) / values.length);

export interface Ratio {
  ratio: number;
  /** 95 % interval of the median over resampled pairs. */
  low: number;
  high: number;
}

/** Median of the ratios of pairs: a disturbance of one run spoils one pair, not the mean. */
export function pairedRatio(pairs: readonly [base: number, other: number][], seed = 1): Ratio {
  const ratios = pairs.map(([base, other]) => other / base);
  const next = random(seed);
  const medians = Array.from({ length: 2000 }, () =>
    median(ratios.map(() => ratios[Math.floor(next() * ratios.length)] ?? 1)),
  );
  const sorted = ascending(medians);
  return { ratio: median(ratios), low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) };
}
