// SPDX-License-Identifier: MIT
// Regulation overlays from GeoJSON, CSV, or Japan's police open data (mapdata/OVERLAY.md). What cannot be used is
// kept with its row and the reason.
import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import { TomareError } from '../errors.ts';
import { readBytes } from '../host/node.ts';
import { OSM_OBJECTS, UNSURE_RULES } from '../layout.ts';
import { VEHICLES, type Vehicle } from '../types.ts';
import { addPoliceRow, isPoliceColumn, isPoliceData } from './police.ts';
import {
  ahead,
  CLOSURES,
  type Closure,
  KINDS,
  type Kind,
  type OsmObject,
  type Overlay,
  type OverlayRow,
  type Point,
  type UnsureRule,
} from './rows.ts';

/** Degrees from the approach to the exit, clockwise. */
const TURNS: Record<string, number> = { straight_on: 0, right_turn: 90, u_turn: 180, left_turn: 270 };
/** Metres before and after the junction at which the positions of a named turn are put. */
const ARM = 20;

class Refused extends Error {}

type Values = Record<string, unknown>;

const textOf = (value: unknown) => (value === undefined || value === null ? '' : String(value).trim());

function numberOf(value: unknown): number {
  const text = textOf(value);
  return text === '' ? Number.NaN : Number(text);
}

function position([lon, lat]: readonly number[]): Point {
  const good = lon !== undefined && lat !== undefined && Math.abs(lat) <= 85 && Math.abs(lon) <= 180;
  if (!good) throw new Refused('no position');
  return [lon, lat];
}

/** "lon lat;lon lat;…", or the point of the columns lon and lat. */
function geometry(values: Values): Point[] {
  const line = textOf(values['line']);
  if (line === '') return [position([numberOf(values['lon']), numberOf(values['lat'])])];
  const pairs = line.split(';').filter((pair) => pair.trim() !== '');
  return pairs.map((pair) => position(pair.trim().split(/\s+/).map(Number)));
}

function vehiclesOf(text: string): Vehicle[] {
  return text.split(/[;,]/).map((name) => {
    const vehicle = VEHICLES.find((v) => v === name.trim());
    if (!vehicle) throw new Refused(`vehicle ${name.trim()} is none of ${VEHICLES.join(', ')}`);
    return vehicle;
  });
}

function closureOf(text: string): Closure {
  const value = text === '' ? 'no' : text;
  if (!CLOSURES.includes(value as Closure)) throw new Refused(`value ${value} is none of ${CLOSURES.join(', ')}`);
  return value as Closure;
}

function kmhOf(text: string): number | 'none' | 'variable' {
  if (text === 'none' || text === 'variable') return text;
  const kmh = Number(text);
  if (!(text !== '' && kmh >= 1 && kmh <= 300)) throw new Refused('value is not a limit in km/h');
  return kmh;
}

/** "no_left_turn" and the like at a point with a bearing; "no" or "only" with a line. */
function turnOf(row: OverlayRow, value: string): OverlayRow {
  const [, rule = '', turn = ''] = /^(no|only)(?:_(\w+))?$/.exec(value === '' ? 'no' : value) ?? [];
  if (rule === '') throw new Refused(`value ${value} is not a turn ban`);
  if (turn === '') return { ...row, only: rule === 'only' };
  const [at] = row.line;
  const degrees = TURNS[turn];
  if (degrees === undefined) throw new Refused(`value ${value} is not a turn ban`);
  if (at === undefined || row.bearing === undefined) throw new Refused('no direction of approach');
  const { bearing, ...rest } = row;
  const before = ahead(at, bearing + 180, ARM);
  const exit = turn === 'u_turn' ? before : ahead(at, bearing + degrees, ARM);
  return { ...rest, only: rule === 'only', line: [before, at, exit] };
}

const RULES = Object.keys(UNSURE_RULES) as UnsureRule[];

function objectOf(text: string): OsmObject {
  const [, type = '', digits] = /^(\w+)\/(\d+)$/.exec(text) ?? [];
  const id = Number(digits);
  const known = Object.hasOwn(OSM_OBJECTS, type) && id > 0 && Number.isSafeInteger(id);
  if (!known) throw new Refused(text === '' ? 'no osm object' : 'osm is not way/…, node/… or relation/… with an id');
  return { type: type as OsmObject['type'], id };
}

/** A row that calls facts of an OSM object unsure: it needs no position. */
function unsureOf(row: number, values: Values): OverlayRow {
  const out: OverlayRow = { row, kind: 'unsure', line: [], object: objectOf(textOf(values['osm'])) };
  const text = textOf(values['rule']);
  if (text === '') return out;
  const rule = RULES.find((r) => r === text);
  if (!rule) throw new Refused(`rule ${text} is none of ${RULES.join(', ')}`);
  const { object } = UNSURE_RULES[rule];
  if (object !== out.object?.type) throw new Refused(`rule ${rule} rests on a ${object}, not on a ${out.object?.type}`);
  return { ...out, rule };
}

