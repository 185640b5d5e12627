// SPDX-License-Identifier: MIT
// What was seen, as a sentence, for a finding in the report or in a result file.
import type { Texts } from './en.ts';

export interface Seen {
  rule: string;
  verdict: string;
  measured: Record<string, number>;
}

/** `decel`: hardest braking that a hidden stop may need, in m/s² (`stop.decel_mps2`). */
export function seenText(t: Texts, finding: Seen, decel: number): string {
  const m = { ...finding.measured, decel };
  const lawful = finding.verdict === 'complied';
  switch (finding.rule) {
    case 'stop-sign':
    case 'level-crossing':
      return lawful ? t.seenText.stopped(m) : t.seenText.stop(m);
    case 'speeding':
    case 'minimum-speed':
      return t.seenText.speeding(m);
    case 'turn-ban':
      return lawful ? t.seenText.noTurn : t.seenText.turn(m);
    case 'wrong-way':
      return lawful ? t.seenText.open : t.seenText.against(m);
    default:
      return lawful ? t.seenText.open : t.seenText.way(m);
  }
}
