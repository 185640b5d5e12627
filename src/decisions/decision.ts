// SPDX-License-Identifier: MIT
// A decision of a person on a finding or a place, schema tomare.decision/1. The last one counts.
import * as z from 'zod';
import type { Result } from '../report/result.ts';

export const ACTIONS = ['confirm', 'dismiss', 'dispute', 'coach', 'undo'] as const;
export const DECISION_REASONS = [
  'correct',
  'wrong_match',
  'wrong_map',
  'no_sign',
  'permit',
  'emergency',
  'measurement',
  'other',
] as const;

export const decisionSchema = z.strictObject({
  schema: z.literal('tomare.decision/1'),
  /** Random; the same decision sent twice counts once. */
  id: z.string().min(1).max(64),
  time: z.iso.datetime({ offset: true }),
  author: z.string().max(200),
  action: z.enum(ACTIONS),
  reason: z.enum(DECISION_REASONS),
  note: z.string().max(500).optional(),
  drive: z.string().max(1024),
  rule: z.string().max(64),
  /** `findingKey` of the finding that was decided about. */
  finding: z.string().max(2048),
  /** `placeKey` of its place (src/audit). */
  place: z.string().max(256),
  /** Whether it holds for this finding, or for the place and all drives. */
  scope: z.enum(['finding', 'place']),
});
export type Decision = z.infer<typeof decisionSchema>;

/** Names a finding over analyses: rule, drive, start and road stay when settings or map change a little. */
export function findingKey(result: Result, f: Result['findings'][number]): string {
  const object = f.road.relation ?? f.road.node ?? f.road.way;
  return `${f.rule} ${result.drive.id} ${f.start} ${object}`;
}
