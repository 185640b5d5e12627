// SPDX-License-Identifier: MIT
// Takes the fixes of any format, checks each, and keeps the account. Messages name columns and kinds and
// never repeat a value: a log is somebody's whereabouts.
import { type ErrorName, TomareError } from '../errors.ts';
import { Account } from './account.ts';
import { TimeText } from './clock/text.ts';
import { FixColumns, UNSURE, WALL } from './columns.ts';
import {
  type Declaration,
  FACTOR,
  type Fault,
  type FixSink,
  type LeftOut,
  type LogLimits,
  type RawFix,
  type SpeedUnit,
} from './format.ts';
import { isNothing, kindOf, numberOf, timeFault } from './numbers.ts';
import { Turns } from './turns.ts';
import { SAID, Validity } from './validity.ts';

const BEGIN_MS = 0;
const END_MS = Date.UTC(2106, 0, 1);
/** Rows whose values cannot be used: above this share of the log, its first fault refuses it. */
const FAULTY_SHARE = 0.1;
/** What recorders write for a course that is not known: of two bytes and with hundredths, and of ships. */
const NO_COURSE = new Set([65535, 655.35, 6553.5, 511, 999, 9999]);

// without typeof, which needs the number as an object
const isNumber = (value: unknown): value is number => Number.isFinite(value);
const isMoment = (time: unknown): time is number => isNumber(time) && time >= BEGIN_MS && time < END_MS;

export class Sink implements FixSink {
  readonly name: string;
  readonly account = new Account();
  readonly columns: FixColumns;
  readonly validity = new Validity();
  speedUnit: SpeedUnit = 'mps';
  zoneless: 'utc' | 'local' = 'local';
  /** Fixes whose time had a zone, a wall clock, or no seconds. */
  zoned = 0;
  walls = 0;
  withoutSeconds = 0;
  /** The column whose times are bare seconds. */
  bare: string | undefined;
  /** Whole numbers read as 1e-7 degrees, of which each may be degrees and minutes (DDMMmmmmm) as well. */
  minutesToo = false;
  /** Courses above 360. */
  beyond = 0;
  vehicle: string | undefined;
  driver: string | undefined;
  private readonly limits: LogLimits;
  private readonly clock = new TimeText();
  private firstFault: { place: number; fault: Fault } | undefined;
  private faults = 0;
  private vehicles = 0;
  readonly turns: Turns[] = [];

  constructor(name: string, limits: LogLimits) {
    this.name = name;
    this.limits = limits;
    this.columns = new FixColumns(limits.fixes);
  }

  declare(facts: Declaration): void {
    this.account.declare(facts);
    this.speedUnit = facts.speedUnit ?? this.speedUnit;
    this.zoneless = facts.zoneless ?? this.zoneless;
  }

  warn(text: string): void {
    this.account.warn(text);
  }

  bareSeconds(column: string): void {
    this.bare ??= column;
  }

  bad(place: number, what: string, error: ErrorName = 'LOG_ROW'): TomareError {
    return new TomareError(error, `${this.name}:${place}: ${what}`);
  }

  turn(column: string, value: string, ofParts = false): boolean {
    let turns = this.turns.find((t) => t.column === column);
    if (turns === undefined) {
      turns = new Turns(column, ofParts);
      this.turns.push(turns);
    }
    return turns.take(value, this.columns.count);
  }

  mayBeMinutes(): void {
    this.minutesToo = true;
  }

  private countRow(place: number): void {
    if (++this.account.rows <= this.limits.rows) return;
    throw this.bad(place, `more than ${this.limits.rows} rows; split the log`, 'LOG_SIZE');
  }

  leaveOut(reason: LeftOut, place: number, fault?: Fault): void {
    this.countRow(place);
    this.without(reason, place, fault);
  }

  private without(reason: LeftOut, place: number, fault?: Fault): void {
    this.account.leaveOut(reason, place);
    if (fault === undefined) return;
    this.faults++;
    this.firstFault ??= { place, fault };
  }

  number(value: unknown, column: string, place: number): number {
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    const number = numberOf(value);
    if (Number.isNaN(number) && !isNothing(value)) this.account.noUse(column, place);
    return number;
  }

  add(fix: RawFix, place: number): void {
    this.countRow(place);
    // values are checked in the fix itself: a number that a call takes or gives back is an object on the heap
    if (!(isNumber(fix.lat) && isNumber(fix.lon)) && !this.position(fix, place)) return;
    const lat = fix.lat as number;
    const lon = fix.lon as number;
    const nowhere = Number.isNaN(lat) || Number.isNaN(lon) || (lat === 0 && lon === 0);
    if (nowhere || !fix.valid || fix.said === SAID.no) {
      this.without(nowhere ? 'no_position' : 'not_valid', place);
      return;
    }
    if (!isMoment(fix.time) && !this.time(fix, place)) return;
    fix.time = Math.round(fix.time as number);
    if (!this.onEarth(lat, lon, place)) return;
    if (this.columns.count >= this.limits.fixes) {
      throw this.bad(place, `more than ${this.limits.fixes} fixes; split the log`, 'LOG_FIXES');
    }
    if (fix.vehicle !== undefined || fix.driver !== undefined) this.belongs(fix, place);
    const { local } = fix;
    if (fix.noSeconds) this.withoutSeconds++;
    if (local) this.walls++;
    else this.zoned++;
    this.measures(fix, place);
    this.columns.add(fix, (local ? WALL : 0) | (fix.said & UNSURE), place);
  }

