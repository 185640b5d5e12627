// SPDX-License-Identifier: MIT
// The result's contract, version 1: the schema is the source, `tomare schema` prints it.
import * as z from 'zod';
import { REASONS, RULES } from '../layout.ts';
import { VEHICLES } from '../types.ts';

const time = z.string().describe('ISO 8601 with offset');
const share = z.number().min(0).max(1);
const count = z.int().min(0);
const rule = z.enum(RULES as unknown as [string, ...string[]]);

export const resultSchema = z.strictObject({
  schema: z.literal('tomare.result/1'),
  drive: z.strictObject({
    id: z.string(),
    fixes: count,
    start: time,
    end: time,
    distance_m: z.number(),
    vehicle: z.enum(VEHICLES),
  }),
  engine: z.strictObject({
    version: z.string(),
    map: z.strictObject({ name: z.string(), format: z.int(), osm_time: time.nullable() }),
    profile: z.string(),
    settings: z.string(),
  }),
  match: z.strictObject({ matched: count, off_road: count, unmatched: count, gaps: count, mean_error_m: z.number() }),
  exposure: z.array(
    z.strictObject({
      rule,
      passed: count.optional(),
      complied: count.optional(),
      violated: count.optional(),
      undetermined: count.optional(),
      judged_m: z.number().optional(),
    }),
  ),
  findings: z.array(
    z.strictObject({
      rule,
      verdict: z.enum(['violated', 'possible', 'undetermined', 'complied']),
      start: time,
      end: time,
      place: z.strictObject({ lat: z.number(), lon: z.number() }),
      road: z.strictObject({
        way: z.int(),
        forward: z.boolean(),
        name: z.string().optional(),
        node: z.int().optional(),
        relation: z.int().optional(),
      }),
      source: z.strictObject({ tag: z.string(), direction: z.enum(['given', 'inferred', 'ambiguous']).optional() }),
      measured: z.record(z.string(), z.number()),
      confidence: share,
      factors: z.strictObject({ match: share, map: share, observation: share }),
      reasons: z.array(z.enum(REASONS as unknown as [string, ...string[]])),
      offence: z
        .strictObject({ code: z.string(), article: z.string(), points: z.int(), fine_yen: z.int().optional() })
        .optional(),
      evidence: z.strictObject({ first_fix: count, last_fix: count }),
    }),
  ),
  route: z
    .array(
      z.strictObject({
        way: z.int(),
        forward: z.boolean(),
        from_m: z.number(),
        to_m: z.number(),
        enter: time,
        exit: time,
      }),
    )
    .optional(),
});
export type Result = z.infer<typeof resultSchema>;

export function jsonSchema(): unknown {
  return z.toJSONSchema(resultSchema);
}
