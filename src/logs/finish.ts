// SPDX-License-Identifier: MIT
// From the fixes as read to the fixes of a drive: the zone of wall clocks, the order of time, the unit of
// speed, and the account of all of it.
import { TomareError } from '../errors.ts';
import type { InputReport, Log } from '../types.ts';
import { cutTo } from './clock/coarse.ts';
import { doubtsOf, laterBy } from './clock/doubts.ts';
import { GPS_EPOCH_MS } from './clock/epoch.ts';
import { orderOf } from './clock/order.ts';
import { spikes } from './clock/spikes.ts';
import { wallToUtc } from './clock/zones.ts';
import { finished, type ReadFixes, select, WALL } from './columns.ts';
import { courseFault } from './course.ts';
import { filled } from './filled.ts';
import { FACTOR, type LeftOut, type SpeedUnit } from './format.ts';
import { coarseGrid, fewDecimals, held, inBursts, repeated } from './positions.ts';
import { isOfSeconds, ofMinutes } from './sexagesimal.ts';
import type { Sink } from './sink.ts';
import { type Comparison, compare, faultOf, ofAnotherPace, UNIT_NAME, unitOf } from './speed.ts';
import { zigzags } from './turns.ts';
import { SAID } from './validity.ts';

export interface FinishOptions {
  /** For wall clocks, where neither the log nor the place gives a zone. */
  timeZone: string;
  /** Where `timeZone` came from. */
  zoneFrom?: 'option' | 'place' | 'default' | undefined;
  /** IANA zone of a place; undefined where it is not known. */
  zoneOf?: ((lat: number, lon: number) => string | undefined) | undefined;
  /** The moment of the reading, Unix milliseconds: times after it are noticed. */
  now?: number | undefined;
}

const DAY_MS = 86_400_000;
const SECOND_MS = 1000;
/** After so many weeks the week numbers of GPS begin again: a receiver that does not know it tells a time so long ago. */
const GPS_WEEKS_MS = 1024 * 7 * DAY_MS;
/** A clock that was not set begins with a year, and the drive within ten minutes. */
const UNSET_MS = 10 * 60_000;
/** Above this share left out, a warning says so. */
const NOTED_SHARE = 0.1;
/** More spikes than this share are no spikes. */
const SPIKES = 0.1;
/** Fixes of which a few may have round positions by chance. */
const SHORT = 10;
const percent = (share: number) => `${Math.round(share * 100)} %`;

function zone(sink: Sink, fixes: ReadFixes, options: FinishOptions): InputReport['zone'] {
  if (sink.walls === 0) return { name: sink.zoneless === 'utc' ? 'UTC' : null, from: 'log' };
  const place =
    options.zoneFrom === 'option'
      ? undefined
      : options.zoneOf?.(fixes.lat[0] ?? Number.NaN, fixes.lon[0] ?? Number.NaN);
  const name = place ?? options.timeZone;
  const column = sink.account.columns.time ?? '';
  if (options.zoneFrom !== 'option' && /gps|gnss/i.test(column))
    sink.warn(
      `the times of "${column}" have no zone and are read as local ones; if they are UTC, say so with --tz UTC`,
    );
  const { marks } = fixes;
  if (wallToUtc(fixes.time_ms, (i) => ((marks?.[i] ?? 0) & WALL) !== 0, name))
    sink.warn(
      `some times are of an hour that clocks of ${name} leave out; if they are of another zone, say so with --tz`,
    );
  if (sink.zoned > 0) sink.warn('some times have a zone and some have none');
  return { name, from: place === undefined ? (options.zoneFrom ?? 'default') : 'place' };
}

/** What tells the vehicles of a log apart, as its format calls it. */
function teller(format: string, name: string): string {
  if (format === 'gpx' || format === 'kml' || format === 'tcx') return `its elements "${name}" tell`;
  return format === 'geojson' && name === 'track' ? 'its lines tell' : `the column "${name}" tells`;
}

