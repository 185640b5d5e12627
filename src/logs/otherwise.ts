// SPDX-License-Identifier: MIT
// Positions that lie beside the roads of the map as they are read, and on them if they are read otherwise: the two
// columns swapped, a sign lost, degrees with minutes behind the point, or another datum.
import { type ErrorName, TomareError } from '../errors.ts';
import type { Analysis, Fixes } from '../types.ts';
import { latOfBaidu, latOfGcj, lonOfBaidu, lonOfGcj } from './china.ts';
import { beginsWithMinutes, isSexagesimal, ofMinutes, ofSeconds, packed } from './sexagesimal.ts';

/** Most of a drive may be off the map for other reasons: metres beside the roads, and shares of the fixes. */
const BESIDE_M = 30;
const MOSTLY = 0.5;
/** How well the converted drive must fit: metres and a share, and how much of a drive can tell. */
const FITS_M = 12;
const ALL = 0.95;
const LEAST_FIXES = 30;
const LEAST_M = 500;

type Match = Pick<Analysis, 'fixes' | 'matched' | 'mean_error_m' | 'distance_m'>;
type Degrees = (value: number, other: number) => number;

interface Otherwise {
  error: ErrorName;
  /** What the positions are, and what to do. */
  what: string;
  /** Where the first fix can be of this kind. */
  serves: (lat: number, lon: number, fixes: Fixes) => boolean;
  lat: Degrees;
  lon: Degrees;
}

const within = (value: number, low: number, high: number) => value >= low && value <= high;
const same: Degrees = (value) => value;
const turned: Degrees = (value) => -value;

/** From the Tokyo datum to WGS 84, to about ten metres. */
const latOfTokyo: Degrees = (lat, lon) => lat - 0.00010695 * lat + 0.000017464 * lon + 0.0046017;
const lonOfTokyo: Degrees = (lon, lat) => lon - 0.000046038 * lat - 0.000083043 * lon + 0.01004;

const inChina = (lat: number, lon: number) => within(lat, 18, 54) && within(lon, 73, 135.5);

const KINDS: readonly Otherwise[] = [
  {
    error: 'LOG_SWAPPED',
    what: 'if latitude and longitude are exchanged; exchange the names of the two columns',
    serves: (_, lon) => Math.abs(lon) <= 85,
    lat: (_, lon) => lon,
    lon: (_, lat) => lat,
  },
  {
    error: 'LOG_FORMAT',
    what: 'if they are of the Tokyo datum (日本測地系); convert them to WGS 84',
    serves: (lat, lon) => within(lat, 20, 46) && within(lon, 122, 154),
    lat: latOfTokyo,
    lon: lonOfTokyo,
  },
  {
    error: 'LOG_FORMAT',
    what: 'if they are of GCJ-02, as of maps in China; convert them to WGS 84',
    serves: inChina,
    lat: latOfGcj,
    lon: lonOfGcj,
  },
  {
    error: 'LOG_FORMAT',
    what: 'if they are of BD-09, as of Baidu; convert them to WGS 84',
    serves: inChina,
    lat: latOfBaidu,
    lon: lonOfBaidu,
  },
  {
    error: 'LOG_DEGREES',
    what: 'if the longitude has the other sign; write longitudes west of Greenwich negative, all others positive',
    serves: () => true,
    lat: same,
    lon: turned,
  },
  {
    error: 'LOG_DEGREES',
    what: 'if the latitude has the other sign; write latitudes south of the equator negative, all others positive',
    serves: () => true,
    lat: turned,
    lon: same,
  },
  {
    error: 'LOG_DEGREES',
    what: 'if both have the other sign; write south and west negative, north and east positive',
    serves: () => true,
    lat: turned,
    lon: turned,
  },
  {
    error: 'LOG_DEGREES',
    what: 'if they are degrees, minutes and seconds in one number (D.MMSS); write decimal degrees',
    serves: (_, __, fixes) => packed(fixes, isSexagesimal),
    lat: ofSeconds,
    lon: ofSeconds,
  },
  {
    error: 'LOG_DEGREES',
    what: 'if they are degrees and minutes in one number (D.MMmm); write decimal degrees',
    serves: (_, __, fixes) => packed(fixes, beginsWithMinutes),
    lat: ofMinutes,
    lon: ofMinutes,
  },
];

/** The fixes with positions that are read otherwise. */
export function converted(fixes: Fixes, { lat, lon }: Pick<Otherwise, 'lat' | 'lon'>): Fixes {
  return {
    ...fixes,
    lat: fixes.lat.map((y, i) => lat(y, fixes.lon[i] as number)),
    lon: fixes.lon.map((x, i) => lon(x, fixes.lat[i] as number)),
  };
}

/** The match of other fixes; undefined where they are off the map, or none at all. */
function matchOf(fixes: Fixes, again: (fixes: Fixes) => Match): Match | undefined {
  try {
    return again(fixes);
  } catch (error) {
    if (error instanceof TomareError) return undefined;
    throw error;
  }
}

/**
 * The error of a drive that lies on the roads only if its positions are read otherwise; undefined where none does.
 * `found`: its match as it is read, undefined where nothing is on the map. `again` matches other fixes.
 */
export function otherwise(
  found: Match | undefined,
  fixes: Fixes,
  again: (fixes: Fixes) => Match,
): { error: ErrorName; what: string } | undefined {
  if (found !== undefined) {
    if (found.fixes < LEAST_FIXES) return undefined;
    if (found.matched >= MOSTLY * found.fixes && found.mean_error_m <= BESIDE_M) return undefined;
  }
  const [lat = 0, lon = 0] = [fixes.lat[0], fixes.lon[0]];
  const least_m = found === undefined ? 0 : LEAST_M;
  const kind = KINDS.find((one) => {
    const moved = one.serves(lat, lon, fixes) ? matchOf(converted(fixes, one), again) : undefined;
    if (moved === undefined) return false;
    return moved.matched >= ALL * moved.fixes && moved.mean_error_m <= FITS_M && moved.distance_m >= least_m;
  });
  return kind && { error: kind.error, what: `its positions lie beside the roads of the map, and on them ${kind.what}` };
}
