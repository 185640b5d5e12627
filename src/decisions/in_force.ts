// SPDX-License-Identifier: MIT
// Which decisions hold. Without packages, for the page in the browser uses it too.
import type { Decision } from './decision.ts';

/** The decisions in force, by key of finding or place; an undone one is gone, a repeated line counts once. */
export function inForce(decisions: Iterable<Decision>): Map<string, Decision> {
  const map = new Map<string, Decision>();
  const seen = new Set<string>();
  for (const decision of decisions) {
    if (seen.has(decision.id)) continue;
    seen.add(decision.id);
    if (decision.action === 'undo') {
      map.delete(decision.finding);
      map.delete(decision.place);
    } else map.set(decision.scope === 'place' ? decision.place : decision.finding, decision);
  }
  return map;
}