/** Refuses fixes of several cars that a column tells apart which may be one of trips. */
function notTurns(sink: Sink, format: string, { time_ms, lat, lon }: ReadFixes): void {
  const cars = sink.turns.find((turns) => turns.areCars({ time: time_ms, lat, lon }));
  if (cars === undefined) return;
  const what = `the positions are those of two vehicles, which ${teller(format, cars.column)} apart`;
  throw new TomareError('LOG_VEHICLES', `${sink.name}: ${what}; write one file for each`);
}

/** Refuses fixes of two cars, row by row, that no column tells apart. */
function notInTwoPlaces(sink: Sink, { time_ms, lat, lon }: ReadFixes): void {
  if (!zigzags({ time: time_ms, lat, lon })) return;
  const what = 'row by row it is in two places, as of two cars; write one file for each';
  throw new TomareError('LOG_VEHICLES', `${sink.name}: ${what}`);
}

/** Puts the fixes in order; what is left out is in the account. `isCut`: one car, too, may have many places at one time. */
function ordered(sink: Sink, fixes: ReadFixes, isCut: boolean): ReadFixes {
  const order = orderOf({ time: fixes.time_ms, lat: fixes.lat, lon: fixes.lon });
  if (order === undefined) return fixes;
  const doubled = order.dropped.filter((d) => d.why === 'doubled').length;
  if (order.kept.length + doubled < fixes.count / 2) {
    const what = 'more than half of the fixes do not follow one another; sort the log by time';
    throw new TomareError('LOG_TIME_ORDER', `${sink.name}: ${what}`);
  }
  if (order.kept.length < 2)
    throw new TomareError('LOG_TIME_EQUAL', `${sink.name}: fixes must follow one another in time`);
  if (order.twoCars) {
    const what = isCut
      ? 'at the same times it is in many places: its times are cut, or it is of two cars; export the seconds of the times'
      : 'at the same times it is in two places, as of two cars; write one file for each';
    throw new TomareError('LOG_VEHICLES', `${sink.name}: ${what}`);
  }
  for (const { index, why } of order.dropped) sink.account.leaveOut(why, fixes.places.at(index));
  if (order.moved > 0) sink.warn(`the rows were not in the order of time; ${order.moved} were put in order`);
  return { ...select(fixes, order.kept), joins: Float32Array.from(order.kept, (_, k) => order.joins(k)) };
}

/** The times if each step was as long as times that are cut allow. */
function uncut(sink: Sink, { time_ms }: ReadFixes, grid: number): Float64Array {
  sink.warn(
    `the times are cut to ${grid / 1000} s: between two fixes it was up to so much longer; what rests on them is undetermined`,
  );
  return laterBy(time_ms, (i) => i * grid);
}

/** The second reading of the times, where the clock may have been set on the way; undefined where it was not. */
function otherTimes(sink: Sink, fixes: ReadFixes): Float64Array | undefined {
  const doubts = doubtsOf({ time: fixes.time_ms, lat: fixes.lat, lon: fixes.lon }, fixes.joins);
  if (doubts === undefined) return undefined;
  const first = Math.min(...doubts.at.map((i) => fixes.places.at(i)));
  sink.warn(
    `the clock may have been set at ${doubts.at.length} steps between fixes, first before line ${first}: ` +
      'the car would be faster there than before and after; what rests on their times is undetermined',
  );
  return doubts.times;
}

/** Without the positions that no car can have. */
function possible(sink: Sink, fixes: ReadFixes): ReadFixes {
  const out = spikes({ time: fixes.time_ms, lat: fixes.lat, lon: fixes.lon });
  if (out.length === 0 || out.length > fixes.count * SPIKES) return fixes;
  return without(sink, fixes, out, 'impossible_jump');
}

/** `out`: indexes, rising. */
function without(sink: Sink, fixes: ReadFixes, out: readonly number[], reason: LeftOut): ReadFixes {
  for (const index of out) sink.account.leaveOut(reason, fixes.places.at(index));
  const kept = new Uint32Array(fixes.count - out.length);
  for (let i = 0, k = 0, next = 0; i < fixes.count; i++) {
    if (out[next] === i) next++;
    else kept[k++] = i;
  }
  return select(fixes, kept);
}

/** Without the fixes to which a server gave the time when it got them. */
function apart(sink: Sink, fixes: ReadFixes): ReadFixes {
  const out = inBursts(fixes);
  if (out.length === 0) return fixes;
  sink.warn('the times come in bursts, as of a server that got several fixes at once; the last of each is used');
  return without(sink, fixes, out, 'time_jumps');
}

