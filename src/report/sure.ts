// SPDX-License-Identifier: MIT
// A confidence in words for people.

/** In whole per cent; "> 99 %" where rounding would make a doubt disappear. */
export function sureText(share: number): string {
  const percent = Math.round(100 * share);
  return percent === 100 && share < 1 ? '> 99 %' : `${percent} %`;
}
