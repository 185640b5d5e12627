// SPDX-License-Identifier: MIT
// The result's contract, version 2: the schema is the source, `tomare schema` prints it.
import * as z from 'zod';
import { REASONS, RULES } from '../layout.ts';
import { LEFT_OUT } from '../logs/format.ts';
import { VEHICLES } from '../types.ts';

const time = z.string().describe('ISO 8601 with offset');
const share = z.number().min(0).max(1);
const count = z.int().min(0);
const rule = z.enum(RULES as unknown as [string, ...string[]]);

/** Reasons that many drives or people give, beside those of the core. */
export const HOST_REASONS = ['place_disputed', 'dismissed'] as const;

/** How the log was read. Lines are those of the file, from 1; record numbers where a format has no lines. */
const input = z.strictObject({
  format: z.string(),
  preset: z.string().optional().describe('the program or recorder by its header'),
  encoding: z.string().nullable().describe('WHATWG label; null for binary formats'),
  sha256: z.string().describe('of the file as it is stored, hexadecimal'),
  columns: z.record(z.string(), z.string()).describe('what is used for what: role and column'),
  speed_unit: z.string().nullable().describe('in which the speeds were taken; null without speeds'),
  ignored: z.array(z.string()).describe('columns that look like they matter and are not used'),
  zone: z.strictObject({
    name: z.string().nullable().describe('IANA name; null where each time has its offset'),
    from: z.enum(['log', 'option', 'place', 'default']),
  }),
  rows: count,
  left_out: z.array(z.strictObject({ reason: z.enum(LEFT_OUT), rows: count, first_line: count })),
  unusable: z
    .array(z.strictObject({ column: z.string(), rows: count, first_line: count }))
    .describe('optional values that could not be used; their fixes stay'),
  speed_ratio: z.number().nullable().describe('median of logged speed to that of the positions'),
  warnings: z.array(z.string()),
});

export const resultSchema = z.strictObject({
  schema: z.literal('tomare.result/2'),
  input,
  drive: z.strictObject({
    id: z.string(),
    vehicle_id: z.string().nullable(),
    driver_id: z.string().nullable(),
    source: z
      .strictObject({
        bucket: z.string(),
        key: z.string(),
        etag: z.string(),
        version: z.string().nullable().describe('of the object, where its bucket keeps versions'),
        received: time.nullable().describe('when the object was put'),
      })
      .nullable()
      .describe('the object that the log is; null for a file'),
    fixes: count,
    start: time,
    end: time,
    distance_m: z.number(),
    vehicle: z.enum(VEHICLES),
  }),
  engine: z.strictObject({
    version: z.string(),
    generation: z.string().optional().describe('of the batch: hash of all that a result depends on besides its log'),
    map: z.strictObject({ name: z.string(), format: z.int(), osm_time: time.nullable() }),
    profile: z.string().describe('of the law that judged; several of a drive across a border are joined by "+"'),
    laws: z
      .array(
        z.strictObject({
          country: z.string().nullable().describe('ISO 3166-1 alpha-2; null: none is known'),
          zone: z.string().describe('IANA name of the clock that conditions went by'),
          profile: z.string(),
        }),
      )
      .describe('of the places that the drive went through, in their order'),
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
      reasons: z.array(z.enum([...REASONS, ...HOST_REASONS] as unknown as [string, ...string[]])),
      decision: z
        .strictObject({
          action: z.enum(['confirm', 'dismiss', 'dispute', 'coach']),
          author: z.string(),
          time,
          reason: z.string(),
          scope: z.enum(['finding', 'place']),
        })
        .optional()
        .describe('what a person decided of this finding or its place'),
      offence: z
        .strictObject({ code: z.string(), article: z.string(), points: z.int(), fine_yen: z.int().optional() })
        .optional(),
      evidence: z.strictObject({ first_fix: count, last_fix: count, first_line: count, last_line: count }),
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
