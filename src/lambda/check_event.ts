// SPDX-License-Identifier: MIT
// The event that asks a version for its self-check, and the answer.

/** No queue sends such a one. */
export const ASKED = 'tomare.check';

export interface Checked {
  drives: number;
  /** One sentence a drive whose findings are others. */
  wrong: string[];
}

export function isSelfCheck(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'check' in event && event.check === ASKED;
}