/** Without the fixes that their column calls none, where other rows show what it means by its words. */
function certain(sink: Sink, fixes: ReadFixes): ReadFixes {
  const { seen } = sink.validity;
  const column = sink.account.columns.valid ?? 'valid';
  const no = seen & (SAID.yes | SAID.one | SAID.three) ? SAID.no_word : 0;
  const out: number[] = [];
  let doubted = 0;
  const counts = no | (seen & SAID.three ? SAID.one : 0) | (seen & SAID.diluted ? SAID.lost : 0);
  const { marks } = fixes;
  if (marks === undefined || (counts === 0 && (seen & SAID.no_word) === 0)) return fixes;
  for (let i = 0; i < fixes.count; i++) {
    const mark = marks[i] as number;
    if (mark & counts) out.push(i);
    else if (mark & SAID.no_word) doubted++;
  }
  if (doubted > 0)
    sink.warn(
      `the column "${column}" says of ${doubted} rows, and of none the opposite, that there was no fix; they are used`,
    );
  return out.length === 0 ? fixes : without(sink, fixes, out, 'not_valid');
}

/** Around 0, 0 is sea for a thousand kilometres: positions that all lie within these are radians. */
function inRadians({ count, lat, lon }: ReadFixes): boolean {
  for (let i = 0; i < count; i++) {
    if (Math.abs(lat[i] as number) > Math.PI / 2 || Math.abs(lon[i] as number) > Math.PI) return false;
  }
  return true;
}

function withoutRepeats(sink: Sink, fixes: ReadFixes): ReadFixes {
  const rows = repeated(fixes);
  const silent = fixes.speed_mps?.every(Number.isNaN) ?? true;
  const out = rows.length > 0 || !silent ? rows : held(fixes);
  if (out.length === 0) return fixes;
  sink.warn('the recorder repeats each position until the next one; the repeats are left out');
  return without(sink, fixes, out, 'doubled');
}

/** Refuses positions in radians and those that lie on a coarse grid, and leaves out repeats that look like a stop, and what was filled in. */
function honest(sink: Sink, fixes: ReadFixes): ReadFixes {
  if (inRadians(fixes)) {
    const what =
      'its positions lie in the sea around 0, 0; are they radians? Name their columns latitude_rad and longitude_rad';
    throw new TomareError('LOG_POSITION', `${sink.name}: ${what}`);
  }
  const decimals = fixes.count < SHORT ? undefined : fewDecimals(fixes);
  if (decimals !== undefined) {
    throw new TomareError('LOG_COARSE', `${sink.name}: its degrees have ${decimals} decimals, four or more are needed`);
  }
  const grid = fixes.count < SHORT ? undefined : coarseGrid(fixes);
  if (grid !== undefined) {
    const what = `its latitudes or longitudes lie ${grid} m or more apart; export them with more digits`;
    throw new TomareError('LOG_COARSE', `${sink.name}: ${what}`);
  }
  const once = withoutRepeats(sink, fixes);
  const made = filled(once);
  if (made.length === 0) return once;
  sink.warn('positions were filled in by straight lines between others, at a regular time; they are left out');
  return without(sink, once, made, 'filled_in');
}

interface SpeedFound {
  speed_unit: string | null;
  speed_ratio: number | null;
}

function noSpeed(sink: Sink, fixes: ReadFixes, why: string): void {
  fixes.speed_mps = undefined;
  sink.warn(`the speed "${sink.account.columns.speed ?? 'speed'}" is not used: ${why}`);
}

