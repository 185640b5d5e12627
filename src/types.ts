// SPDX-License-Identifier: MIT
// The nouns that pass between the rooms of src/.
import {
  type CHANNEL_NOTES,
  type DIRECTION_SOURCES,
  type ROAD_CLASSES,
  VEHICLES,
  type VERDICTS,
} from './abi/layout.ts';

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
  /** The log does not say the unit of its speeds: m/s was taken, and the core finds the true one. */
  speed_unit_open?: boolean;
}

/** What is read of one log; `readLog` makes it. */
export interface Log {
  /** The file's base name without its extensions. */
  id: string;
  fixes: Fixes;
  /** Rows without a position or time that were left out. */
  skipped: number;
}

export { VEHICLES };
/** What was driven: the classes that law and tags tell apart. */
export type Vehicle = (typeof VEHICLES)[number];
/** `possible`: the limit or the permission is assumed, not signed; `undetermined`: the data cannot tell. */
export type Verdict = (typeof VERDICTS)[number];
export type RoadClass = (typeof ROAD_CLASSES)[number];

/**
 * How often a drive met what a rule is about: places passed, by verdict; for rules of stretches (speeding, minimum speed,
 * wrong way) the metres that were judged.
 */
export interface Exposure {
  rule: string;
  passed: number;
  complied: number;
  violated: number;
  undetermined: number;
  judged_m: number;
}

/**
 * One judged place or stretch. Times are Unix milliseconds, positions degrees; `way`, `node` and `relation` are ids of
 * OpenStreetMap, 0 where there is none; `measured` is by name, in the unit that ends the name (km/h, m, s); `match`, `map` and
 * `observation` are the factors of the confidence, from 0 to 1; `first_fix` and `last_fix` index the fixes that prove it.
 */
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

/** A stretch of an OSM way that was driven: metres from the way's first node, `from_m` < `to_m` in both directions; Unix ms. */
export interface RouteItem {
  way: number;
  forward: boolean;
  from_m: number;
  to_m: number;
  enter_ms: number;
  exit_ms: number;
}

/**
 * What the engine found of a log's speeds and courses when it compared them with the positions. `speed_ratio`: way by the speeds
 * per way by the positions, undefined where nothing tells it; `speed_factor`: of the unit that the speeds are too large by, 1 when
 * none is known; `…_aside`: of the fixes that have one, those whose speed or course was left aside; `notes`: why.
 */
export interface Channels {
  speed_ratio: number | undefined;
  speed_factor: number;
  speed_fixes: number;
  speed_aside: number;
  course_fixes: number;
  course_aside: number;
  notes: (typeof CHANNEL_NOTES)[number][];
}

/**
 * What the engine makes of one drive. Fixes are matched to a road, off the roads, or not matched (repeated, out of order,
 * impossible); `gaps` counts holes in the log; `mean_error_m` is the distance of matched fixes to their road; times are Unix ms.
 */
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
  channels: Channels;
  exposure: Exposure[];
  findings: Finding[];
  route: RouteItem[];
}

/** What a map says of itself. `osm_time_ms`: Unix ms of its data, 0 when unknown; `sha256`: of the extracts; `bytes_read`: so far. */
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
