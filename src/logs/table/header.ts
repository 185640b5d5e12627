// SPDX-License-Identifier: MIT
// From the names of the columns to what each is used for: by the user's choice, by a preset, by the names.
import type { EpochHint } from '../clock/epoch.ts';
import { isOther } from '../datum.ts';
import type { ColumnChoice, Declaration, Role, SpeedUnit } from '../format.ts';
import { dottedMeanings } from './dotted.ts';
import { type ColumnRole, type Meaning, matters, meaningOf, normal } from './names.ts';
import { type Preset, presetOf } from './presets.ts';

export interface SpeedColumn {
  index: number;
  unit: SpeedUnit;
  name: string;
}

export interface Header {
  names: string[];
  index: Partial<Record<ColumnRole, number>>;
  /** In the order in which they are asked; the first with a value serves. */
  speeds: SpeedColumn[];
  /** Columns that may hold the time, in the order in which they are tried. */
  times: TimeColumn[];
  /** Columns that may tell vehicles apart, where none names the vehicle. */
  turns: number[];
  /** The zone of wall clocks where the names or the program give it. */
  zone: string | undefined;
  /** Columns of the GPS week and of the time in it, where they are the time. */
  week: WeekColumns | undefined;
  /** What the user says of dates such as 05/10/2026. */
  dayFirst: boolean | undefined;
  preset: Preset | undefined;
  /** What a number of the column is in degrees, and in metres. */
  scale: { heading: number; accuracy: number };
  declaration: Declaration;
}

export interface WeekColumns {
  week: number;
  inWeek: number;
  /** The time in the week is milliseconds. */
  ms: boolean;
}

export interface TimeColumn {
  index: number;
  name: string;
  hint: EpochHint | undefined;
  zone: string | undefined;
}

/** What a table needs, in the words of a message. */
export const NEEDED: [ColumnRole, string][] = [
  ['time', 'time or time_utc or timestamp'],
  ['lat', 'lat or latitude'],
  ['lon', 'lon or lng or longitude'],
];

interface Found extends Meaning {
  at: number;
  name: string;
}

function meanings(
  names: readonly string[],
  choices: readonly ColumnChoice[],
  preset: Preset | undefined,
  paths?: ReadonlyMap<string, Readonly<Meaning>>,
): Found[] {
  const chosen = new Set(choices.map((c) => c.role));
  return names.flatMap((name, at) => {
    const choice = choices.find((c) => c.column.trim().toLowerCase() === name.toLowerCase());
    if (choice) {
      const own = meaningOf(name);
      return {
        role: choice.role,
        rank: -1,
        unit: choice.unit ?? own?.unit ?? 'open',
        hint: own?.hint,
        zone: own?.zone,
        scale: own?.scale ?? 1,
        at,
        name,
      };
    }
    const preferred = preset?.columns?.[name.toLowerCase()];
    const meaning = preferred
      ? { rank: -1, hint: undefined, zone: undefined, scale: 1, unit: 'open' as const, ...preferred }
      : (meaningOf(name) ?? paths?.get(name));
    if (name === '' || meaning === undefined || chosen.has(meaning.role as Role)) return [];
    return { ...meaning, at, name };
  });
}

/** The first choice for each role first; names that are paths are looked into where no other gives a position. */
function byRank(names: readonly string[], choices: readonly ColumnChoice[], preset: Preset | undefined): Found[] {
  const plain = meanings(names, choices, preset);
  const placed = plain.some((f) => f.role === 'point' || f.role === 'lat');
  const paths = placed ? undefined : dottedMeanings(names);
  const found = paths === undefined || paths.size === 0 ? plain : meanings(names, choices, preset, paths);
  return found.sort((a, b) => a.rank - b.rank || a.at - b.at);
}