/** The unit of the speeds, and whether they can be believed as a whole. Without them, positions give the speed. */
function speed(sink: Sink, fixes: ReadFixes): SpeedFound {
  const { speed_mps } = fixes;
  let [least, most] = [Number.POSITIVE_INFINITY, -1];
  if (speed_mps) {
    for (let i = 0; i < fixes.count; i++) {
      const v = speed_mps[i] as number;
      if (v < least) least = v;
      if (v > most) most = v;
    }
  }
  if (speed_mps === undefined || most < 0) {
    delete sink.account.columns.speed;
    return { speed_unit: null, speed_ratio: null };
  }
  const found = compare({ ...fixes, speed_mps });
  if (sink.speedUnit !== 'open') return trusted(sink, fixes, sink.speedUnit, found, least, most);
  const unit = most === 0 ? 'mps' : unitOf(found);
  if (unit === undefined && !found.steady) {
    noSpeed(sink, fixes, 'its unit is not given and does not follow from the movement');
    return { speed_unit: null, speed_ratio: null };
  }
  const factor = FACTOR[unit ?? 'kmh'];
  for (let i = 0; i < fixes.count; i++) speed_mps[i] = (speed_mps[i] as number) * factor;
  const scaled = { ...found, ratio: found.ratio * factor };
  const { speed_unit, speed_ratio } = trusted(sink, fixes, unit ?? 'kmh', scaled, least * factor, most * factor);
  return { speed_unit: unit === undefined || most === 0 ? null : speed_unit, speed_ratio };
}

/** Looks whether speeds in m/s can be believed as a whole; `named`: the unit in which they were. */
function trusted(
  sink: Sink,
  fixes: ReadFixes,
  named: Exclude<SpeedUnit, 'open'>,
  found: Comparison,
  least: number,
  most: number,
): SpeedFound {
  const fault = faultOf(found, least, most);
  const column = sink.account.columns.speed ?? 'speed';
  if (fault !== undefined) noSpeed(sink, fixes, fault);
  else if (ofAnotherPace(found))
    sink.warn(
      `the speed "${column}" is ${found.ratio.toPrecision(2)} times that of the positions: ` +
        'its unit is another, or the times run at another pace, as in a time-lapse; neither is believed',
    );
  return {
    speed_unit: UNIT_NAME[named],
    speed_ratio: Number.isNaN(found.ratio) ? null : Number(found.ratio.toFixed(2)),
  };
}

/** Refuses degrees, minutes and seconds in one number where the digits show that they are. */
function notSeconds(sink: Sink, fixes: ReadFixes): void {
  if (!isOfSeconds(fixes)) return;
  const what = 'its positions are degrees, minutes and seconds in one number (D.MMSS): no two digits of them reach 60';
  throw new TomareError('LOG_DEGREES', `${sink.name}: ${what}`);
}

/** What a way read as 1e-7 degrees is of that in minutes. */
const MINUTES = 0.6;

/** Refuses whole numbers that may be degrees and minutes, unless the map or the speeds show that they are degrees. */
function notMinutes(sink: Sink, { lat, lon }: ReadFixes, { speed_ratio: ratio }: SpeedFound, options: FinishOptions) {
  const [y, x] = [lat[0] ?? Number.NaN, lon[0] ?? Number.NaN];
  const there = (at: number, along: number) => options.zoneOf?.(at, along) !== undefined;
  const [asDegrees, asMinutes] = [there(y, x), there(ofMinutes(y), ofMinutes(x))];
  const off = (factor: number) => (ratio === null ? 0 : Math.abs(Math.log(ratio * factor)));
  const decided = asDegrees === asMinutes ? off(1) < off(MINUTES) : asDegrees;
  if (decided) return;
  const what =
    'positions are whole numbers that may be 1e-7 degrees or degrees and minutes (DDMMmmmmm); name their columns ' +
    'latitude_e7 and longitude_e7, or write the point of the minutes';
  throw new TomareError('LOG_POSITION', `${sink.name}: ${what}`);
}

/** Without courses that are none. */
function courses(sink: Sink, fixes: ReadFixes): void {
  const fault = courseFault(fixes, sink.beyond);
  if (fault === undefined) return;
  fixes.heading_deg = undefined;
  sink.warn(`the course "${sink.account.columns.heading ?? 'heading'}" is not used: ${fault}`);
}

const yearsTo = (first: number, now: number) => Math.floor((now - first) / (365.25 * DAY_MS));
const begunYear = (time: number) => time - Date.UTC(new Date(time).getUTCFullYear(), 0, 1) < UNSET_MS;

