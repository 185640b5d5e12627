// SPDX-License-Identifier: MIT
// settings.yaml: validated against the list of the core, so that an unknown key or a value out of
// range is an error that names it and its line.
import { LineCounter, parseDocument } from 'yaml';
import * as z from 'zod';
import { TomareError } from '../errors.ts';
import { hexOf } from '../host/host.ts';
import { packageText, readText, sha256 } from '../host/node.ts';
import { QUANTITIES, SETTINGS } from '../layout.ts';
import { VEHICLES } from '../types.ts';
import { type AuditSettings, auditSchema } from './audit.ts';
import { AUTO, zoneFault } from './zones.ts';

const RULE_SWITCHES = new Set(['rules', 'exclude_assumed']);

function coreGroups() {
  const groups: Record<string, Record<string, z.ZodType>> = {};
  for (const { group, name } of SETTINGS) {
    const isSwitch = RULE_SWITCHES.has(group) || RULE_SWITCHES.has(name);
    groups[group] ??= {};
    groups[group][name] = isSwitch ? z.boolean() : z.number().min(0).max(100000);
  }
  return Object.fromEntries(Object.entries(groups).map(([group, shape]) => [group, z.strictObject(shape)]));
}

/** "auto" stands for the zone of the place. */
const timeZone = z.string().superRefine((zone, context) => {
  const fault = zone === AUTO ? undefined : zoneFault(zone);
  if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
});

/** The zone itself, or the error that it is none; `what` names where it came from. */
export function knownTimeZone(zone: string, what = 'the time zone'): string {
  const fault = zone === AUTO ? undefined : zoneFault(zone);
  if (fault !== undefined) throw new TomareError('USAGE', `${what}: ${fault}`);
  return zone;
}

const size = z.number().min(0).max(1000).optional();
/** What is known of the car: tonnes and metres. A figure that is left out is not known. */
type Figure = Exclude<(typeof QUANTITIES)[number], ''>;
const figures = QUANTITIES.filter((name) => name !== '').map((name) => [name, size] as const);
const vehicleSchema = z.strictObject(Object.fromEntries(figures) as Record<Figure, typeof size>);
const date = z.iso.date();
const latitude = z.number().min(-85).max(85);
const longitude = z.number().min(-180).max(180);
/** A permit of the police or the owner: these ways, or those inside an area, are open to these vehicles, from <= day < until. */
const permitSchema = z
  .strictObject({
    ways: z.array(z.int()).min(1).optional(),
    circle: z.strictObject({ lat: latitude, lon: longitude, radius_m: z.number().min(1).max(100_000) }).optional(),
    polygon: z
      .array(z.tuple([latitude, longitude]))
      .min(3)
      .max(1000)
      .optional(),
    vehicles: z.array(z.enum(VEHICLES)).optional(),
    from: date.optional(),
    until: date.optional(),
  })
  .refine(
    ({ ways, circle, polygon }) => [ways, circle, polygon].filter((place) => place !== undefined).length === 1,
    'a permit has ways, a circle or a polygon, and one of them',
  );
export type Permit = z.infer<typeof permitSchema>;

export const settingsSchema = z.strictObject({
  ...coreGroups(),
  audit: auditSchema,
  output: z.strictObject({ time_zone: timeZone }),
  vehicle: vehicleSchema.optional(),
  permits: z.array(permitSchema).optional(),
});
export type Settings = z.infer<typeof settingsSchema> & {
  audit: AuditSettings;
  output: { time_zone: string };
  vehicle?: z.infer<typeof vehicleSchema>;
  permits?: Permit[];
};

/** The file of the package that has the policy unless the caller says otherwise. */
const SHIPPED = 'settings.yaml';

export function parseSettings(text: string, file: string): Settings {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const [broken] = document.errors;
  if (broken)
    throw new TomareError(
      'SETTINGS',
      `${file}:${counter.linePos(broken.pos[0]).line}: ${broken.message.split('\n')[0]}`,
    );
  const result = settingsSchema.safeParse(document.toJS());
  if (result.success) return result.data as Settings;
  const { issues } = result.error;
  const issue = issues.find((i) => i.code === 'unrecognized_keys') ?? issues[0];
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys : [];
  const path = [...(issue?.path ?? []), ...keys.slice(0, 1)] as (string | number)[];
  const node = document.getIn(path, true) as { range?: [number, number, number] } | undefined;
  const line = node?.range ? `:${counter.linePos(node.range[0]).line}` : '';
  const known = 'see the shipped settings.yaml for those there are';
  const what = keys.length > 0 ? `is no setting; ${known}` : node ? issue?.message : `is missing; ${known}`;
  throw new TomareError('SETTINGS', `${file}${line}: ${path.join('.') || 'the file'} ${what}`);
}

/** The settings of a file, or those that are shipped. @throws TomareError SETTINGS */
export function loadSettings(path?: string): Settings {
  if (path === undefined) return parseSettings(packageText(SHIPPED), SHIPPED);
  let text: string;
  try {
    text = readText(path);
  } catch (error) {
    throw new TomareError('SETTINGS', `${path}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  return parseSettings(text, path);
}

const isGroup = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The settings with single values replaced, by group and name; checked as a file is, errors name `source`. */
export function overridden(
  base: Settings,
  overrides: Readonly<Record<string, unknown>> | undefined,
  source = 'settings',
): Settings {
  if (overrides === undefined) return base;
  const groups: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(overrides)) {
    const group = groups[name];
    groups[name] = isGroup(group) && isGroup(value) ? { ...(group as object), ...(value as object) } : value;
  }
  return parseSettings(JSON.stringify(groups), source);
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  );
}

/** SHA-256 of the settings with sorted keys: the same policy has the same name. The audit judges no drive and is left out. */
export function settingsHash({ audit: _, ...settings }: Settings): string {
  return `sha256:${hexOf(
    sha256()
      .update(JSON.stringify(sorted(settings)))
      .digest(),
  )}`;
}
