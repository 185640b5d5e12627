// SPDX-License-Identifier: MIT
// Regulation overlays: stops with the direction of approach, from GeoJSON, CSV, or Japan's police open
// data. What cannot be used is kept with its row and the reason.
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import { TomareError } from '../errors.ts';
import { isPoliceData, policeStops } from './police.ts';
import type { Overlay } from './rows.ts';

/** One row as it comes: values by name, text or numbers. */
export function addStop(row: number, values: Record<string, unknown>, out: Overlay): void {
  const number = (name: string) => {
    const value = values[name];
    return value === undefined || value === null || value === '' ? Number.NaN : Number(value);
  };
  const [lat, lon, bearing] = [number('lat'), number('lon'), number('bearing')];
  const kind = values['kind'];
  if (kind !== 'stop') out.leftOut.push({ row, reason: `kind ${String(kind)} is not read; stop is` });
  else if (!(Math.abs(lat) <= 85 && Math.abs(lon) <= 180)) out.leftOut.push({ row, reason: 'no position' });
  else if (!(bearing >= 0 && bearing <= 360)) out.leftOut.push({ row, reason: 'no direction of approach' });
  else out.stops.push({ lat, lon, bearing: bearing % 360, row });
}

const geoJson = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.object({
      geometry: z.object({ type: z.string(), coordinates: z.unknown() }),
      properties: z.record(z.string(), z.unknown()).nullable(),
    }),
  ),
});

function readGeoJson(text: string, path: string): Overlay {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new TomareError('USAGE', `${path}: not JSON (${(error as Error).message})`);
  }
  const result = geoJson.safeParse(data);
  if (!result.success) throw new TomareError('USAGE', `${path}: ${z.prettifyError(result.error)}`);
  const out: Overlay = { stops: [], leftOut: [] };
  for (const [i, { geometry, properties }] of result.data.features.entries()) {
    const point = geometry.type === 'Point' && Array.isArray(geometry.coordinates) ? geometry.coordinates : [];
    addStop(i + 1, { ...properties, lon: point[0], lat: point[1] }, out);
  }
  return out;
}

type Row = Record<string, string>;

function readCsv(text: string, path: string): Overlay {
  let rows: Row[];
  try {
    rows = parse(text, { columns: true, bom: true, skip_empty_lines: true, relax_column_count: true }) as Row[];
  } catch (error) {
    throw new TomareError('USAGE', `${path}: ${(error as Error).message}`);
  }
  if (isPoliceData(rows[0])) return policeStops(rows);
  const out: Overlay = { stops: [], leftOut: [] };
  for (const [i, row] of rows.entries()) addStop(i + 2, row, out);
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

export function readOverlay(path: string): Overlay {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new TomareError('USAGE', `${path}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  const text = decode(bytes);
  return text.trimStart().startsWith('{') ? readGeoJson(text, path) : readCsv(text, path);
}
