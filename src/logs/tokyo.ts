// SPDX-License-Identifier: MIT
// Positions of the old datum of Japan (日本測地系, Tokyo) without a word that says so: they lie 400 to 450 m beside the
// roads, and on them once they are converted.
import { TomareError } from '../errors.ts';
import type { Analysis, Fixes } from '../types.ts';

/** Most of a drive may be off the map for other reasons: metres beside the roads, and shares of the fixes. */
const BESIDE_M = 30;
const MOSTLY = 0.5;
/** How well the converted drive must fit: metres and a share, and how much of a drive can tell. */
const FITS_M = 12;
const ALL = 0.95;
const LEAST_FIXES = 30;
const LEAST_M = 500;

const within = (value: number, low: number, high: number) => value >= low && value <= high;

/** Positions of the Tokyo datum in WGS 84, to about ten metres. */
export function ofTokyo(fixes: Fixes): Fixes {
  const { lat, lon } = fixes;
  return {
    ...fixes,
    lat: lat.map((y, i) => y - 0.00010695 * y + 0.000017464 * (lon[i] as number) + 0.0046017),
    lon: lon.map((x, i) => x - 0.000046038 * (lat[i] as number) - 0.000083043 * x + 0.01004),
  };
}

type Match = Pick<Analysis, 'fixes' | 'matched' | 'mean_error_m' | 'distance_m'>;

/** Whether a drive that lies beside the roads lies on them once it is converted. `again` matches other fixes. */
export function isOfTokyo(found: Match, fixes: Fixes, again: (fixes: Fixes) => Match): boolean {
  const [lat, lon] = [fixes.lat[0] ?? 0, fixes.lon[0] ?? 0];
  if (found.fixes < LEAST_FIXES || !within(lat, 20, 46) || !within(lon, 122, 154)) return false;
  if (found.matched >= MOSTLY * found.fixes && found.mean_error_m <= BESIDE_M) return false;
  let moved: Match;
  try {
    moved = again(ofTokyo(fixes));
  } catch (error) {
    if (error instanceof TomareError) return false; // off the map, for one
    throw error;
  }
  return moved.matched >= ALL * moved.fixes && moved.mean_error_m <= FITS_M && moved.distance_m >= LEAST_M;
}