/** Undefined where the names hold no time, latitude and longitude; the text: why they cannot be used. */
export function headerOf(names: readonly string[], choices: readonly ColumnChoice[]): Header | string | undefined {
  const preset = presetOf(names);
  if (preset?.rows === 'porto') return porto(names, preset);
  const found = byRank(names, choices, preset);
  const best = (role: ColumnRole) => found.find((f) => f.role === role);
  const [time, date] = [best('time'), best('date')];
  const point = best('lat') && best('lon') ? undefined : best('point');
  const [lat, lon] = point ? [point, point] : [best('lat'), best('lon')];
  if (lat === undefined || lon === undefined) return undefined;
  const week = time === undefined || time.hint === 'gps' ? weekOf(names) : undefined;
  if (time === undefined && date === undefined && week === undefined) return ofWeek(names);
  const doubled = [time, lat, lon].find((f) => f !== undefined && names.filter((n) => n === f.name).length > 1);
  if (doubled) return `the column "${doubled.name}" stands there twice; remove one`;
  const other = [lat, lon].find((f) => isOther(f.name));
  if (other) return `the column "${other.name}" is in another datum than WGS 84; convert its positions`;
  const speeds = speedsOf(found, names, preset);
  const index: Header['index'] = {};
  const columns: Declaration['columns'] = {};
  for (const role of [
    'time',
    'date',
    'lat',
    'lon',
    'point',
    'zone',
    'half',
    'datum',
    'heading',
    'accuracy',
    'valid',
    'invalid',
    'satellites',
    'dilution',
    'provider',
    'vehicle',
    'driver',
    'north_south',
    'east_west',
  ] as const) {
    const column = best(role);
    if (column === undefined || (names.filter((n) => n === column.name).length > 1 && role !== 'vehicle')) continue;
    if (role === 'point' && column !== point) continue;
    if ((role === 'satellites' || role === 'dilution') && index.valid !== undefined) continue;
    if (role === 'dilution' && preset?.name === 'OsmAnd') continue; // there it is metres
    // beside no E and W, "ns" is the number of satellites, as RTKLIB has it
    if (role === 'north_south' && /^ns$/i.test(column.name) && best('east_west') === undefined) continue;
    index[role] = column.at;
    if (isRole(role)) columns[role] = column.name;
  }
  if (point) {
    index.lat = index.lon = point.at;
    columns.lat = columns.lon = point.name;
  }
  const said = [index.valid, index.invalid, index.satellites, index.dilution, index.provider].flatMap((at) =>
    at === undefined ? [] : [names[at]],
  );
  if (said.length > 0) columns.valid = said.join(', ');
  if (speeds[0]) columns.speed = speeds.map((s) => s.name).join(', ');
  const used = new Set([...Object.values(index), ...speeds.map((s) => s.index)]);
  const ignored = names.filter((name, at) => name !== '' && !used.has(at) && matters(name));
  const times = found
    .filter((f) => f.role === 'time' && names.filter((n) => n === f.name).length === 1)
    .map(({ at, name, hint, zone }) => ({ index: at, name, hint, zone }));
  const ofDate = /local|現地/i.test(time?.name ?? '') ? undefined : date?.zone;
  const zone = time?.zone ?? ofDate ?? (preset?.utc === true ? 'UTC' : undefined);
  const declaration: Declaration = { columns, ignored, ...(preset ? { preset: preset.name } : {}) };
  const scale = { heading: best('heading')?.scale ?? 1, accuracy: best('accuracy')?.scale ?? 1 };
  const order = choices.find((c) => c.order !== undefined)?.order;
  const dayFirst = order === undefined ? undefined : order === 'dmy';
  const mayTell = ({ role }: Found) => role === 'turn' || role === 'driver';
  const turns = index.vehicle === undefined ? found.filter(mayTell).map(({ at }) => at) : [];
  if (week !== undefined) columns.time = names[week.inWeek] ?? '';
  return {
    names: [...names],
    index,
    speeds,
    times: week === undefined ? times : [],
    turns,
    zone,
    week,
    dayFirst,
    preset,
    scale,
    declaration,
  };
}

const OF_WEEK = /^(?:gps )?(?:i ?tow|tow|sow|(?:time|seconds?) of (?:the )?week)\b/;

const WEEK = /^(?:gps ?)?(?:week|wk|wn)(?: ?(?:no|num|number))?$|^g ?wk$/;
/** Beside a week, seconds and milliseconds are those in it. */
const IN_WEEK =
  /^(?:gps ?)?(?:i ?tow|tow|sow|(?:time|s(?:ec(?:ond)?s?)?) (?:of|in) (?:the )?week|(?:week )?sec(?:ond)?s?|ms|millis(?:econds)?)(?: (?:s|ms|sec(?:ond)?s?))?$|^g ?ms$/;
const IN_WEEK_MS = /(?:^|\s)(?:g ?ms|ms|millis\w*)$|^(?:gps ?)?i ?tow$/;

/** The columns of a GPS week and of the time in it. */
function weekOf(names: readonly string[]): WeekColumns | undefined {
  const plain = names.map((name) => normal(name));
  const week = plain.findIndex(({ base }) => WEEK.test(base));
  const inWeek = plain.findIndex(({ base }) => IN_WEEK.test(base));
  if (week < 0 || inWeek < 0) return undefined;
  const { base = '', unit = '' } = plain[inWeek] ?? {};
  return { week, inWeek, ms: unit === '' ? IN_WEEK_MS.test(base) : /^m/.test(unit) };
}

/** What is said of times that count from the beginning of a GPS week. */
function ofWeek(names: readonly string[]): string | undefined {
  const column = names.find((name) => OF_WEEK.test(normal(name).base));
  if (column === undefined) return undefined;
  return `the column "${column}" counts from the beginning of a GPS week; write ISO 8601, or GPS seconds as "gps_seconds"`;
}

const BESIDE: readonly string[] = [
  'invalid',
  'satellites',
  'dilution',
  'provider',
  'north_south',
  'east_west',
  'point',
  'zone',
  'half',
  'datum',
  'turn',
];
const isRole = (role: ColumnRole): role is Role => !BESIDE.includes(role);

/** A row is a drive: `porto.ts` reads it. */
function porto(names: readonly string[], preset: Preset): Header {
  const columns = { time: 'TIMESTAMP', lat: 'POLYLINE', lon: 'POLYLINE', vehicle: 'TAXI_ID' };
  const declaration: Declaration = { columns, preset: preset.name };
  const scale = { heading: 1, accuracy: 1 };
  return {
    names: [...names],
    index: {},
    speeds: [],
    times: [],
    turns: [],
    zone: 'UTC',
    week: undefined,
    dayFirst: undefined,
    preset,
    scale,
    declaration,
  };
}

/** Speeds with a unit; one without only where there is no other. */
function speedsOf(found: readonly Found[], names: readonly string[], preset: Preset | undefined): SpeedColumn[] {
  const all = found
    .filter((f) => f.role === 'speed' && names.filter((n) => n === f.name).length === 1)
    .map((f) => ({ index: f.at, name: f.name, unit: f.unit === 'open' ? (preset?.speed ?? 'open') : f.unit }));
  const known = all.filter((s) => s.unit !== 'open');
  return known.length > 0 ? known : all.slice(0, 1);
}
