// SPDX-License-Identifier: MIT
// The contract of results, version 2. This schema is its source; `tomare schema` prints it.
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

/** Reasons that come from many drives or from people, besides those of the core. */
export const HOST_REASONS = ['place_disputed', 'dismissed', 'clock_doubtful'] as const;

/** How the log was read. Lines count from 1; in a format without lines they are record numbers. */
const input = z.strictObject({
  format: z.string().describe('format of the log, recognized by its content'),
  preset: z.string().optional().describe('the program or recorder, recognized by the header'),
  encoding: z.string().nullable().describe('WHATWG label of the text encoding; null for binary formats'),
  sha256: z
    .string()
    .regex(/^([0-9a-f]{64})?$/)
    .describe('of the file as stored, hexadecimal; empty if only fixes were given'),
  columns: z.record(z.string(), z.string()).describe('role (time, lat, speed, …) and the column used for it'),
  speed_unit: z.string().nullable().describe('unit that the speeds were read in; null without speeds'),
  ignored: z.array(z.string()).describe('columns that look relevant and are not used'),
  zone: z.strictObject({
    name: z.string().nullable().describe('IANA name; null where each time has its offset'),
    from: z.enum(['log', 'option', 'place', 'default']).describe('where the zone comes from'),
  }),
  rows: count.describe('rows of the log, with those left out'),
  left_out: z
    .array(z.strictObject({ reason: z.enum(LEFT_OUT), rows: count, first_line: count }))
    .describe('rows that gave no fix'),
  unusable: z
    .array(z.strictObject({ column: z.string(), rows: count, first_line: count }))
    .describe('optional values that could not be used; their fixes are kept'),
  speed_ratio: z.number().nullable().describe('median of logged speed ÷ speed by the positions; null: unknown'),
  warnings: z.array(z.string()).describe('sentences for people'),
});

export const resultSchema = z.strictObject({
  schema: z.literal('tomare.result/2'),
  input,
  drive: z.strictObject({
    id: z.string().describe('unique among the drives of one run'),
    vehicle_id: z.string().nullable().describe('from the log or an option; null: unknown'),
    driver_id: z.string().nullable().describe('from the log or an option; null: unknown'),
    source: z
      .strictObject({
        bucket: z.string(),
        key: z.string(),
        etag: z.string(),
        version: z.string().nullable().describe('of the object; null: its bucket keeps no versions'),
        received: time.nullable().describe('when the object was stored; null: unknown'),
      })
      .nullable()
      .describe('the object in storage that holds the log; null: none'),
    fixes: count.describe('number of fixes read'),
    start: time,
    end: time,
    distance_m: z.number().describe('length of the matched route, metres'),
    vehicle: z.enum(VEHICLES).describe('the class whose law was applied'),
  }),
  engine: z.strictObject({
    version: z.string().describe('of this program'),
    generation: z.string().optional().describe('of the batch: hash of all that a result depends on besides its log'),
    map: z
      .strictObject({ name: z.string(), format: z.int(), osm_time: time.nullable() })
      .describe('osm_time: time of its OpenStreetMap data; null: unknown'),
    profile: z.string().describe('profile of the law applied; those of a drive across a border are joined by "+"'),
    laws: z
      .array(
        z.strictObject({
          country: z.string().nullable().describe('ISO 3166-1 alpha-2; null: unknown'),
          zone: z.string().describe('IANA name of the time zone that conditions use'),
          profile: z.string(),
        }),
      )
      .describe('laws of the places that the drive went through, in order'),
    settings: z.string().describe('checksum of the policy'),
  }),
  match: z
    .strictObject({ matched: count, off_road: count, unmatched: count, gaps: count, mean_error_m: z.number() })
    .describe(
      'fixes on a road, on none, and unusable; interruptions of the route; mean distance of matched fixes to their road',
    ),
  exposure: z.array(
    z.strictObject({
      rule,
      passed: count.optional().describe('places of the rule that the drive passed'),
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
        .describe(
          'possible: broken if an assumed limit holds or no permit exists; undetermined: the data does not decide',
        ),
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
        .describe('the tag that makes the rule, and where its direction comes from'),
      measured: z.record(z.string(), z.number()).describe('measures by name; the name ends with the unit'),
      confidence: share.describe('product of the factors, at most 0.999'),
      factors: z
        .strictObject({ match: share, map: share, observation: share })
        .describe('probability that the car was there, that the map is right, that the fixes show it'),
      reasons: z
        .array(z.enum([...REASONS, ...HOST_REASONS] as unknown as [string, ...string[]]))
        .describe('every doubt about the finding, also those that did not decide (docs/RULES.md)'),
      decision: z
        .strictObject({
          action: z.enum(['confirm', 'dismiss', 'dispute', 'coach']),
          author: z.string(),
          time,
          reason: z.string(),
          scope: z.enum(['finding', 'place']),
        })
        .optional()
        .describe('what a person decided about this finding or its place'),
      offence: z
        .strictObject({ code: z.string(), article: z.string(), points: z.int(), fine_yen: z.int().optional() })
        .optional()
        .describe('the offence by the law of the place; absent if its profile has none'),
      evidence: z
        .strictObject({ first_fix: count, last_fix: count, first_line: count, last_line: count })
        .describe('fixes of the evidence, from 0, and their lines in the log, from 1'),
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

/** Name of the contract, not an address. */
export const SCHEMA_ID = 'urn:tomare:result:2';

/**
 * JSON Schema (draft 2020-12) of `--format json`: one result for one log, an array for several. A line of NDJSON is one
 * result. `#/$defs/result` is the result alone.
 */
export function jsonSchema(): Record<string, unknown> {
  const { $schema, ...result } = z.toJSONSchema(resultSchema);
  const one = { $ref: '#/$defs/result' };
  return {
    $schema,
    $id: SCHEMA_ID,
    title: 'Results of Tomare',
    description: 'One result for one log, an array for several, even if only one of them could be read.',
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
