// SPDX-License-Identifier: MIT
// List prices of AWS in Tokyo (ap-northeast-1), USD, as read on 2026-11-25; check them before you budget.

export const PRICES = {
  /** Lambda on arm64, a GB for a second. */
  gbSecond: 0.0000133334,
  lambdaRequest: 0.2e-6,
  s3Put: 0.0047e-3,
  s3Get: 0.00037e-3,
  sqsRequest: 0.4e-6,
  /** Logs taken in, a GB. */
  logGb: 0.76,
  /** A month. */
  s3Gb: 0.025,
  metric: 0.3,
  alarm: 0.1,
  dashboard: 3,
  /** In Virginia, as the price of a design that is not built; Tokyo's was not at hand. */
  s3ExpressPut: 0.00113e-3,
  /** A transition of STANDARD state machines. */
  stateTransition: 0.000025,
} as const;

/** What the time of a million logs costs, and the requests that bring them. */
export function lambdaCost(msOfALog: number, mib: number, batch: number): { time: number; requests: number } {
  const time = 1e6 * (msOfALog / 1000) * (mib / 1024) * PRICES.gbSecond;
  return { time, requests: (1e6 / batch) * PRICES.lambdaRequest };
}
