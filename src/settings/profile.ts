// SPDX-License-Identifier: MIT
// The country profile: law as data (mapdata/profiles). Here its offence table.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { TomareError } from '../errors.ts';
import type { Finding, Vehicle } from '../types.ts';

const fine = z.strictObject({ large: z.int(), car: z.int(), motorcycle: z.int(), moped: z.int() });
const offence = z.strictObject({
  code: z.string(),
  name: z.string(),
  article: z.string(),
  points: z.int(),
  fine_yen: fine.optional(),
});
const profileSchema = z.strictObject({
  country: z.string(),
  name: z.string(),
  as_of: z.string(),
  offences: z.record(z.string(), offence),
  speeding: z
    .strictObject({
      code: z.string(),
      name: z.string(),
      article: z.string(),
      bands: z.array(z.strictObject({ below: z.number(), points: z.int(), fine_yen: fine.optional() })),
    })
    .optional(),
});
export type Profile = z.infer<typeof profileSchema>;

export interface Offence {
  code: string;
  article: string;
  points: number;
  fine_yen?: number;
}

export function loadProfile(name: string): Profile {
  const file = new URL(`../../mapdata/profiles/${name}.yaml`, import.meta.url).pathname;
  if (!/^[a-z]+$/.test(name)) throw new TomareError('PROFILE', `"${name}"; jp or generic is expected`);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new TomareError('PROFILE', `there is no profile "${name}"; jp or generic is expected`);
  }
  const result = profileSchema.safeParse(parse(text));
  if (!result.success) throw new TomareError('PROFILE', `${file}: ${z.prettifyError(result.error)}`);
  return result.data;
}

const FINE_CLASS: Record<Vehicle, keyof z.infer<typeof fine>> = {
  car: 'car',
  light_goods: 'car',
  large_goods: 'large',
  trailer: 'large',
  bus: 'large',
  motorcycle: 'motorcycle',
  moped: 'moped',
};

/** The offence that a violated finding would be; undefined where the profile has none. */
export function offenceOf(profile: Profile, finding: Finding, vehicle: Vehicle): Offence | undefined {
  if (finding.verdict !== 'violated') return undefined;
  const priced = (
    o: { points: number; fine_yen?: z.infer<typeof fine> | undefined },
    code: string,
    article: string,
  ): Offence => ({
    code,
    article,
    points: o.points,
    ...(o.fine_yen ? { fine_yen: o.fine_yen[FINE_CLASS[vehicle]] } : {}),
  });
  if (finding.rule === 'speeding' && profile.speeding) {
    const over = finding.measured['over_kmh'] ?? 0;
    const band = profile.speeding.bands.find((b) => over < b.below);
    return band && priced(band, profile.speeding.code, profile.speeding.article);
  }
  const entry = profile.offences[finding.rule];
  return entry && priced(entry, entry.code, entry.article);
}
