// SPDX-License-Identifier: MIT
// What was seen, as a sentence: of a finding of the report's page, or of a result.
import type { Texts } from './en.ts';

export interface Seen {
  rule: string;
  verdict: string;
  measured: Record<string, number>;
}

/** `decel`: the braking that a hidden stop may need, m/s². */
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
    default:
      return lawful ? t.seenText.open : t.seenText.way(m);
  }
}
