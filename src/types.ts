// SPDX-License-Identifier: MIT
// The nouns that pass between the rooms of src/.
import { type DIRECTION_SOURCES, type ROAD_CLASSES, VEHICLES, type VERDICTS } from './abi/layout.ts';

/** A driving log as arrays of `count`; NaN where a fix has no such value. */
export interface Fixes {
  count: number;
  /** Unix milliseconds, UTC. */
  time_ms: Float64Array;
  lat: Float64Array;
  lon: Float64Array;
  speed_mps: Float32Array;
  heading_deg: Float32Array;
  accuracy_m: Float32Array;
}

export interface Log {
  /** The file's base name without its extensions. */
  id: string;
  fixes: Fixes;
  /** Rows without a position or time that were left out. */
  skipped: number;
}

export { VEHICLES };
export type Vehicle = (typeof VEHICLES)[number];
export type Verdict = (typeof VERDICTS)[number];
export type RoadClass = (typeof ROAD_CLASSES)[number];

export interface Exposure {
  rule: string;
  passed: number;
  complied: number;
  violated: number;
  undetermined: number;
  judged_m: number;
}

export interface Finding {
  rule: string;
  verdict: Verdict;
  start_ms: number;
  end_ms: number;
  lat: number;
  lon: number;
  way: number;
  node: number;
  relation: number;
  forward: boolean;
  name: string;
  roadClass: RoadClass;
  sourceTag: string;
  sourceDirection: (typeof DIRECTION_SOURCES)[number];
  measured: Record<string, number>;
  match: number;
  map: number;
  observation: number;
  reasons: string[];
  first_fix: number;
  last_fix: number;
}

export interface RouteItem {
  way: number;
  forward: boolean;
  from_m: number;
  to_m: number;
  enter_ms: number;
  exit_ms: number;
}

export interface Analysis {
  fixes: number;
  matched: number;
  off_road: number;
  unmatched: number;
  gaps: number;
  mean_error_m: number;
  distance_m: number;
  start_ms: number;
  end_ms: number;
  exposure: Exposure[];
  findings: Finding[];
  route: RouteItem[];
}

export interface MapInfo {
  name: string;
  format: number;
  osm_time_ms: number;
  bytes: number;
  tiles: number;
  bounds: { min_lat: number; min_lon: number; max_lat: number; max_lon: number };
  sha256: string;
  statistics: Record<string, number>;
  bytes_read: number;
}
