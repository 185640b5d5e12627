// SPDX-License-Identifier: MIT
// The policy of the audit: when many drives together show that map and street disagree. It changes no drive's result,
// so it is no part of the settings' hash.
import * as z from 'zod';

export function auditSchema() {
  const share = z.number().gt(0).lt(1);
  return z.strictObject({
    /** The share of passes that break the rule is above this … */
    share: z.strictObject({
      stop_sign: share,
      level_crossing: share,
      wrong_way: share,
      no_entry: share,
      turn_ban: share,
    }),
    /** … with this probability, by passes and by distinct vehicles. */
    min_probability: share,
    /** Distinct vehicles that broke the rule there. */
    min_vehicles: z.int().min(1),
    /** km/h; a stop counts as ignored where the car was never slower than this. */
    stop_min_kmh: z.number().min(0),
    /** Metres of a way that make a pass. */
    min_length_m: z.number().min(0),
  });
}
export type AuditSettings = z.infer<ReturnType<typeof auditSchema>>;
