// SPDX-License-Identifier: MIT
// A confidence in words for people.

/** In whole per cent, and never 100: shares are rounded, and a doubt must not disappear. */
export function sureText(share: number): string {
  const percent = Math.round(100 * share);
  return percent >= 100 ? '> 99 %' : `${percent} %`;
}
