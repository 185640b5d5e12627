// SPDX-License-Identifier: MIT
// Collects fixes from any format, checks each, and says file and line when one cannot be used.
import { TomareError } from '../errors.ts';
import type { Fixes } from '../types.ts';
import { parseTime } from './time.ts';

export const LIMITS = { lineBytes: 1 << 20, totalBytes: 512 * 2 ** 20, fixes: 2_000_000 };
export type LogLimits = typeof LIMITS;

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

export class FixBuilder {
  readonly name: string;
  skipped = 0;
  private readonly timeZone: string;
  private readonly limits: LogLimits;
  private readonly columns: number[][] = [[], [], [], [], [], []];

  constructor(name: string, timeZone: string, limits: LogLimits) {
    this.name = name;
    this.timeZone = timeZone;
    this.limits = limits;
  }

  bad(line: number, what: string): TomareError {
    return new TomareError('LOG_ROW', `${this.name}:${line}: ${what}`);
  }

  number(text: unknown, column: string, line: number): number {
    if (blank(text)) return Number.NaN;
    const value = typeof text === 'string' ? Number(text.trim()) : text;
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      throw this.bad(line, `${column} is "${shorten(text)}"; a number is expected`);
    }
    return value;
  }

  add(raw: RawFix, line: number): void {
    if (blank(raw.time) || blank(raw.lat) || blank(raw.lon)) {
      this.skipped++;
      return;
    }
    const time = parseTime(raw.time, this.timeZone);
    if (Number.isNaN(time)) {
      throw this.bad(line, `time is "${shorten(raw.time)}"; ISO 8601 or epoch seconds or milliseconds is expected`);
    }
    if (time < 0 || time >= Date.UTC(2106, 0, 1)) {
      throw this.bad(line, `time lies in the year ${new Date(time).getUTCFullYear()}; 1970 to 2105 is expected`);
    }
    const lat = this.number(raw.lat, 'latitude', line);
    const lon = this.number(raw.lon, 'longitude', line);
    if (Math.abs(lat) > 85 || Math.abs(lon) > 180) {
      const swapped = Math.abs(lat) <= 180 && Math.abs(lon) <= 85;
      throw this.bad(
        line,
        swapped
          ? 'latitude is beyond 85 degrees but longitude is not; are latitude and longitude swapped?'
          : 'the position is not on Earth; degrees with |latitude| <= 85 and |longitude| <= 180 are expected',
      );
    }
    if (this.columns[0] && this.columns[0].length >= this.limits.fixes) {
      throw new TomareError('LOG_SIZE', `${this.name}:${line}: more than ${this.limits.fixes} fixes; split the log`);
    }
    const speed = raw.speed_mps ?? Number.NaN;
    if (speed < 0 || speed > 200) throw this.bad(line, 'speed is negative or above 720 km/h');
    const values = [time, lat, lon, speed, raw.heading_deg ?? Number.NaN, raw.accuracy_m ?? Number.NaN];
    values.forEach((value, i) => {
      this.columns[i]?.push(value);
    });
  }

  finish(): Fixes {
    const [time = [], lat = [], lon = [], speed = [], heading = [], accuracy = []] = this.columns;
    if (time.length === 0) throw new TomareError('LOG_NO_FIX', `${this.name}: no row has a time and a position`);
    if (time.length === 1) throw new TomareError('LOG_ONE_FIX', `${this.name}: at least two fixes are needed`);
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

export function shorten(value: unknown): string {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
