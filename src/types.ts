// SPDX-License-Identifier: MIT
// The types that the rooms of src/ share, and most of the package's exported types.
import { type CHANNEL_NOTES, type DIRECTION_SOURCES, ROAD_CLASSES, VEHICLES, type VERDICTS } from './layout.ts';

/** A driving log as parallel arrays; element i of each belongs to fix i. NaN: the fix has no such value. */
export interface Fixes {
  /** Number of fixes. The arrays hold at least as many elements. */
  count: number;
  /** Unix milliseconds, UTC. */
  time_ms: Float64Array;
  /**
   * The times by a second reading, where the clock may have been set on the way: what is claimed must hold by both.
   */
  other_time_ms?: Float64Array;
  /** Degrees, WGS 84. */
  lat: Float64Array;
  /** Degrees, WGS 84. */
  lon: Float64Array;
  /** Metres per second. */
  speed_mps: Float32Array;
  /** Direction of travel, degrees clockwise from north. */
  heading_deg: Float32Array;
  /** Error of the position that the receiver states, metres. */
  accuracy_m: Float32Array;
  /** True: the log does not name the unit of its speeds. They are taken as m/s, and the core determines the unit. */
  speed_unit_open?: boolean;
}

/** One log as `readLog` returns it. */
export interface Log {
  /** The file's base name without its extensions. */
  id: string;
  fixes: Fixes;
  /** Line in the file of each fix, from 1. In a format without lines: number of the record. */
  lines: Uint32Array;
  /** Number of rows left out because they have no position or time. */
  skipped: number;
  /** From the log, else from the options; null: unknown. */
  vehicle_id: string | null;
  /** From the log, else from the options; null: unknown. */
  driver_id: string | null;
  input: InputReport;
}

/** How a log was read: `input` of the result. Apart from names of columns it holds no value of the log. */
export interface InputReport {
  /** As docs/LOGS.md names it: csv, gpx, … */
  format: string;
  /** The program or recorder, recognized by the header. */
  preset?: string;
  /** WHATWG label of the text encoding; null for binary formats. */
  encoding: string | null;
  /** SHA-256 of the file as stored, hexadecimal. */
  sha256: string;
  /** Role (time, lat, speed, …) → name of the column or element used for it. */
  columns: Record<string, string>;
  /** Unit that the speeds were read in; null: the log has no speeds. */
  speed_unit: string | null;
  /** Columns that look relevant and are not used. */
  ignored: string[];
  /** IANA name of the zone of times without an offset, and where it comes from; null: every time has its offset. */
  zone: { name: string | null; from: 'log' | 'option' | 'place' | 'default' };
  /** Rows of the log, with those left out. */
  rows: number;
  /** Rows that gave no fix, by reason (docs/LOGS.md). */
  left_out: { reason: string; rows: number; first_line: number }[];
  /** Optional values that could not be used; their fixes are kept. */
  unusable: { column: string; rows: number; first_line: number }[];
  /** Median of logged speed ÷ speed by the positions; null: unknown. */
  speed_ratio: number | null;
  /** Sentences for people. */
  warnings: string[];
}

export { ROAD_CLASSES, VEHICLES };
/** What was driven: the vehicle classes that laws and tags distinguish. */
export type Vehicle = (typeof VEHICLES)[number];
/**
 * `violated`, `complied`: the data decides. `possible`: broken if an assumed limit holds or no permit exists.
 * `undetermined`: the data does not decide (docs/RULES.md).
 */
export type Verdict = (typeof VERDICTS)[number];
/** Road classes: values of OSM's `highway`. */
export type RoadClass = (typeof ROAD_CLASSES)[number];

/** How often a drive met the places of a rule, whether it broke the rule or not. */
export interface Exposure {
  rule: string;
  /** Places of the rule that the drive passed. */
  passed: number;
  /** Of these, by verdict; `undetermined` counts `possible` too. */
  complied: number;
  violated: number;
  undetermined: number;
  /** Metres judged, for rules about stretches: speeding, minimum speed, wrong way; else 0. */
  judged_m: number;
}

