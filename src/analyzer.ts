// SPDX-License-Identifier: MIT
// The analyzer as TypeScript sees it: fixes in, findings out.
import { packDrive } from './abi/drive_block.ts';
import { AnalyzerModule } from './abi/module.ts';
import { placeCount, readAnalysis, readMapInfo, readMapPlaces } from './abi/result_block.ts';
import { packRoadsRequest, readRoads } from './abi/roads_block.ts';
import { readTrace } from './abi/trace_block.ts';
import { TomareError } from './errors.ts';
import { type FileSource, nameOf } from './host/host.ts';
import { CONSTANTS, SETTINGS } from './layout.ts';
import { driveLaw, type ProfileChoice } from './settings/jurisdiction.ts';
import type { Settings } from './settings/settings.ts';
import type { Box, Roads, RoadsOptions, Trace } from './trace.ts';
import type { Analysis, Fixes, MapInfo, MapPlace, Vehicle } from './types.ts';

/** Positions, points and restrictions that roads of a box may have unless the caller says otherwise. */
const MOST = 400_000;

/** How a drive is to be judged. */
export interface DriveOptions {
  settings: Settings;
  /** Left out: a car. */
  vehicle?: Vehicle | undefined;
  /** Whether the result has the matched route; left out: it has not. */
  route?: boolean | undefined;
  /** The law, one country's or by country; left out: only what the map says is judged. */
  profile?: ProfileChoice;
}

/**
 * The fixes and options of one drive as a block for the core, which checks the values. `places`: those of the map, by
 * their numbers.
 */
export function driveBlock(fixes: Fixes, options: DriveOptions, places: readonly MapPlace[] = []): Uint8Array {
  const { settings, vehicle = 'car', route = false, profile } = options;
  const law = driveLaw(fixes, settings, vehicle, profile, places);
  const groups = settings as unknown as Record<string, Record<string, number | boolean>>;
  const values = SETTINGS.map(({ group, name }) => Number(groups[group]?.[name]));
  return packDrive({ fixes, vehicle, route, settings: values, law });
}

export class Analyzer {
  private module: AnalyzerModule;
  private readonly map: FileSource;
  private readonly arenaBytes: number;
  private readonly open: typeof AnalyzerModule.open;
  private readonly places: MapPlace[];

  /** `open` makes the instances, the first one and those after a trap; tests hand in their own. */
  constructor(map: FileSource, arenaBytes = 64 << 20, open: typeof AnalyzerModule.open = AnalyzerModule.open) {
    this.map = map;
    this.arenaBytes = arenaBytes;
    this.open = open;
    this.module = open(map, arenaBytes);
    this.places = readMapPlaces(this.module.mapPlaces(placeCount(this.module.mapInfo())));
  }

  /** After a trap a new instance serves the next call. */
  private attempt<T>(work: (module: AnalyzerModule) => T): T {
    try {
      return work(this.module);
    } catch (error) {
      const fatal = error instanceof TomareError && (error.errorName === 'TRAP' || error.errorName === 'OUT_OF_MEMORY');
      if (fatal) this.module = this.open(this.map, this.arenaBytes);
      throw error;
    }
  }

  private ofDrive(fixes: Fixes, work: (module: AnalyzerModule) => Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    try {
      return this.attempt(work);
    } catch (error) {
      if (error instanceof TomareError && error.errorName === 'LOG_OUTSIDE_MAP') throw this.outside(fixes);
      throw error;
    }
  }

  /** The raw result block, for byte comparisons. */
  analyzeBlock(fixes: Fixes, options: DriveOptions): Uint8Array<ArrayBuffer> {
    return this.ofDrive(fixes, (module) => module.analyze(driveBlock(fixes, options, this.places)));
  }

  /** The raw trace block. */
  traceBlock(fixes: Fixes, options: DriveOptions): Uint8Array<ArrayBuffer> {
    return this.ofDrive(fixes, (module) => module.trace(driveBlock(fixes, options, this.places)));
  }

  /** Why no fix is on the map: another region, or latitude and longitude exchanged. */
  private outside(fixes: Fixes): TomareError {
    const { min_lat, max_lat, min_lon, max_lon } = this.mapInfo().bounds;
    const onMap = (lat: number, lon: number) => lat >= min_lat && lat <= max_lat && lon >= min_lon && lon <= max_lon;
    if (fixes.lat.subarray(0, fixes.count).every((lat, i) => onMap(fixes.lon[i] ?? Number.NaN, lat))) {
      return new TomareError('LOG_SWAPPED', `all fixes lie on ${nameOf(this.map)} once the two columns are exchanged`);
    }
    const area = `latitude ${min_lat} to ${max_lat}, longitude ${min_lon} to ${max_lon}`;
    return new TomareError('LOG_OUTSIDE_MAP', `${nameOf(this.map)} covers ${area}`);
  }

  analyze(fixes: Fixes, options: DriveOptions): Analysis {
    return readAnalysis(this.analyzeBlock(fixes, options));
  }

  /** The raw roads block of a request. */
  roadsBlock(request: Uint8Array): Uint8Array<ArrayBuffer> {
    return this.attempt((module) => module.roads(request));
  }

  trace(fixes: Fixes, options: DriveOptions): Trace {
    return readTrace(this.traceBlock(fixes, options), fixes);
  }

  roads(box: Box, { vehicle = 'car', classes = [], most = MOST }: RoadsOptions = {}): Roads {
    return readRoads(this.roadsBlock(packRoadsRequest({ box, vehicle, classes, most })));
  }

  /**
   * The place of the nearest road of each position, by its number in the map; -1 where none is within some kilometres.
   * Where a map has one place alone, all lie in it.
   */
  placesAt(lat: Float64Array, lon: Float64Array): Int32Array {
    if (this.places.length < 2) return new Int32Array(lat.length).fill(this.places.length - 1);
    const positions = new Int32Array(2 * lat.length);
    for (let i = 0; i < lat.length; i++) {
      positions[2 * i] = Math.round((lat[i] ?? 0) * 1e7);
      positions[2 * i + 1] = Math.round((lon[i] ?? 0) * 1e7);
    }
    return Int32Array.from(this.module.places(positions), (n) => (n === CONSTANTS.TM_NO_PLACE ? -1 : n));
  }

  mapInfo(): MapInfo {
    return { ...readMapInfo(this.module.mapInfo()), places: this.places, bytes_read: this.module.bytesRead() };
  }

  /** The fault of a damaged tile, or undefined. */
  verifyTile(number: number) {
    return this.module.verifyTile(number);
  }
}
