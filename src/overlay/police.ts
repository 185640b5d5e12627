// SPDX-License-Identifier: MIT
// Japan's police open data on traffic regulations 交通規制情報 (JARTIC, "typeD"): CSV in cp932, a row per
// regulation. Code 63 is the stop sign 一時停止; its point may be the junction's centre. Who uses the data
// credits it: 出典：「交通規制情報」（公益財団法人日本道路交通情報センター）を加工して作成.
import type { Overlay } from './rows.ts';

const CODE = '共通規制種別コード';
const PLACE = '規制場所の経度緯度';
const APPROACH = '進入方向(座標)';
const ABOLISHED = '意思決定廃止日';
const STOP = '63';
/** Metres between the place and the point of approach below which the direction is not sure. */
const SHORT = 2;

type Row = Record<string, string>;
type Point = [lon: number, lat: number];

export function isPoliceData(row: Row | undefined): boolean {
  return row !== undefined && CODE in row && PLACE in row;
}

/** "lon lat;lon lat;…"; points outside Japan and broken ones are dropped. */
export function points(text: string | undefined): Point[] {
  return (text ?? '').split(';').flatMap((pair) => {
    const [lon, lat] = pair.trim().split(/\s+/).map(Number);
    const inJapan = lon !== undefined && lat !== undefined && lon > 122 && lon < 154 && lat > 20 && lat < 46;
    return inJapan ? [[lon, lat] as Point] : [];
  });
}

/** Bearing and metres from one point to another, on a plane. */
function course(from: Point, to: Point): { bearing: number; metres: number } {
  const x = (to[0] - from[0]) * 111320 * Math.cos((to[1] * Math.PI) / 180);
  const y = (to[1] - from[1]) * 110950;
  return { bearing: Math.round((Math.atan2(x, y) * 180) / Math.PI + 360) % 360, metres: Math.hypot(x, y) };
}

function stopOf(row: Row): { lat: number; lon: number; bearing: number } | string {
  const [place] = points(row[PLACE]);
  if (!place) return 'no position in Japan';
  const [entry, ...rest] = points(row[APPROACH]);
  if (!entry) return 'no direction of approach';
  const { bearing, metres } = course(entry, rest.at(-1) ?? place);
  return metres < SHORT ? 'the point of approach is the place itself' : { lat: place[1], lon: place[0], bearing };
}

/** Stops of the rows; other regulations are passed over, abolished ones too. */
export function policeStops(rows: readonly Row[]): Overlay {
  const out: Overlay = { stops: [], leftOut: [] };
  for (const [i, row] of rows.entries()) {
    if (row[CODE]?.trim() !== STOP || (row[ABOLISHED] ?? '').trim() !== '') continue;
    const stop = stopOf(row);
    if (typeof stop === 'string') out.leftOut.push({ row: i + 2, reason: stop });
    else out.stops.push({ ...stop, row: i + 2 });
  }
  return out;
}
