// SPDX-License-Identifier: MIT
// Latitude and longitude as tables write them: decimal degrees, DDMM.MMMM, degrees with minutes and seconds,
// whole numbers of a small unit, with a letter of the hemisphere before, behind or in a column of its own; both in one
// text, as WKT or as a pair.
import { decimal, LONGEST_VALUE } from '../numbers.ts';

/** A number: how many of the column's units make a degree. */
export type DegreeForm = 'decimal' | 'ddmm' | 'point' | number;

export const SEMICIRCLES = 2 ** 31 / 180;
/** The fields of FIT, whose dumps keep its unit. */
const OF_FIT = ['position_lat', 'position_long'];

const UNITS: [header: RegExp, perDegree: number][] = [
  [/e[ -]?7/i, 1e7],
  [/e[ -]?6|micro/i, 1e6],
  [/e[ -]?5/i, 1e5],
  [/(?:^|[^a-z])mas\b|milli ?arc|[([_ ]m(?:illi)? ?sec|ミリ秒/i, 3.6e6],
  [/semi ?circ/i, SEMICIRCLES],
  [/[([_ ]rad(?:ians?)?\b/i, Math.PI / 180],
  [/arc ?sec|[([]秒[)\]]/i, 3600],
  [/arc ?min|[([]分[)\]]/i, 60],
];

const SIGN: Record<string, number> = { n: 1, e: 1, s: -1, w: -1, 北: 1, 東: 1, 南: -1, 西: -1 };
/** Degrees, minutes and seconds by their signs, blanks or colons; in Japan by points too: 35.41.22.4. */
const PARTS =
  /^(-?)(\d{1,3})(?:\s*(?:[°º度:]|deg)\s*|\s+)(\d{1,2}(?:\.\d+)?)\s*['′’分:]?\s*(?:(\d{1,2}(?:\.\d+)?)\s*(?:["″”秒]|'')?)?$/;
const POINTS = /^(-?)(\d{1,3})\.(\d{1,2})\.(\d{1,2}(?:\.\d+)?)$/;

/** +1 north and east, -1 south and west; NaN for another text. */
export function hemisphere(text: string): number {
  return SIGN[text.trim().toLowerCase().charAt(0)] ?? Number.NaN;
}

/** As `hemisphere`, of a sign without its number. */
export function signOf(text: string): number {
  const [sign, minus] = /^(?:\+?1?|([-−])1?)$/.exec(text.trim()) ?? [];
  if (sign === undefined || sign === '') return hemisphere(text);
  return minus === undefined ? 1 : -1;
}

/** DDMM.MMMM to degrees; NaN where the minutes are none. */
function degreesMinutes(value: number): number {
  const whole = Math.trunc(Math.abs(value) / 100);
  const minutes = Math.abs(value) - whole * 100;
  return minutes >= 60 ? Number.NaN : Math.sign(value) * (whole + minutes / 60);
}

/** Names of columns whose numbers grow to the west or the south: Longitude (W), Latitude [°S]. */
const WESTERN = /[([]\s*(?:(?:°|deg(?:rees?)?\.?)\s*)?(?:W|West|S|South)\s*[)\]]\s*$/i;

/** What form a column's first value has; NaN where its name and its numbers may both say south or west. */
export function formOf(text: string, header: string): DegreeForm {
  const shown = ownForm(text, header);
  if (!WESTERN.test(header) || /[NSEW]/i.test(text)) return shown;
  return shown === 'decimal' && !text.trim().startsWith('-') ? -1 : Number.NaN;
}

/** Four digits before the point, or five, are degrees and minutes. */
function ownForm(text: string, header: string): DegreeForm {
  if (/^-?\d{1,3}\.\d+$/.test(text.trim()) && !/rad/i.test(header)) return 'decimal';
  const unit = UNITS.find(([shape]) => shape.test(header))?.[1];
  if (unit !== undefined) return unit;
  return /^[NSEW]?\s*-?\d{4,5}[.,]\d+\s*[NSEW]?$/i.test(text.trim()) ? 'ddmm' : 'decimal';
}

/** Units of whole numbers whose names give none. */
const WHOLE = [1e7, 1e6, 1e5, 3.6e6];

/**
 * The one unit in which two whole numbers are a position; NaN where there are several. Undefined: they are not such
 * numbers, or their names give a unit.
 */
export function wholeUnit(texts: readonly [string, string], headers: readonly [string, string]): number | undefined {
  if (
    !texts.some(
      (text, i) => /^-?\d{7,10}(?:\.0+)?$/.test(text) && !UNITS.some(([shape]) => shape.test(headers[i] ?? '')),
    )
  )
    return undefined;
  if (headers.every((name, i) => name.toLowerCase() === OF_FIT[i])) return SEMICIRCLES;
  const [lat, lon] = texts.map((text) => Math.abs(Number(text))) as [number, number];
  const fitting = WHOLE.filter((unit) => lat / unit <= 85 && lon / unit <= 180);
  return fitting.length === 1 ? fitting[0] : Number.NaN;
}

/** Degrees with the sign of the text's own letter; NaN where it cannot be used. */
export function degrees(text: string, form: DegreeForm): number {
  if (text.length > LONGEST_VALUE) return Number.NaN;
  const plain = text.trim();
  const letter = /^[NSEWnsew北南東西]|[NSEWnsew]$/.exec(plain)?.[0];
  const sign = letter === undefined ? 1 : hemisphere(letter);
  const bare =
    letter === undefined
      ? plain
      : plain
          .replace(letter, '')
          .replace(/^緯|^経/, '')
          .trim();
  const [parts, minus, whole, minutes, seconds = 0] = PARTS.exec(bare) ?? POINTS.exec(bare) ?? [];
  if (parts !== undefined) {
    const value = Number(whole) + Number(minutes) / 60 + Number(seconds) / 3600;
    return Number(minutes) < 60 && Number(seconds) < 60
      ? sign * (minus === '-' && letter === undefined ? -value : value)
      : Number.NaN;
  }
  const value = decimal(bare.replace(/°$/, ''));
  // a letter and a minus say the same once
  const plainly = letter === undefined ? value : Math.abs(value);
  if (typeof form === 'number') return (sign * plainly) / form;
  return sign * (form === 'ddmm' ? degreesMinutes(plainly) : plainly);
}

const WKT = /^(?:SRID=4326;)?\s*POINT\s*Z?M?\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)/i;
/** GeoJSON in a field. */
const GEOJSON = /^\{.*"coordinates"\s*:\s*\[\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)/s;
const COMMAS = /^(-?\d{1,3}),(\d{3,})[\s;]+(-?\d{1,3}),(\d{3,})$/;
const PAIR = /^(?:lat\/?lng:?\s*)?[([]?\s*(-?\d{1,3}(?:\.\d+)?)°?\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)°?\s*[)\]]?$/i;

/** Two texts of degrees, each with its letter, as Garmin writes: N35 07.040 E139 25.452. */
const LETTERS =
  /^([NS][^NSEWnsew,;]{1,40}|[^NSEWnsew,;]{1,40}[NS])\s*[,;]?\s*([EW][^NSEWnsew,;]{1,40}|[^NSEWnsew,;]{1,40}[EW])$/;
/** The number of satellites behind a pair, as Wialon writes it. */
const SATELLITES = /\s*\(\d{1,2}\)$/;

function lettered(text: string): [lat: number, lon: number] | undefined {
  const [, north, east] = LETTERS.exec(text.trim()) ?? [];
  if (north === undefined || east === undefined) return undefined;
  const [lat, lon] = [degrees(north, 'decimal'), degrees(east, 'decimal')];
  return Number.isNaN(lat + lon) ? undefined : [lat, lon];
}

/** Well-known binary of a point as hexadecimal digits, as PostGIS prints it: byte order, type with flags, SRID, numbers. */
const WKB = /^(?:\\x)?(0[01](?:[0-9a-f]{2}){20,40})$/i;
const POINT = 1;
const WGS_84 = 4326;
const HAS_SRID = 0x20000000;

function binaryPoint(text: string): [lat: number, lon: number] | undefined {
  const [, digits = ''] = WKB.exec(text) ?? [];
  if (digits === '') return undefined;
  const bytes = Buffer.from(digits, 'hex');
  const little = bytes[0] === 1;
  const whole = (at: number) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const number = (at: number) => (little ? bytes.readDoubleLE(at) : bytes.readDoubleBE(at));
  const type = whole(1);
  const from = type & HAS_SRID ? 9 : 5;
  if ((type & 0xffff) % 1000 !== POINT || bytes.length < from + 16) return undefined;
  if (from === 9 && whole(5) !== WGS_84) return undefined;
  return [number(from + 8), number(from)];
}

/** Latitude and longitude of WKT or GeoJSON (longitude first) or of a pair (latitude first unless it can be none, or the header says so). */
export function pointOf(text: string, header: string): [lat: number, lon: number] | undefined {
  if (text.length > LONGEST_VALUE) return undefined;
  const wkt = WKT.exec(text) ?? (/"type"\s*:\s*"Point"/.test(text) ? GEOJSON.exec(text) : null);
  if (wkt) return [Number(wkt[2]), Number(wkt[1])];
  const binary = binaryPoint(text);
  if (binary) return binary;
  const [, a, b] = PAIR.exec(text.replace(SATELLITES, '').replace(COMMAS, '$1.$2 $3.$4')) ?? [];
  if (a === undefined || b === undefined) return lettered(text);
  const lonFirst = /^\W*lo?ng?/i.test(header) || Math.abs(Number(a)) > 90;
  return lonFirst ? [Number(b), Number(a)] : [Number(a), Number(b)];
}
