// SPDX-License-Identifier: MIT
// The entry to an analysis. A session makes module, map, settings and profiles once, and analyzes one log after another.
// The command line, the Lambda function, the benches, the tests and importers of the package all use it.
import { Analyzer } from './analyzer.ts';
import { TomareError } from './errors.ts';
import { type FileSource, hexOf, nameOf } from './host/host.ts';
import { packageBytes, sha256 } from './host/node.ts';
import { noFile } from './logs/account.ts';
import { otherwise } from './logs/otherwise.ts';
import { type ReadOptions, readLog } from './logs/read.ts';
import { mapDigest } from './map_digest.ts';
import { underBothClocks } from './report/both_clocks.ts';
import { compose } from './report/compose.ts';
import type { Result } from './report/result.ts';
import { VERSION } from './report/version.ts';
import { contradictions, jurisdictionOf, type ProfileChoice } from './settings/jurisdiction.ts';
import { loadProfile, type Profile, profileOf } from './settings/profile.ts';
import { knownTimeZone, loadSettings, overridden, type Settings, settingsHash } from './settings/settings.ts';
import { AUTO } from './settings/zones.ts';
import type { Box, Roads, RoadsOptions, Trace } from './trace.ts';
import {
  type Analysis,
  type Fixes,
  type Log,
  type MapInfo,
  type MapPlace,
  ROAD_CLASSES,
  VEHICLES,
  type Vehicle,
} from './types.ts';

/**
 * Values that replace those of settings.yaml, by group and name; the others stay as shipped.
 * @example { speeding: { tolerance_kmh: 5 }, output: { time_zone: 'Europe/Berlin' } }
 */
export type SettingsOverrides = Readonly<Record<string, unknown>>;

/** How to open a session. */
export interface SessionOptions {
  /** The road map (.tmap), as `buildMap` makes it: a path on Node, its bytes, or in a browser's worker a File. */
  map: FileSource;
  /** The policy: path of a settings file, or values. Both replace only what they name of the shipped settings.yaml. */
  settings?: string | SettingsOverrides | undefined;
  /**
   * Name of a country profile (mapdata/profiles) whose law applies. "none": judge only what the map says. Default
   * "auto": the profile of the country where the car drives, or "generic" where it has none.
   */
  profile?: string | undefined;
  /**
   * IANA name of the time zone of conditions, results, and log times without a zone. Default: that of the settings,
   * where "auto" is the zone of the place.
   */
  timeZone?: string | undefined;
  /** Bytes of memory for map tiles. Default 64 MiB; a drive needs a few hundred kilobytes. */
  arenaBytes?: number | undefined;
}

/** How to analyze one drive. */
export interface AnalyzeOptions {
  /** What was driven. Default "car". */
  vehicle?: Vehicle | undefined;
  /** Adds the ways driven, in order. Default false. */
  route?: boolean | undefined;
  /** Adds `complied` and `undetermined` findings. Default false: only `violated` and `possible`. */
  all?: boolean | undefined;
  /** Replaces values of the session's settings for this drive. */
  settings?: SettingsOverrides | undefined;
  /** Replaces the session's profile for this drive. */
  profile?: string | undefined;
  /** Name of the drive in the result. Default: the log's. */
  id?: string | undefined;
}

/** All that a result depends on besides the log, as checksums or texts. Equal parts give equal bytes. */
export interface Identity {
  /** Version of this package, and checksum of the module. */
  engine: string;
  map: string;
  profile: string;
  settings: string;
  options: string;
}

/** Object in storage that holds the log, for its result; null: none. */
export type Source = Result['drive']['source'];

/** Options with settings and profile resolved, for drives that share them. */
export interface Plan {
  /** How to read its logs, for `readLog`. */
  readonly reading: ReadOptions;
  identity(): Identity;
  /** As `Session.analyze`. */
  analyze(log: Log | Fixes, source?: Source): Result;
  /** As `Session.analysis`. */
  analysis(fixes: Fixes): Analysis;
  /** As `Session.trace`. */
  trace(log: Log | Fixes): Trace;
  /** IANA name of the zone of the times in a drive's result: that of the place where the drive begins. */
  zoneOf(log: Log | Fixes): string;
}

/**
 * An open map with its policy and law. Analyses run one after another, each in the calling thread; for several at a
 * time open one session in each worker. Nothing needs closing.
 */
