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
}

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