function rowOf(row: number, values: Values): OverlayRow {
  const kind = KINDS.find((k): k is Kind => k === textOf(values['kind']));
  if (!kind) throw new Refused(`kind ${textOf(values['kind'])} is none of ${KINDS.join(', ')}`);
  if (kind === 'unsure') return unsureOf(row, values);
  const out: OverlayRow = { row, kind, line: geometry(values) };
  const bearing = textOf(values['bearing']);
  if (bearing !== '') out.bearing = Number(bearing) % 360;
  if (out.bearing !== undefined && !(out.bearing >= 0)) throw new Refused('bearing is not 0 to 360');
  if (kind === 'stop' && out.bearing === undefined) throw new Refused('no direction of approach');
  const direction = textOf(values['direction']);
  if (!['', 'both', 'along'].includes(direction)) throw new Refused('direction is neither both nor along');
  if (direction === 'along' || (kind === 'closure' && out.line.length === 1)) out.along = true;
  const roads = textOf(values['roads']);
  if (roads === 'motorway' || roads === 'ordinary') out.roads = roads;
  else if (roads !== '') throw new Refused('roads is neither motorway nor ordinary');
  const vehicles = textOf(values['vehicles']);
  if (vehicles !== '') out.vehicles = vehiclesOf(vehicles);
  const condition = textOf(values['condition']);
  if (condition !== '') out.condition = condition;
  const value = textOf(values['value']);
  if (kind === 'closure') out.closure = closureOf(value);
  if (kind === 'limit') out.kmh = kmhOf(value);
  return kind === 'turn_ban' ? turnOf(out, value) : out;
}

/** One row as it comes: values by name, text or numbers. */
function add(row: number, values: Values, out: Overlay): void {
  try {
    out.rows.push(rowOf(row, values));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    out.leftOut.push({ row, reason: error.message });
  }
}

const geoJson = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.object({
      geometry: z.object({ type: z.string(), coordinates: z.unknown() }).nullable(),
      properties: z.record(z.string(), z.unknown()).nullable(),
    }),
  ),
});

/** Coordinates of a Point or a LineString as the columns have them; of another geometry none. */
function placeOf(geometry: { type: string; coordinates?: unknown } | null): Values {
  if (geometry === null) return { line: undefined, lon: undefined, lat: undefined };
  const coordinates = Array.isArray(geometry.coordinates) ? (geometry.coordinates as unknown[]) : [];
  if (geometry.type === 'Point') return { lon: coordinates[0], lat: coordinates[1], line: undefined };
  const pairs = geometry.type === 'LineString' ? coordinates.filter(Array.isArray) : [];
  return { line: pairs.map((pair) => `${pair[0]} ${pair[1]}`).join(';'), lon: undefined, lat: undefined };
}

function readGeoJson(text: string, path: string): Overlay {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new TomareError('USAGE', `${path}: not JSON (${(error as Error).message})`);
  }
  const result = geoJson.safeParse(data);
  if (!result.success) throw new TomareError('USAGE', `${path}: ${z.prettifyError(result.error)}`);
  const out: Overlay = { rows: [], leftOut: [] };
  for (const [i, { geometry, properties }] of result.data.features.entries()) {
    add(i + 1, { ...properties, ...placeOf(geometry) }, out);
  }
  return out;
}

/** Row by row: a prefecture's file has hundreds of megabytes, and 170 columns of which few are read. */
function readCsv(text: string, path: string): Overlay {
  const out: Overlay = { rows: [], leftOut: [] };
  let police = false;
  let row = 1;
  const columns = (header: string[]) => {
    const names = header.map((name) => name.replace(/\s/g, ''));
    police = isPoliceData(names);
    return police ? names.map((name) => isPoliceColumn(name) && name) : names;
  };
  const on_record = (record: Record<string, string>) => {
    row++;
    if (police) addPoliceRow(row, record, out);
    else add(row, record, out);
    return null;
  };
  try {
    parse(text, { columns, on_record, bom: true, skip_empty_lines: true, relax_column_count: true });
  } catch (error) {
    throw new TomareError('USAGE', `${path}: ${(error as Error).message}`);
  }
  return out;
}

/** UTF-8, or cp932 (WHATWG's shift_jis) as the police publish. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('shift_jis').decode(bytes);
  }
}

/**
 * Reads regulations from GeoJSON, CSV, or the police open data of Japan; the content decides which.
 * @throws TomareError USAGE if the file cannot be read or is none of these
 * @example const { rows, leftOut } = readOverlay("regulations.csv")
 */
export function readOverlay(path: string): Overlay {
  let bytes: Uint8Array;
  try {
    bytes = readBytes(path);
  } catch (error) {
    throw new TomareError('USAGE', `${path}: cannot be read (${(error as { code?: string }).code})`);
  }
  const text = decode(bytes);
  return text.trimStart().startsWith('{') ? readGeoJson(text, path) : readCsv(text, path);
}