/** One judged place or stretch. Its confidence is `match` · `map` · `observation` (docs/RULES.md). */
export interface Finding {
  rule: string;
  verdict: Verdict;
  /** Of the evidence, Unix milliseconds. */
  start_ms: number;
  end_ms: number;
  /** The place, or where the stretch begins; degrees, WGS 84. */
  lat: number;
  lon: number;
  /** OpenStreetMap ids; 0: none. `node`: the sign or crossing. `relation`: the turn restriction. */
  way: number;
  node: number;
  relation: number;
  /** Driven along the way's nodes; false: against them. */
  forward: boolean;
  /** Name or ref of the road; empty: unnamed. */
  name: string;
  roadClass: RoadClass;
  /** Index into `MapInfo.places` of the road's country and zone; -1: unknown. */
  place: number;
  /** The tag that makes the rule, such as `highway=stop`; "law": the general law does. */
  sourceTag: string;
  /** Where the direction of a sign comes from. */
  sourceDirection: (typeof DIRECTION_SOURCES)[number];
  /** By name; the name ends with the unit: `_kmh`, `_m`, `_s`, `_deg`. */
  measured: Record<string, number>;
  /** Probability that the car was on that road, 0 to 1. */
  match: number;
  /** Probability that the map's facts hold, 0 to 1. */
  map: number;
  /** Probability that the fixes show what the verdict says, 0 to 1. */
  observation: number;
  /** docs/RULES.md explains each. */
  reasons: string[];
  /** Indexes into the fixes of the evidence, both inclusive. */
  first_fix: number;
  last_fix: number;
}

/** A stretch of one OSM way, driven in one direction. */
export interface RouteItem {
  /** OpenStreetMap id. */
  way: number;
  /** Driven along the way's nodes; false: against them. */
  forward: boolean;
  /** Metres from the way's first node; `from_m` < `to_m` in both directions. */
  from_m: number;
  to_m: number;
  /** Unix milliseconds. */
  enter_ms: number;
  exit_ms: number;
}

/** What the engine found when it compared a log's speeds and courses with its positions (docs/CHANNELS.md). */
export interface Channels {
  /** Distance by the speeds ÷ distance by the positions; undefined: unknown. */
  speed_ratio: number | undefined;
  /** Unit factor by which the speeds are too large, such as 3.6; 1: none was found. */
  speed_factor: number;
  /** Fixes with a speed, and those of them whose speed was ignored. */
  speed_fixes: number;
  speed_aside: number;
  /** The same for courses. */
  course_fixes: number;
  course_aside: number;
  /** Why values were ignored. */
  notes: (typeof CHANNEL_NOTES)[number][];
}

/** The engine's analysis of one drive, unrounded and with every finding. */
export interface Analysis {
  /** `matched` + `off_road` + `unmatched`. */
  fixes: number;
  /** Fixes on a road of the map. */
  matched: number;
  /** Fixes on no road of the map. */
  off_road: number;
  /** Fixes that are repeated, out of order or impossible. */
  unmatched: number;
  /** Interruptions of the matched route. */
  gaps: number;
  /** Mean distance of matched fixes to their road, metres. */
  mean_error_m: number;
  /** Length of the matched route, metres. */
  distance_m: number;
  /** Of the first and the last fix, Unix milliseconds. */
  start_ms: number;
  end_ms: number;
  channels: Channels;
  exposure: Exposure[];
  findings: Finding[];
  /** In the order of travel; empty unless the options ask for it. */
  route: RouteItem[];
}

/** A country and a time zone in which a map has roads. */
export interface MapPlace {
  /** ISO 3166-1 alpha-2; empty: several countries claim it. */
  country: string;
  /** IANA name of the time zone. */
  zone: string;
  /** Degrees: box of the map's cells with roads of the place. */
  bounds: { min_lat: number; min_lon: number; max_lat: number; max_lon: number };
}

/** What the header of a map says. */
export interface MapInfo {
  name: string;
  /** Version of mapdata/FORMAT.md. */
  format: number;
  /** Time of the OpenStreetMap data, Unix milliseconds; 0: unknown. */
  osm_time_ms: number;
  /** Size of the file. */
  bytes: number;
  tiles: number;
  /** Degrees: box of the roads. */
  bounds: { min_lat: number; min_lon: number; max_lat: number; max_lon: number };
  /** SHA-256 of the extracts, hexadecimal. */
  sha256: string;
  /** Countries and time zones; `Finding.place` is an index into them. */
  places: MapPlace[];
  /** Counts of the compiler, by the names of mapdata/FORMAT.md §2.3. */
  statistics: Record<string, number>;
  /** Bytes of the map that were read so far. */
  bytes_read: number;
}