/** `wall`: the first time where it is a wall clock, as if it were UTC; NaN otherwise. */
function notice(sink: Sink, fixes: ReadFixes, now: number, wall: number): void {
  const first = fixes.time_ms[0] as number;
  const last = fixes.time_ms[fixes.count - 1] as number;
  if (first < now - GPS_WEEKS_MS)
    sink.warn(`the times lie ${yearsTo(first, now)} years back: a clock that was not set, or 1,024 weeks`);
  else if (begunYear(first) || begunYear(wall)) sink.warn('the times begin with a year: a clock that was not set?');
  else if (wall % DAY_MS < SECOND_MS)
    sink.warn('the times begin at midnight: a clock that was not set, or a time since the start?');
  if (last > now + DAY_MS) sink.warn('the times lie in the future: a clock that is wrong, or 1,024 weeks ahead');
  // A later one is no GPS second: it would lie in the future.
  if (sink.bare !== undefined && /gps/i.test(sink.bare) && last + GPS_EPOCH_MS <= now + DAY_MS) {
    const column = JSON.stringify(sink.bare);
    sink.warn(
      `the times of ${column} are read as seconds since 1970; GPS seconds, since 1980, are named "gps_seconds"`,
    );
  }
  const { account } = sink;
  if (sink.withoutSeconds > 0) {
    const lost = account.leftOut('doubled');
    sink.warn(`the times have no seconds; ${lost} rows of the same minute were left out`);
  }
  const share = account.leftOut() / Math.max(1, account.rows);
  if (share > NOTED_SHARE) sink.warn(`${percent(share)} of the rows were left out`);
}

/** Why there is no fix at all. */
function nothing({ account }: Sink, format: string): string {
  if (account.rows === 0 && format === 'csv') return 'no row follows its header; line feeds are expected between rows';
  const { time = 'time', lat = 'lat', lon = 'lon' } = account.columns;
  const all = (reason: LeftOut) => account.rows > 0 && account.leftOut(reason) === account.rows;
  const position = lat === lon ? `"${lat}"` : `"${lat}" and "${lon}"`;
  if (all('no_time')) return `no row has a time, which is expected in "${time}"`;
  if (all('no_position')) return `no row has a position, which is expected in ${position}`;
  if (!all('not_valid')) return 'no row has a time and a position';
  return `the column "${account.columns.valid ?? 'valid'}" says of every row that there was no fix`;
}

/** The drive that a sink has collected. */
export function finish(id: string, format: string, encoding: string | null, sink: Sink, options: FinishOptions): Log {
  sink.check();
  if (sink.columns.count === 0) throw new TomareError('LOG_NO_FIX', `${sink.name}: ${nothing(sink, format)}`);
  if (sink.columns.count === 1) throw new TomareError('LOG_ONE_FIX', `${sink.name}: at least two fixes are needed`);
  const taken = sink.columns.take();
  notTurns(sink, format, taken);
  const read = certain(sink, taken);
  if (read.count < 2) throw new TomareError('LOG_ONE_FIX', `${sink.name}: at least two fixes are needed`);
  notInTwoPlaces(sink, read);
  const grid = cutTo({ time: read.time_ms, lat: read.lat, lon: read.lon });
  const wall = sink.walls > 0 ? (read.time_ms[0] as number) : Number.NaN;
  const zoneFound = zone(sink, read, options);
  const moved = apart(sink, possible(sink, ordered(sink, read, grid > 0)));
  notSeconds(sink, moved);
  const speedFound = speed(sink, moved);
  courses(sink, moved);
  if (sink.minutesToo) notMinutes(sink, moved, speedFound, options);
  const all = honest(sink, moved);
  const other = grid > 0 ? uncut(sink, all, grid) : otherTimes(sink, all);
  notice(sink, all, options.now ?? Date.now(), wall);
  const { places } = all;
  let lines: Uint32Array | undefined;
  return {
    id,
    fixes: other === undefined ? finished(all) : { ...finished(all), other_time_ms: other },
    get lines() {
      lines ??= places.lines();
      return lines;
    },
    skipped: sink.account.leftOut('no_position', 'no_time'),
    vehicle_id: sink.vehicle ?? null,
    driver_id: sink.driver ?? null,
    input: sink.account.report({ format, encoding, zone: zoneFound, ...speedFound }),
  };
}