export interface Session {
  /** What the map holds. */
  readonly map: MapInfo;
  /**
   * The result of one drive, as `tomare schema` describes it: speeds in km/h, lengths in metres, ISO 8601 times.
   * @throws TomareError LOG_* if the fixes cannot be judged, for example because none is on the map; MAP_TILE if the map is
   *   damaged along the drive; SETTINGS or PROFILE for options; TRAP or OUT_OF_MEMORY. The session stays usable.
   * @example session.analyze(await readLog('drive.csv', { timeZone: 'Asia/Tokyo' }), { vehicle: 'bus', route: true })
   */
  analyze(log: Log | Fixes, options?: AnalyzeOptions): Result;
  /**
   * The numbers behind a result, unrounded and with every finding; with the route if the options ask for it.
   * @throws TomareError as `analyze`
   */
  analysis(fixes: Fixes, options?: AnalyzeOptions): Analysis;
  /**
   * Matches a drive without judging it: the route as lines with names, classes and the limits in force, and the matched
   * position of each fix.
   * @throws TomareError as `analyze`
   * @example for (const { way, lat, lon } of session.trace(await readLog('drive.gpx', reading)).stretches) draw(way, lat, lon)
   */
  trace(log: Log | Fixes, options?: AnalyzeOptions): Trace;
  /**
   * The roads of the map in a box: lines, signs and signals, turn restrictions, as many as `most` allows.
   * @throws TomareError USAGE for an invalid box, class or number; MAP_TILE if the map is damaged in the box
   * @example session.roads({ min_lat: 35.88, min_lon: 14.5, max_lat: 35.89, max_lon: 14.52 }, { classes: ['primary'] })
   */
  roads(box: Box, options?: RoadsOptions): Roads;
  /**
   * Reads a log (a path, "-" for standard input, bytes or a Blob) and analyzes it. Times without a zone are in the zone of
   * the settings, unless `reading` gives one.
   * @throws TomareError as `readLog` and `analyze`
   * @example const { findings } = await session.run('drive.gpx')
   */
  run(log: FileSource, options?: AnalyzeOptions, reading?: Partial<ReadOptions>): Promise<Result>;
  /** Country and time zone of the nearest road; undefined if none is within about 20 km. */
  placeAt(lat: number, lon: number): MapPlace | undefined;
  /** Resolves and checks the options once, for many drives. @throws TomareError SETTINGS, PROFILE */
  plan(options?: AnalyzeOptions): Plan;
}

const hexSum = (data: string | Uint8Array) => hexOf(sha256().update(data).digest());
const NO_PROFILE: Profile = { country: 'none', name: '', as_of: '', offences: {} };

/** Fixes that come from no file. */
const logOf = (fixes: Fixes): Log => ({
  id: '',
  fixes,
  lines: new Uint32Array(0),
  skipped: 0,
  vehicle_id: null,
  driver_id: null,
  input: noFile(fixes.count),
});

function checkRoads(box: Box, { vehicle = 'car', classes = [], most = 0 }: RoadsOptions = {}): void {
  const within = (low: number, high: number, bound: number) => low >= -bound && low <= high && high <= bound;
  if (!within(box.min_lat, box.max_lat, 90) || !within(box.min_lon, box.max_lon, 180)) {
    throw new TomareError('USAGE', 'a box has a min_lat up to its max_lat and a min_lon up to its max_lon, in degrees');
  }
  const stranger = classes.find((name) => !ROAD_CLASSES.includes(name));
  if (stranger !== undefined)
    throw new TomareError('USAGE', `${stranger} is not a road class: ${ROAD_CLASSES.join(', ')}`);
  if (!VEHICLES.includes(vehicle))
    throw new TomareError('USAGE', `${vehicle} is not a vehicle: ${VEHICLES.join(', ')}`);
  if (!(Number.isInteger(most) && most >= 0 && most < 2 ** 32)) {
    throw new TomareError('USAGE', `most: ${most} is not a whole number from 0 to ${2 ** 32 - 1}`);
  }
}

/** The analysis of a log; refuses one whose positions lie on the roads only if they are read otherwise. */
function matched({ id, fixes }: Log, analysis: (fixes: Fixes) => Analysis): Analysis {
  let found: Analysis | TomareError;
  try {
    found = analysis(fixes);
  } catch (error) {
    if (!(error instanceof TomareError && error.errorName === 'LOG_OUTSIDE_MAP')) throw error;
    found = error;
  }
  const fault = otherwise(found instanceof TomareError ? undefined : found, fixes, analysis);
  if (fault !== undefined) throw new TomareError(fault.error, `${id}: ${fault.what}`);
  if (found instanceof TomareError) throw found;
  return found;
}

function openMap(map: FileSource, arenaBytes?: number): Analyzer {
  try {
    return new Analyzer(map, arenaBytes);
  } catch (error) {
    if (error instanceof TomareError) throw error;
    throw new TomareError('MAP_OPEN', `${nameOf(map)}: ${(error as Error).message}`);
  }
}

