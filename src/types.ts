// SPDX-License-Identifier: MIT
// The nouns that pass between the rooms of src/.

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
  /** The log does not say the unit of its speeds; m/s was taken, and the core finds the true one. */
  speed_unit_open?: boolean;
}

export interface Log {
  /** The file's base name without its extensions. */
  id: string;
  fixes: Fixes;
  /** Rows without a position or time that were left out. */
  skipped: number;
}

export const VEHICLES = ['car', 'light_goods', 'large_goods', 'trailer', 'bus', 'motorcycle', 'moped'] as const;
export type Vehicle = (typeof VEHICLES)[number];

export type Verdict = 'complied' | 'violated' | 'possible' | 'undetermined';
export const VERDICTS: readonly Verdict[] = ['complied', 'violated', 'possible', 'undetermined'];

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
  roadClass: number;
  sourceTag: string;
  sourceDirection: '' | 'given' | 'inferred' | 'ambiguous';
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

/** What the core found of a log's speed and course when it compared them with the positions. */
export interface Channels {
  /** Way by the logged speeds per way by the positions, median; undefined where nothing tells it. */
  speed_ratio: number | undefined;
  /** Of a unit that the logged speeds are too large by; 1: none is known. */
  speed_factor: number;
  /** Fixes with a speed, and of these the ones whose speed was left aside. */
  speed_fixes: number;
  speed_aside: number;
  course_fixes: number;
  course_aside: number;
  /** Names of CHANNEL_NOTES. */
  notes: string[];
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
  channels: Channels;
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
