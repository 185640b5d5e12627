// SPDX-License-Identifier: MIT
// The analyzer as TypeScript sees it: fixes in, findings out.
import { packDrive } from './abi/drive_block.ts';
import { SETTINGS } from './abi/layout.ts';
import { AnalyzerModule } from './abi/module.ts';
import { readAnalysis, readMapInfo } from './abi/result_block.ts';
import { TomareError } from './errors.ts';
import { lawOf } from './settings/law.ts';
import type { Profile } from './settings/profile.ts';
import type { Settings } from './settings/settings.ts';
import type { Analysis, Fixes, MapInfo, Vehicle } from './types.ts';

/** How a drive is to be judged. */
export interface DriveOptions {
  settings: Settings;
  /** Left out: a car. */
  vehicle?: Vehicle | undefined;
  /** Whether the result has the matched route; left out: it has not. */
  route?: boolean | undefined;
  /** The country's law; left out: only what the map says is judged. */
  profile?: Profile | undefined;
}

/** First and last time of the log; a log without a good time is refused by the core. */
function span(fixes: Fixes): { from_ms: number; to_ms: number } {
  const times = fixes.time_ms.subarray(0, fixes.count).filter((t) => t >= 0 && t < 16_725_225_600_000);
  const from_ms = times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const to_ms = times.reduce((a, b) => Math.max(a, b), 0);
  return Number.isFinite(from_ms) ? { from_ms, to_ms } : { from_ms: 0, to_ms: 0 };
}

/** The fixes and options of one drive as a block for the core, which checks the values. */
export function driveBlock(fixes: Fixes, options: DriveOptions): Uint8Array {
  const { settings, vehicle = 'car', route = false, profile } = options;
  const { from_ms, to_ms } = span(fixes);
  const law = lawOf(settings, profile, vehicle, from_ms, to_ms);
  const groups = settings as unknown as Record<string, Record<string, number | boolean>>;
  const values = SETTINGS.map(({ group, name }) => Number(groups[group]?.[name]));
  return packDrive({ fixes, vehicle, route, settings: values, law });
}

export class Analyzer {
  private module: AnalyzerModule;
  private readonly mapPath: string;
  private readonly arenaBytes: number;
  private readonly open: typeof AnalyzerModule.open;

  /** `open` makes the instances, the first one and those after a trap; tests hand in their own. */
  constructor(mapPath: string, arenaBytes = 64 << 20, open: typeof AnalyzerModule.open = AnalyzerModule.open) {
    this.mapPath = mapPath;
    this.arenaBytes = arenaBytes;
    this.open = open;
    this.module = open(mapPath, arenaBytes);
  }

  /** The raw result block, for byte comparisons. After a trap a new instance serves the next log. */
  analyzeBlock(fixes: Fixes, options: DriveOptions): Uint8Array<ArrayBuffer> {
    try {
      return this.module.analyze(driveBlock(fixes, options));
    } catch (error) {
      const fatal = error instanceof TomareError && (error.errorName === 'TRAP' || error.errorName === 'OUT_OF_MEMORY');
      if (fatal) this.module = this.open(this.mapPath, this.arenaBytes);
      if (error instanceof TomareError && error.errorName === 'LOG_OUTSIDE_MAP') throw this.outside(fixes);
      throw error;
    }
  }

  /** Why no fix is on the map: another region, or latitude and longitude exchanged. */
  private outside(fixes: Fixes): TomareError {
    const { min_lat, max_lat, min_lon, max_lon } = this.mapInfo().bounds;
    const onMap = (lat: number, lon: number) => lat >= min_lat && lat <= max_lat && lon >= min_lon && lon <= max_lon;
    if (fixes.lat.subarray(0, fixes.count).every((lat, i) => onMap(fixes.lon[i] ?? Number.NaN, lat))) {
      return new TomareError('LOG_SWAPPED', `all fixes lie on ${this.mapPath} once the two columns are exchanged`);
    }
    const area = `latitude ${min_lat} to ${max_lat}, longitude ${min_lon} to ${max_lon}`;
    return new TomareError('LOG_OUTSIDE_MAP', `${this.mapPath} covers ${area}`);
  }

  analyze(fixes: Fixes, options: DriveOptions): Analysis {
    return readAnalysis(this.analyzeBlock(fixes, options));
  }

  mapInfo(): MapInfo {
    return { ...readMapInfo(this.module.mapInfo()), bytes_read: this.module.bytesRead() };
  }

  /** The fault of a damaged tile, or undefined. */
  verifyTile(number: number) {
    return this.module.verifyTile(number);
  }
}
