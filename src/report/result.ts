// SPDX-License-Identifier: MIT
// The result's contract, version 2: the schema is the source, `tomare schema` prints it.
import * as z from 'zod';
import { REASONS, RULES } from '../layout.ts';
import { LEFT_OUT } from '../logs/format.ts';
import { VEHICLES } from '../types.ts';

const time = z.string().meta({ format: 'date-time', description: 'ISO 8601 with the offset of the place' });
const share = z.number().min(0).max(1);
const count = z.int().min(0);
const rule = z.enum(RULES as unknown as [string, ...string[]]).describe('docs/RULES.md');
const lat = z.number().min(-90).max(90).describe('degrees, WGS 84');
const lon = z.number().min(-180).max(180).describe('degrees, WGS 84');
const way = z.int().describe('id of the OpenStreetMap way');
const forward = z.boolean().describe("driven in the way's own direction");

/** Reasons that many drives or people give, beside those of the core. */
export const HOST_REASONS = ['place_disputed', 'dismissed'] as const;

/** How the log was read. Lines are those of the file, from 1; record numbers where a format has no lines. */
const input = z.strictObject({
  format: z.string().describe('by its content'),
  preset: z.string().optional().describe('the program or recorder by its header'),
  encoding: z.string().nullable().describe('WHATWG label; null for binary formats'),
  sha256: z
    .string()
    .regex(/^([0-9a-f]{64})?$/)
    .describe('of the file as it is stored, hexadecimal; empty where fixes alone were handed in'),
  columns: z.record(z.string(), z.string()).describe('what is used for what: role and column'),
  speed_unit: z.string().nullable().describe('in which the speeds were taken; null without speeds'),
  ignored: z.array(z.string()).describe('columns that look like they matter and are not used'),
  zone: z.strictObject({
    name: z.string().nullable().describe('IANA name; null where each time has its offset'),
    from: z.enum(['log', 'option', 'place', 'default']).describe('who says so'),
  }),
  rows: count.describe('of the log, with those left out'),
  left_out: z
    .array(z.strictObject({ reason: z.enum(LEFT_OUT), rows: count, first_line: count }))
    .describe('rows that gave no fix'),
  unusable: z
    .array(z.strictObject({ column: z.string(), rows: count, first_line: count }))
    .describe('optional values that could not be used; their fixes stay'),
  speed_ratio: z.number().nullable().describe('median of logged speed to that of the positions'),
  warnings: z.array(z.string()).describe('sentences for people'),
});

export const resultSchema = z.strictObject({
  schema: z.literal('tomare.result/2'),
  input,
  drive: z.strictObject({
    id: z.string().describe('differs from those of the other drives of one run'),
    vehicle_id: z.string().nullable().describe('by the log or an option; null: not known'),
    driver_id: z.string().nullable().describe('by the log or an option; null: not known'),
    source: z
      .strictObject({
        bucket: z.string(),
        key: z.string(),
        etag: z.string(),
        version: z.string().nullable().describe('of the object; null: its bucket keeps none'),
        received: time.nullable().describe('when the object was put; null: not known'),
      })
      .nullable()
      .describe('where the log lies in object storage; null: in none'),
    fixes: count.describe('that were read'),
    start: time,
    end: time,
    distance_m: z.number().describe('along the fixes'),
    vehicle: z.enum(VEHICLES).describe('the class whose law was applied'),
  }),
  engine: z.strictObject({
    version: z.string().describe('of this program'),
    generation: z.string().optional().describe('of the batch: hash of all that a result depends on besides its log'),
    map: z
      .strictObject({ name: z.string(), format: z.int(), osm_time: time.nullable() })
      .describe('osm_time: of its data; null: not known'),
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
    settings: z.string().describe('checksum of the policy'),
  }),
  match: z
    .strictObject({ matched: count, off_road: count, unmatched: count, gaps: count, mean_error_m: z.number() })
    .describe('fixes on a road, on none, and left aside; holes in the log; distance of matched fixes to their road'),
  exposure: z.array(
    z.strictObject({
      rule,
      passed: count.optional().describe('places that the rule is about'),
      complied: count.optional(),
      violated: count.optional(),
      undetermined: count.optional(),
      judged_m: z.number().optional().describe('metres that were judged'),
    }),
  ),
  findings: z.array(
    z.strictObject({
      rule,
      verdict: z
        .enum(['violated', 'possible', 'undetermined', 'complied'])
        .describe('possible: the limit or the permission is assumed, not signed; undetermined: the data cannot tell'),
      start: time,
      end: time,
      place: z.strictObject({ lat, lon }),
      road: z.strictObject({
        way,
        forward,
        name: z.string().optional(),
        node: z.int().optional().describe('id of the OpenStreetMap node of the sign or crossing'),
        relation: z.int().optional().describe('id of the OpenStreetMap relation of the restriction'),
      }),
      source: z
        .strictObject({ tag: z.string(), direction: z.enum(['given', 'inferred', 'ambiguous']).optional() })
        .describe('the tag that makes the rule, and whether it says for which direction'),
      measured: z.record(z.string(), z.number()).describe('by name; the unit ends the name'),
      confidence: share.describe('product of the factors, at most 0.999'),
      factors: z
        .strictObject({ match: share, map: share, observation: share })
        .describe('that the car was there, that the map is right, that the fixes show it'),
      reasons: z
        .array(z.enum([...REASONS, ...HOST_REASONS] as unknown as [string, ...string[]]))
        .describe('what lowers the confidence'),
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
        .optional()
        .describe('what it is by the law of the place; none where its profile has no such offence'),
      evidence: z
        .strictObject({ first_fix: count, last_fix: count, first_line: count, last_line: count })
        .describe('the fixes that prove it, from 0, and their lines in the log, from 1'),
    }),
  ),
  route: z
    .array(
      z.strictObject({
        way,
        forward,
        from_m: z.number(),
        to_m: z.number(),
        enter: time,
        exit: time,
      }),
    )
    .optional()
    .describe("the ways driven, in order; metres from the way's first node, from < to"),
});
export type Result = z.infer<typeof resultSchema>;

/** Names the contract, not a place on the web: nothing is fetched. */
export const SCHEMA_ID = 'urn:tomare:result:2';

/**
 * JSON Schema (draft 2020-12) of what `--format json` writes: one result for one log, an array for several. A line of
 * NDJSON is one result. `#/$defs/result` is the result alone.
 */
export function jsonSchema(): Record<string, unknown> {
  const { $schema, ...result } = z.toJSONSchema(resultSchema);
  const one = { $ref: '#/$defs/result' };
  return {
    $schema,
    $id: SCHEMA_ID,
    title: 'Results of Tomare',
    description: 'One result for one log, an array for several, also where only some of them could be read.',
    anyOf: [one, { type: 'array', items: one }],
    $defs: {
      result: {
        title: 'Result',
        description: 'What a drive did against the traffic rules. Lengths in metres, speeds in km/h.',
        ...result,
      },
    },
  };
}