function settingsOf({ settings, timeZone }: SessionOptions): Settings {
  const loaded = typeof settings === 'string' ? loadSettings(settings) : overridden(loadSettings(), settings);
  if (timeZone === undefined) return loaded;
  return { ...loaded, output: { ...loaded.output, time_zone: knownTimeZone(timeZone) } };
}

/**
 * Opens a road map for analyses.
 * @throws TomareError MAP_* if the map is missing, damaged or of another format; SETTINGS, PROFILE or USAGE for options
 * @example
 * const session = openSession({ map: 'malta.tmap', profile: 'generic' });
 * const result = await session.run('drive.csv');
 */
export function openSession(options: SessionOptions): Session {
  return sessionOver(() => openMap(options.map, options.arenaBytes), options);
}

/** @internal A session over an analyzer that `open` makes, after the options were checked. */
export function sessionOver(open: () => Analyzer, options: SessionOptions): Session {
  const base = settingsOf(options);
  const profiles = new Map([['none', NO_PROFILE]]);
  const profileNamed = (name: string): Profile => {
    const profile = profiles.get(name) ?? loadProfile(name);
    profiles.set(name, profile);
    return profile;
  };
  const ofCountries = new Map<string, Profile>();
  const profileIn = (country: string): Profile => {
    const profile = ofCountries.get(country) ?? profileNamed(profileOf(country));
    ofCountries.set(country, profile);
    return profile;
  };
  const chosen = (name = options.profile ?? AUTO): ProfileChoice => (name === AUTO ? profileIn : profileNamed(name));
  chosen();
  const analyzer = open();
  const map = analyzer.mapInfo();
  const names = { engine: '', map: '' };

  const placeAt = (lat: number, lon: number) =>
    map.places[analyzer.placesAt(Float64Array.of(lat), Float64Array.of(lon))[0] ?? -1];
  /** In the order in which the drive comes to them; an unknown one only when all are. */
  const placesOf = (fixes: Fixes): number[] => {
    const all = [...new Set(analyzer.placesAt(fixes.lat.subarray(0, fixes.count), fixes.lon.subarray(0, fixes.count)))];
    const known = all.filter((place) => place >= 0);
    return known.length > 0 ? known : [-1];
  };

  function plan({ vehicle = 'car', route = false, all = false, id = '', ...own }: AnalyzeOptions = {}): Plan {
    const settings = overridden(base, own.settings);
    const profile = chosen(own.profile);
    const lawAt = (place: number) => jurisdictionOf(map.places[place] ?? map.places[0], settings, profile);
    const explicit = settings.output.time_zone !== AUTO;
    const analysis = (fixes: Fixes) =>
      underBothClocks(fixes, (read) => analyzer.analyze(read, { settings, vehicle, route, profile }));
    const trace = (given: Log | Fixes) =>
      analyzer.trace('fixes' in given ? given.fixes : given, { settings, vehicle, profile });
    return {
      reading: {
        timeZone: lawAt(-1).zone,
        zoneFrom: explicit ? 'option' : map.places.length > 0 ? 'place' : 'default',
        zoneOf: (lat, lon) => (explicit ? undefined : placeAt(lat, lon)?.zone),
      },
      analysis,
      trace,
      zoneOf: (given) => lawAt(placesOf('fixes' in given ? given.fixes : given)[0] ?? -1).zone,
      analyze(given, source = null) {
        const read = 'fixes' in given ? given : logOf(given);
        const log = { ...read, id: id || read.id };
        const places = placesOf(log.fixes);
        const driven = places.flatMap((place) => map.places[place] ?? []);
        const warnings = contradictions(driven, lawAt(-1), { profile, settings, fixes: log.fixes });
        const law = { lawAt, places, warnings };
        const context = { log, source, version: VERSION, map, ...law, settings, vehicle, all, route };
        return compose(matched(log, analysis), context);
      },
      identity() {
        names.engine ||= `${VERSION} ${hexSum(packageBytes('wasm/tomare.wasm'))}`;
        names.map ||= mapDigest(options.map);
        return {
          ...names,
          profile: hexSum(JSON.stringify(map.places.map((_, i) => lawAt(i).profile).concat(lawAt(-1).profile))),
          settings: settingsHash(settings),
          options: JSON.stringify([vehicle, route, all]),
        };
      },
    };
  }
  return {
    map,
    plan,
    placeAt,
    analyze: (log, wanted) => plan(wanted).analyze(log),
    analysis: (fixes, wanted) => plan(wanted).analysis(fixes),
    trace: (log, wanted) => plan(wanted).trace(log),
    roads(box, wanted) {
      checkRoads(box, wanted);
      return analyzer.roads(box, wanted);
    },
    async run(log, wanted, reading) {
      const planned = plan(wanted);
      return planned.analyze(await readLog(log, { ...planned.reading, ...reading }));
    },
  };
}
