// SPDX-License-Identifier: MIT
// The logged speed against that of the positions, over the whole drive: its unit where the format leaves it
// open, and a constant factor, a zero or a frozen value where it gives one.
import { FACTOR, type SpeedUnit } from './format.ts';

export const UNIT_NAME: Record<Exclude<SpeedUnit, 'open'>, string> = {
  mps: 'm/s',
  kmh: 'km/h',
  mph: 'mph',
  knots: 'knots',
  cms: 'cm/s',
  fps: 'ft/s',
  mms: 'mm/s',
  dkmh: '0.1 km/h',
  ckmh: '0.01 km/h',
};
/** Units that speeds without one have. */
const USUAL = ['mps', 'kmh', 'mph', 'knots'] as const;

interface Track {
  count: number;
  time_ms: Float64Array;
  lat: Float64Array;
  lon: Float64Array;
  speed_mps: Float32Array;
}

const WINDOW_MS = 4_000;
const STEP_MS = 20_000;
const LEAST_M = 20;
/** A way is measured by lines of this length: shorter ones add up errors, longer ones cut corners. */
const LEG_M = 50;
const METRES_PER_DEGREE = 111_195;
/** How near a ratio must be to a factor: speedometers tell too much; km/h at half pace are 7 % below knots. */
const NEAR = 0.07;
const NEAR_BELOW = 0.05;
/** How near the quartiles must be to the median. */
const SPREAD = 0.2;

export interface Comparison {
  /** Median of logged ÷ derived speed over the windows in which the car moved; NaN without any. */
  ratio: number;
  /** The quartiles of the ratio lie near its median. */
  steady: boolean;
  windows: number;
  /** Slowest and fastest window by the positions, m/s. */
  slowest: number;
  fastest: number;
}

/** How much shorter a degree of longitude is than one of latitude. */
const shortening = ({ lat }: Track, i: number) => Math.cos(((lat[i] as number) * Math.PI) / 180);

/** Metres between two positions; `short`: the shortening at the first, or at one near. */
function chord({ lat, lon }: Track, a: number, b: number, short: number): number {
  const north = (lat[b] as number) - (lat[a] as number);
  const turned = Math.abs((lon[b] as number) - (lon[a] as number));
  const east = Math.min(turned, 360 - turned) * short;
  return Math.sqrt(north * north + east * east) * METRES_PER_DEGREE;
}

/** The position is that of the fix before, which may be old. */
const stays = ({ lat, lon }: Track, i: number) => lat[i] === lat[i - 1] && lon[i] === lon[i - 1];

/** Windows of at least 4 s and 20 m between new positions: shorter ones show the errors of the positions. */
export function compare(track: Track): Comparison {
  const { count, time_ms: time, speed_mps: speed } = track;
  const span_ms = count > 0 ? (time[count - 1] as number) - (time[0] as number) : 0;
  const ratios = new Float64Array(Math.min(count, Math.floor(Math.max(0, span_ms) / WINDOW_MS) + 1));
  let windows = 0;
  let [slowest, fastest] = [Number.POSITIVE_INFINITY, 0];
  let [from, corner, way, legs] = [0, 0, 0, 0];
  let short = shortening(track, corner);
  for (let i = 1; i < count; i++) {
    const step = (time[i] as number) - (time[i - 1] as number);
    const both = ((speed[i] as number) + (speed[i - 1] as number)) / 2;
    const known = step > 0 && step <= STEP_MS && !Number.isNaN(both);
    const span = (time[i] as number) - (time[from] as number);
    const leg = known ? chord(track, corner, i, short) : 0;
    way += (both * step) / 1000;
    const whole = known && span >= WINDOW_MS && !stays(track, i);
    if (whole) {
      const derived = legs + leg;
      slowest = Math.min(slowest, (derived * 1000) / span);
      fastest = Math.max(fastest, (derived * 1000) / span);
      if (derived >= LEAST_M) ratios[windows++] = way / derived;
    }
    if (whole || !known) {
      from = corner = i;
      way = legs = 0;
    } else if (leg >= LEG_M) {
      legs += leg;
      corner = i;
    }
    if (corner === i) short = shortening(track, i);
  }
  const sorted = ratios.subarray(0, windows).sort();
  const at = (share: number) => sorted[Math.floor(share * (windows - 1))] ?? Number.NaN;
  const ratio = at(0.5);
  const steady = at(0.75) - at(0.25) <= SPREAD * ratio;
  return { ratio, steady, windows, slowest, fastest };
}

/** The unit in which the numbers agree with the movement. */
export function unitOf({ ratio, steady }: Comparison): Exclude<SpeedUnit, 'open'> | undefined {
  if (!steady) return undefined;
  const fits = USUAL.map((unit) => ({
    unit,
    off: Math.log(ratio * FACTOR[unit]),
  }));
  const best = fits.reduce((a, b) => (Math.abs(b.off) < Math.abs(a.off) ? b : a));
  return best.off <= Math.log(1 + NEAR) && best.off >= -Math.log(1 + NEAR_BELOW) ? best.unit : undefined;
}

/** What one named unit makes of speeds in another, where that is more than 1: the positions are too slow at the worst. */
export const MISTAKEN = [3.6, 3.6 / 1.852, 1 / 0.44704, 1.609344, 1.852, 1852 / 1609.344];
const NEAR_MISTAKEN = Math.log(1.04);

/** A ratio this far from 1 is that of no honest receiver. */
const OFF = Math.log(1.12);

/** Why the speeds of the whole log are none, in words; undefined where nothing speaks against them. */
export function faultOf(comparison: Comparison, least: number, most: number): string | undefined {
  const { ratio, steady, windows, slowest, fastest } = comparison;
  if (windows === 0) return undefined;
  if (most === 0) return 'it is always 0 while the positions move';
  if (most - least < 0.02 && windows >= 2 && fastest - slowest > Math.max(4, 0.4 * most)) {
    return 'it has one value throughout while the speed of the car changes';
  }
  const off = (q: number) => Math.abs(Math.log(ratio / q));
  const factor = MISTAKEN.reduce((x, y) => (off(y) < off(x) ? y : x));
  if (steady && off(factor) <= NEAR_MISTAKEN && Math.log(ratio) > OFF) {
    return `it is ${factor.toFixed(2)} times that of the positions, as in another unit`;
  }
  return undefined;
}

/**
 * Speeds and positions disagree by a constant factor that no mistaken unit explains: the times may run at another pace,
 * as those of a time-lapse, and then the positions are too fast. The engine believes neither (docs/CHANNELS.md).
 */
export const ofAnotherPace = ({ ratio, steady }: Comparison): boolean => steady && Math.abs(Math.log(ratio)) > OFF;
