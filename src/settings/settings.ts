// SPDX-License-Identifier: MIT
// settings.yaml: validated against the list of the core, so that an unknown key or a value out of
// range is an error that names it, its line and what was meant.
import { type Document, LineCounter, parseDocument, YAMLError } from 'yaml';
import * as z from 'zod';
import { TomareError } from '../errors.ts';
import { hexOf } from '../host/host.ts';
import { packageText, readText, sha256 } from '../host/node.ts';
import { QUANTITIES, SETTINGS } from '../layout.ts';
import { VEHICLES } from '../types.ts';
import { type AuditSettings, auditSchema } from './audit.ts';
import { once } from './once.ts';
import { contentOf, type Group, isGroup, meantKey, merged } from './override.ts';
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
const timeZone = () =>
  z.string().superRefine((zone, context) => {
    const fault = zone === AUTO ? undefined : zoneFault(zone);
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
  });

/** The zone itself, or the error that it is none; `what` names where it came from. */
export function knownTimeZone(zone: string, what = 'the time zone'): string {
  const fault = zone === AUTO ? undefined : zoneFault(zone);
  if (fault !== undefined) throw new TomareError('USAGE', `${what}: ${fault}`);
  return zone;
}

/** What is known of the car: tonnes and metres. A figure that is left out is not known. */
type Figure = Exclude<(typeof QUANTITIES)[number], ''>;
const FIGURES = QUANTITIES.filter((name) => name !== '');

function vehicleSchema() {
  const size = z.number().min(0).max(1000).optional();
  return z.strictObject(Object.fromEntries(FIGURES.map((name) => [name, size])) as Record<Figure, typeof size>);
}

/** A permit of the police or the owner: these ways, or those inside an area, are open to these vehicles, from <= day < until. */
function permitSchema() {
  const date = z.iso.date();
  const latitude = z.number().min(-85).max(85);
  const longitude = z.number().min(-180).max(180);
  return z
    .strictObject({
      ways: z.array(z.int()).min(1).optional(),
      circle: z.strictObject({ lat: latitude, lon: longitude, radius_m: z.number().min(1).max(100_000) }).optional(),
      polygon: z
        .array(z.tuple([latitude, longitude]))
        .min(3)
        .max(1000)
        .optional(),
      vehicles: z.array(z.enum(VEHICLES)).min(1).optional(),
      from: date.optional(),
      until: date.optional(),
    })
    .refine(
      ({ ways, circle, polygon }) => [ways, circle, polygon].filter((place) => place !== undefined).length === 1,
      'a permit has ways, a circle or a polygon, and one of them',
    )
    .refine(({ from = '', until = '9999-12-31' }) => from < until, 'a permit begins before its day "until"');
}
export type Permit = z.infer<ReturnType<typeof permitSchema>>;

const settingsSchema = once(() =>
  z.strictObject({
    ...coreGroups(),
    audit: auditSchema(),
    output: z.strictObject({ time_zone: timeZone() }),
    vehicle: vehicleSchema().optional(),
    permits: z.array(permitSchema()).optional(),
  }),
);
export type Settings = z.infer<ReturnType<typeof settingsSchema>> & {
  audit: AuditSettings;
  output: { time_zone: string };
  vehicle?: z.infer<ReturnType<typeof vehicleSchema>>;
  permits?: Permit[];
};

/** The file of the package that has the policy unless the caller says otherwise. */
const SHIPPED = 'settings.yaml';

/** Figures of a vehicle and permits are not in the shipped file; they are settings all the same. */
const UNSET: Group = { vehicle: Object.fromEntries(FIGURES.map((name) => [name, 0])), permits: [] };

/** The key and what is wrong with it, of settings that do not fit the schema. */
function faultOf(error: z.ZodError, has: (path: Path) => boolean): { path: Path; what: string } {
  const { issues } = error;
  const issue = issues.find((i) => i.code === 'unrecognized_keys') ?? issues[0];
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys : [];
  const path = [...(issue?.path ?? []), ...keys.slice(0, 1)] as Path;
  const known = 'see the shipped settings.yaml for those there are';
  if (keys.length > 0) {
    const meant = meantKey(path.map(String), { ...UNSET, ...(shipped() as unknown as Group) });
    return { path, what: `is no setting; ${meant === undefined ? known : `did you mean ${meant}?`}` };
  }
  return { path, what: has(path) ? (issue?.message ?? '') : `is missing; ${known}` };
}

type Path = (string | number)[];

function contentIn(document: Document.Parsed, file: string, counter: LineCounter): unknown {
  try {
    return contentOf(document);
  } catch (error) {
    const line = error instanceof YAMLError ? `:${counter.linePos(error.pos[0]).line}` : '';
    throw new TomareError('SETTINGS', `${file}${line}: ${(error as Error).message.split('\n')[0]}`);
  }
}

/** A text of settings; errors name the file, the line and the key. What it leaves out is as in `base`. */
export function parseSettings(text: string, file: string, base: Group = shipped() as unknown as Group): Settings {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const own = contentIn(document, file, counter) ?? {};
  if (!isGroup(own))
    throw new TomareError('SETTINGS', `${file}:1: the file has no settings; groups of names with values are expected`);
  const result = settingsSchema().safeParse(merged(base, own));
  if (result.success) return result.data as Settings;
  const nodeAt = (path: Path) => document.getIn(path, true) as { range?: [number, number, number] } | undefined;
  const { path, what } = faultOf(result.error, (path) => nodeAt(path) !== undefined);
  const node = nodeAt(path);
  const line = node?.range ? `:${counter.linePos(node.range[0]).line}` : '';
  throw new TomareError('SETTINGS', `${file}${line}: ${path.join('.') || 'the file'} ${what}`);
}

function readSettings(path: string): string {
  try {
    return readText(path);
  } catch (error) {
    throw new TomareError('SETTINGS', `${path}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** The shipped settings; each key must be there. */
const shipped = (): Settings => parseSettings(packageText(SHIPPED), SHIPPED, {});

/** The shipped settings, with what the file names in their place: a file with one key is enough. @throws TomareError SETTINGS */
export function loadSettings(path?: string): Settings {
  return path === undefined ? shipped() : parseSettings(readSettings(path), path);
}

/** The settings with single values replaced, by group and name; checked as a file is, errors name `source`. */
export function overridden(base: Settings, overrides: Group | undefined, source = 'settings'): Settings {
  if (overrides === undefined) return base;
  const result = settingsSchema().safeParse(merged(base as unknown as Group, overrides));
  if (result.success) return result.data as Settings;
  const { path, what } = faultOf(result.error, () => true);
  throw new TomareError('SETTINGS', `${source}: ${path.join('.') || 'the value'} ${what}`);
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
