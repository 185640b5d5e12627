// SPDX-License-Identifier: MIT
// The posterior of a share, after so many of so many: Beta(1 + breaks, 1 + passes - breaks), from a uniform prior.

/**
 * Probability that the true share is above `share` (0 to 1, both exclusive) when `breaks` of `passes` were seen.
 * For whole numbers the Beta distribution is a sum of binomial terms: P(p > x) = P(Bin(n + 1, x) <= k)
 * (Abramowitz & Stegun 26.5.24), worked out in logarithms so that thousands of passes do not underflow.
 *
 * @example shareAbove(0.5, 6, 6) // 0.992
 */
export function shareAbove(share: number, breaks: number, passes: number): number {
  const n = passes + 1;
  const ratio = Math.log(share) - Math.log1p(-share);
  let term = n * Math.log1p(-share);
  let sum = Math.exp(term);
  for (let k = 1; k <= breaks; k++) {
    term += ratio + Math.log((n - k + 1) / k);
    sum += Math.exp(term);
  }
  return Math.min(1, sum);
}
