// SPDX-License-Identifier: MIT
// The country profile: law as data (mapdata/profiles): default limits, duties, offences.
import { parse } from 'yaml';
import * as z from 'zod';
import { TomareError } from '../errors.ts';
import { packageText } from '../host/node.ts';
import { QUANTITIES, ROAD_CLASSES, VEHICLES, ZONES } from '../layout.ts';
import { didYouMean } from '../nearest.ts';
import type { Finding, Vehicle } from '../types.ts';
import { once } from './once.ts';
import { profileNames } from './profile_names.ts';

export { profileNames } from './profile_names.ts';

const fineSchema = () =>
  z.strictObject({
    large: z.int().optional(),
    car: z.int().optional(),
    motorcycle: z.int().optional(),
    moped: z.int().optional(),
  });
type Fine = z.infer<ReturnType<typeof fineSchema>>;

function limitSchema() {
  const need = z.enum(['yes', 'no']).optional();
  const kmh = z.number().min(1).max(300);
  return z.strictObject({
    vehicles: z.array(z.enum(VEHICLES)).min(1),
    roads: z.array(z.enum(ROAD_CLASSES)).min(1),
    zones: z.array(z.enum(ZONES)).optional(),
    from: z.iso.date().optional(),
    until: z.iso.date().optional(),
    link: need,
    motorroad: need,
    oneway: need,
    marked: need,
    divided: need,
    expressway: need,
    multilane: need,
    kmh: z.union([kmh, z.tuple([kmh, kmh]), z.literal('none')]),
    source: z.string(),
  });
}
export type LimitRow = z.infer<ReturnType<typeof limitSchema>>;

const profileSchema = once(() => {
  const fine = fineSchema();
  const offence = z.strictObject({
    code: z.string(),
    name: z.string(),
    article: z.string(),
    points: z.int(),
    fine_yen: fine.optional(),
  });
  const band = z.strictObject({
    below: z.number(),
    /** Only on roads that are no motorway; elsewhere nothing is confirmed. */
    roads: z.literal('ordinary').optional(),
    points: z.int(),
    fine_yen: fine.optional(),
  });
  const bounds = z.partialRecord(z.enum(QUANTITIES), z.number().positive());
  return z.strictObject({
    country: z.string(),
    name: z.string(),
    as_of: z.string(),
    holidays: z.literal('JP').optional(),
    level_crossing_stop: z.boolean().optional(),
    /** Junctions where every approach stops exist; true where it is left out. */
    all_way_stop: z.boolean().optional(),
    drives_on: z.enum(['left', 'right']).optional(),
    vehicles: z.partialRecord(z.enum(VEHICLES), bounds).optional(),
    limits: z.array(limitSchema()).optional(),
    offences: z.record(z.string(), offence),
    speeding: z
      .strictObject({ code: z.string(), name: z.string(), article: z.string(), bands: z.array(band) })
      .optional(),
  });
});
export type Profile = z.infer<ReturnType<typeof profileSchema>>;

export interface Offence {
  code: string;
  article: string;
  points: number;
  fine_yen?: number;
}

/** The name of a country's profile, by its ISO 3166-1 alpha-2 code; "generic" where it has none. */
export function profileOf(country: string): string {
  const name = country.toLowerCase();
  return country !== '' && profileNames().includes(name) ? name : 'generic';
}

function noProfile(name: string): TomareError {
  const names = profileNames();
  const near = didYouMean(name, names);
  return new TomareError('PROFILE', `there is no profile "${name}"${near || `; ${names.join(', ')} are there`}`);
}

export function loadProfile(name: string): Profile {
  const file = `mapdata/profiles/${name}.yaml`;
  if (!/^[a-z]+$/.test(name)) throw noProfile(name);
  let text: string;
  try {
    text = packageText(file);
  } catch {
    throw noProfile(name);
  }
  const result = profileSchema().safeParse(parse(text));
  if (!result.success) throw new TomareError('PROFILE', `${file}: ${z.prettifyError(result.error)}`);
  return result.data;
}

const FINE_CLASS: Record<Vehicle, keyof Fine> = {
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
  const priced = (o: { points: number; fine_yen?: Fine | undefined }, code: string, article: string): Offence => {
    const fine_yen = o.fine_yen?.[FINE_CLASS[vehicle]];
    return { code, article, points: o.points, ...(fine_yen === undefined ? {} : { fine_yen }) };
  };
  if (finding.rule === 'speeding' && profile.speeding) {
    const over = finding.measured['over_kmh'] ?? 0;
    const found = profile.speeding.bands.find((b) => over < b.below);
    const unsure = found?.roads === 'ordinary' && finding.roadClass === 'motorway';
    return found && !unsure ? priced(found, profile.speeding.code, profile.speeding.article) : undefined;
  }
  const uTurn = finding.rule === 'turn-ban' && finding.sourceTag.includes('u_turn');
  const entry = (uTurn ? profile.offences['u-turn'] : undefined) ?? profile.offences[finding.rule];
  return entry && priced(entry, entry.code, entry.article);
}

/** Names of offences by their code in a language: profiles write "local name / English name", or one name. */
export function offenceNames(lang: 'en' | 'ja'): Map<string, string> {
  const names = new Map<string, string>();
  for (const profile of profileNames().map(loadProfile)) {
    const offences = [...Object.values(profile.offences), ...(profile.speeding ? [profile.speeding] : [])];
    for (const { code, name } of offences) {
      const parts = name.split(' / ');
      names.set(code, (lang === 'en' ? parts.at(-1) : parts[0]) ?? name);
    }
  }
  return names;
}