  /** Makes numbers of the position; false: the row is left out already. */
  private position(fix: RawFix, place: number): boolean {
    const lat = this.degrees(fix.lat, 'latitude', place);
    const lon = this.degrees(fix.lon, 'longitude', place);
    if (lat === undefined || lon === undefined) return false;
    fix.lat = lat;
    fix.lon = lon;
    return true;
  }

  /** Undefined: the row is left out already. */
  private degrees(value: RawFix['lat'], what: string, place: number): number | undefined {
    const number = numberOf(value);
    if (!Number.isNaN(number) || isNothing(value)) return number;
    const fault = { what: `${what} is ${kindOf(value)}; a number is expected`, error: 'LOG_NUMBER' as const };
    this.without('not_understood', place, fault);
    return undefined;
  }

  /** Makes a number of the time; false: the row is left out already. */
  private time(fix: RawFix, place: number): boolean {
    let time = typeof fix.time === 'number' ? fix.time : Number.NaN;
    if (typeof fix.time === 'string') {
      time = this.clock.read(fix.time);
      if (Number.isNaN(time) && !isNothing(fix.time)) return this.badTime(kindOf(fix.time), this.clock.fault, place);
      fix.local = this.clock.local && this.zoneless === 'local';
      fix.noSeconds = this.clock.noSeconds;
    }
    fix.time = time;
    if (isMoment(time)) return true;
    if (Number.isNaN(time)) {
      this.without('no_time', place);
      return false;
    }
    const side = time < BEGIN_MS ? 'before 1970' : 'after 2105';
    const what = `time lies ${side}; is its unit s, ms, µs or ns since 1970?`;
    this.without('not_understood', place, { what, error: 'LOG_TIME_RANGE' });
    return false;
  }

  /** `fault`: what the time is instead, where that is known. */
  private badTime(kind: string, fault: string, place: number): boolean {
    this.without('not_understood', place, timeFault(kind, fault));
    return false;
  }

  private onEarth(lat: number, lon: number, place: number): boolean {
    if (Math.abs(lat) <= 85 && Math.abs(lon) <= 180) return true;
    const swapped = Math.abs(lat) <= 180 && Math.abs(lon) <= 85;
    this.without(
      'not_on_earth',
      place,
      swapped
        ? {
            what: 'latitude is beyond 85 degrees and longitude is not; are the two columns swapped?',
            error: 'LOG_SWAPPED',
          }
        : { what: 'degrees with |latitude| <= 85 and |longitude| <= 180 are expected', error: 'LOG_POSITION' },
    );
    return false;
  }

  private measures(fix: RawFix, place: number): void {
    const { heading, accuracy } = fix;
    if (!Number.isNaN(fix.speed)) this.speed(fix, place);
    if (heading < 0 || heading > 360) fix.heading = this.course(heading, place);
    if (accuracy <= 0 || accuracy === 65535) fix.accuracy = Number.NaN;
  }

  /** Metres per second, or the log's own number while its unit is open; -1 is what phones write for nothing. */
  private speed(fix: RawFix, place: number): void {
    const { speedUnit } = this;
    const value = fix.speed;
    const speed = speedUnit === 'open' ? value : value * FACTOR[speedUnit];
    fix.speed = speed;
    if (speed >= 0 && speed <= (speedUnit === 'open' ? 720 : 200)) return;
    fix.speed = Number.NaN;
    if (value !== -1 && value !== 65535) this.account.noUse('speed', place);
  }

  /** A course that is none of 0 to 360 degrees: one to the west of north, or nothing. */
  private course(value: number, place: number): number {
    if (value < 0 && value >= -180 && value !== -1) return value + 360;
    if (value > 360 && !NO_COURSE.has(value)) {
      this.beyond++;
      this.account.noUse('heading', place);
    }
    return Number.NaN;
  }

  private belongs({ vehicle, driver }: RawFix, place: number): void {
    if (vehicle !== undefined && vehicle !== '' && vehicle !== this.vehicle) {
      this.vehicle = vehicle;
      if (++this.vehicles > 1) {
        const column = this.account.columns.vehicle ?? 'vehicle';
        throw this.bad(place, `the column "${column}" names a second vehicle; write one file for each`, 'LOG_VEHICLES');
      }
    }
    if (driver !== undefined && driver !== '') this.driver ??= driver;
  }

  /** Refuses a log of which too much could not be used, by its first fault. */
  check(): void {
    const { firstFault, faults, account, columns } = this;
    if (firstFault === undefined) return;
    if (columns.count >= 2 && faults <= account.rows * FAULTY_SHARE) return;
    throw this.bad(firstFault.place, firstFault.fault.what, firstFault.fault.error);
  }
}
