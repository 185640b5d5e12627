// SPDX-License-Identifier: MIT
// Collects fixes from any format, checks each, and says file and line when one cannot be used. Messages
// name columns and kinds and never repeat a value: a log is somebody's whereabouts.
import { type ErrorName, TomareError } from '../errors.ts';
import type { Fixes } from '../types.ts';
import { parseTime } from './time.ts';

/** Bounds on what one log may cost; `totalBytes` counts after inflating. */
export const LIMITS = { lineBytes: 1 << 20, totalBytes: 512 * 2 ** 20, fixes: 2_000_000 };
/** Bytes of one line, bytes after inflating, and fixes. */
export type LogLimits = typeof LIMITS;

const BEGIN_MS = 0;
const END_MS = Date.UTC(2106, 0, 1);

/** The values of one row as text or numbers, by the contract's names. */
export interface RawFix {
  time?: string | number | undefined;
  lat?: string | number | undefined;
  lon?: string | number | undefined;
  speed_mps?: number | undefined;
  heading_deg?: number | undefined;
  accuracy_m?: number | undefined;
}

const blank = (value: unknown) =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

function kindOf(value: unknown): string {
  if (typeof value === 'object') return 'an object or a list';
  const text = String(value).trim();
  if (/^[+-]?nan$/i.test(text)) return 'NaN';
  if (/^[+-]?inf(inity)?$/i.test(text)) return 'infinite';
  return typeof value === 'boolean' ? 'true or false' : `a text of ${text.length} characters`;
}

export class FixBuilder {
  readonly name: string;
  skipped = 0;
  private readonly timeZone: string;
  private readonly limits: LogLimits;
  private readonly columns: number[][] = [[], [], [], [], [], []];
  private latest = Number.NEGATIVE_INFINITY;
  private advanced = 0;
  private fallsAt = 0;

  constructor(name: string, timeZone: string, limits: LogLimits) {
    this.name = name;
    this.timeZone = timeZone;
    this.limits = limits;
  }

  bad(line: number, what: string, error: ErrorName = 'LOG_ROW'): TomareError {
    return new TomareError(error, `${this.name}:${line}: ${what}`);
  }

  number(text: unknown, column: string, line: number): number {
    if (blank(text)) return Number.NaN;
    const value = typeof text === 'number' ? text : typeof text === 'string' ? Number(text.trim()) : Number.NaN;
    if (!Number.isFinite(value))
      throw this.bad(line, `${column} is ${kindOf(text)}; a number is expected`, 'LOG_NUMBER');
    return value;
  }

  add(raw: RawFix, line: number): void {
    if (blank(raw.time) || blank(raw.lat) || blank(raw.lon)) {
      this.skipped++;
      return;
    }
    const time = this.time(raw.time, line);
    const lat = this.number(raw.lat, 'latitude', line);
    const lon = this.number(raw.lon, 'longitude', line);
    this.checkPosition(lat, lon, line);
    const [times = []] = this.columns;
    if (times.length >= this.limits.fixes) {
      throw this.bad(line, `more than ${this.limits.fixes} fixes; split the log`, 'LOG_FIXES');
    }
    const speed = unknownIf(raw.speed_mps, (v) => v === -1);
    if (speed < 0 || speed > 200) throw this.bad(line, 'speed is negative or above 720 km/h');
    const heading = unknownIf(raw.heading_deg, (v) => v < 0 || v > 360);
    const accuracy = unknownIf(raw.accuracy_m, (v) => v <= 0);
    this.follow(time, times.length, line);
    [time, lat, lon, speed, heading, accuracy].forEach((value, i) => {
      this.columns[i]?.push(value);
    });
  }

  private time(raw: unknown, line: number): number {
    const readable = typeof raw === 'string' || typeof raw === 'number';
    const time = readable ? parseTime(raw, this.timeZone) : Number.NaN;
    if (Number.isNaN(time)) {
      const wanted = 'ISO 8601, or epoch seconds or milliseconds, is expected';
      throw this.bad(line, `time is ${kindOf(raw)}; ${wanted}`, 'LOG_TIME');
    }
    if (time < BEGIN_MS || time >= END_MS) {
      const side = time < BEGIN_MS ? 'before 1970' : 'after 2105';
      throw this.bad(line, `time lies ${side}; is its unit seconds or milliseconds since 1970?`, 'LOG_TIME_RANGE');
    }
    return time;
  }

  private checkPosition(lat: number, lon: number, line: number): void {
    if (Math.abs(lat) <= 85 && Math.abs(lon) <= 180) return;
    if (Math.abs(lat) <= 180 && Math.abs(lon) <= 85) {
      const what = 'latitude is beyond 85 degrees and longitude is not; are the two columns swapped?';
      throw this.bad(line, what, 'LOG_SWAPPED');
    }
    const what = 'degrees with |latitude| <= 85 and |longitude| <= 180 are expected';
    throw this.bad(line, what, 'LOG_POSITION');
  }

  /** Fixes whose time repeats or falls are left out by the matcher; here is seen whether any others remain. */
  private follow(time: number, before: number, line: number): void {
    if (time > this.latest) {
      this.latest = time;
      if (before > 0) this.advanced++;
    } else if (time < this.latest && this.fallsAt === 0) {
      this.fallsAt = line;
    }
  }

  finish(): Fixes {
    const [time = [], lat = [], lon = [], speed = [], heading = [], accuracy = []] = this.columns;
    if (time.length === 0) throw new TomareError('LOG_NO_FIX', `${this.name}: no row has a time and a position`);
    if (time.length === 1) throw new TomareError('LOG_ONE_FIX', `${this.name}: at least two fixes are needed`);
    if (this.advanced === 0 && this.fallsAt > 0) {
      throw this.bad(this.fallsAt, 'no fix is later than the first; sort the log by time', 'LOG_TIME_ORDER');
    }
    if (this.advanced === 0)
      throw new TomareError('LOG_TIME_EQUAL', `${this.name}: fixes must follow one another in time`);
    return {
      count: time.length,
      time_ms: Float64Array.from(time),
      lat: Float64Array.from(lat),
      lon: Float64Array.from(lon),
      speed_mps: Float32Array.from(speed),
      heading_deg: Float32Array.from(heading),
      accuracy_m: Float32Array.from(accuracy),
    };
  }
}

/** Phones write -1 and the like for what they do not know. */
function unknownIf(value: number | undefined, isUnknown: (value: number) => boolean): number {
  return value === undefined || isUnknown(value) ? Number.NaN : value;
}
