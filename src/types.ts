// SPDX-License-Identifier: MIT
// The nouns that pass between the rooms of src/.
import { type CHANNEL_NOTES, type DIRECTION_SOURCES, ROAD_CLASSES, VEHICLES, type VERDICTS } from './layout.ts';

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
  /** Line of the file of each fix, from 1; where a format has no lines, the number of its record. */
  lines: Uint32Array;
  /** Rows without a position or time that were left out. */
  skipped: number;
  vehicle_id: string | null;
  driver_id: string | null;
  input: InputReport;
}

/** How a log was read; it stands in the result as `input`. No value of the log is in it but names of columns. */
export interface InputReport {
  format: string;
  /** The program or recorder by its header. */
  preset?: string;
  /** WHATWG label of the text; null for binary formats. */
  encoding: string | null;
  /** Of the file as it is stored, hexadecimal. */
  sha256: string;
  /** What is used for what: role → name of the column or element. */
  columns: Record<string, string>;
  /** Unit in which the speeds were taken; null without any. */
  speed_unit: string | null;
  /** Columns that look like they matter and are not used. */
  ignored: string[];
  zone: { name: string | null; from: 'log' | 'option' | 'place' | 'default' };
  rows: number;
  left_out: { reason: string; rows: number; first_line: number }[];
  /** Optional values that could not be used; their fixes stay. */
  unusable: { column: string; rows: number; first_line: number }[];
  /** Median of logged speed ÷ that of the positions; null where it cannot be known. */
  speed_ratio: number | null;
  warnings: string[];
}

export { ROAD_CLASSES, VEHICLES };
/** What was driven: the classes that law and tags tell apart. */
export type Vehicle = (typeof VEHICLES)[number];
/** `possible`: the limit or the permission is assumed, not signed; `undetermined`: the data cannot tell. */
export type Verdict = (typeof VERDICTS)[number];
/** Classes of roads, as the values of OSM's `highway`. */
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
  /** Number of the road's place in the map; -1 where none is known. */
  place: number;
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

/** A country and a time zone in which a map has roads. */
export interface MapPlace {
  /** ISO 3166-1 alpha-2; empty where several countries claim it. */
  country: string;
  /** IANA name. */
  zone: string;
  bounds: { min_lat: number; min_lon: number; max_lat: number; max_lon: number };
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
  /** By their numbers in the map. */
  places: MapPlace[];
  statistics: Record<string, number>;
  bytes_read: number;
}
