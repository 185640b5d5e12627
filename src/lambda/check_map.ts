// SPDX-License-Identifier: MIT
// Whether the map of a new version is the one to be released. A release may name it by its digest. If it does
// not, the map must be a successor of the one in service: the same region, as much of it, and no older.
import { TomareError } from '../errors.ts';
import type { MapFacts } from './check_event.ts';

/** Of the area and the tiles of the map in service, below which a new one is another region, or a part. */
const LEAST = 0.9;

type Bounds = MapFacts['bounds'];

const width = (low: number, high: number) => Math.max(0, high - low);
const area = (b: Bounds) => width(b.min_lat, b.max_lat) * width(b.min_lon, b.max_lon);

function shared(a: Bounds, b: Bounds): number {
  const lat = width(Math.max(a.min_lat, b.min_lat), Math.min(a.max_lat, b.max_lat));
  return lat * width(Math.max(a.min_lon, b.min_lon), Math.min(a.max_lon, b.max_lon));
}

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const percent = (share: number) => `${Math.floor(100 * share)} %`;

export function described({ name, osm_time_ms, tiles, bounds: b, digest }: MapFacts): string {
  const time = osm_time_ms > 0 ? ` of ${dayOf(osm_time_ms)}` : '';
  const box = `${b.min_lat}, ${b.min_lon} to ${b.max_lat}, ${b.max_lon}`;
  return `"${name}"${time} (${box}; ${tiles} tiles; digest ${digest})`;
}

function unlike(now: MapFacts, before: MapFacts): string | undefined {
  const covered = area(before.bounds) > 0 ? shared(now.bounds, before.bounds) / area(before.bounds) : 1;
  if (covered < LEAST) return `it covers ${percent(covered)} of the region of`;
  if (now.tiles < LEAST * before.tiles) return `it has ${percent(now.tiles / before.tiles)} of the tiles of`;
  if (now.osm_time_ms > 0 && now.osm_time_ms < before.osm_time_ms) return 'its data are older than those of';
  return undefined;
}

/**
 * `wanted`: the digest that the release names; empty: it names none. `before`: the map in service, if that is known.
 * @throws TomareError MAP_RELEASE
 */
export function checkRelease(now: MapFacts, wanted: string, before: MapFacts | undefined): void {
  if (wanted !== '') {
    if (now.digest === wanted) return;
    throw new TomareError('MAP_RELEASE', `MapDigest names ${wanted}, and the image has ${described(now)}`);
  }
  if (before === undefined || now.digest === before.digest) return;
  const why = unlike(now, before);
  if (why === undefined) return;
  const other = `the image has ${described(now)}; ${why} the map in service, ${described(before)}`;
  throw new TomareError('MAP_RELEASE', `${other}; if it is meant, release with MapDigest=${now.digest}`);
}
