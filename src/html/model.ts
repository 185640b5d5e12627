// SPDX-License-Identifier: MIT
// What the report page holds, as it lies in the file: small JSON, and columns of numbers beside it (columns.ts).
import type { Decision } from '../decisions/decision.ts';
import type { Column } from './columns.ts';

export type { Decision };

export type Lang = 'en' | 'ja';
export type Verdict = 'violated' | 'possible' | 'undetermined' | 'complied';

/** Fixes around a finding as they were logged, to show what proves it. Positions in degrees, NaN as null. */
export interface EvidenceFixes {
  time_ms: number[];
  lat: number[];
  lon: number[];
  speed_kmh: (number | null)[];
  /** Indexes into these arrays of the first and last fix of the finding. */
  first: number;
  last: number;
}

/** `names`: in the languages of the page, where the profile names it. */
export interface PageOffence {
  code: string;
  article: string;
  names: Partial<Record<Lang, string>>;
  points?: number;
  fine?: number;
  currency?: string;
}

export interface PageFinding {
  key: string;
  place_key: string;
  rule: string;
  verdict: Verdict;
  start_ms: number;
  end_ms: number;
  lat: number;
  lon: number;
  way: number;
  forward: boolean;
  name: string;
  node: number;
  relation: number;
  tag: string;
  direction: string;
  measured: Record<string, number>;
  confidence: number;
  factors: { match: number; map: number; observation: number };
  reasons: string[];
  offence: PageOffence | null;
  fixes: EvidenceFixes | null;
}

export interface PageExposure {
  rule: string;
  passed: number;
  complied: number;
  violated: number;
  undetermined: number;
  judged_m: number;
}

/** Points along the drive. Steps: t tenths of a second from t0; lat, lon 1e-5 degree; speed, low, high `unit` km/h. */
export interface PagePath {
  t0_ms: number;
  unit: number;
  t: Column;
  lat: Column;
  lon: Column;
  /** -1: none. */
  speed: Column;
  /** The limit in force, low and high end; -1: none known, -2: no limit. */
  low: Column;
  high: Column;
  /** Index into SOURCES. */
  source: Column;
  /** Index into PageData.names. */
  name: Column;
  /** 1 where a new piece begins: the path before it ended. */
  breaks: Column;
}
export const SOURCES = ['none', 'signed', 'zone', 'default', 'overlay', 'condition', 'unknown'] as const;

export interface PageDrive {
  id: string;
  vehicle: string;
  vehicle_id: string;
  driver_id: string;
  zone: string;
  start_ms: number;
  end_ms: number;
  distance_m: number;
  fixes: number;
  off_road: number;
  warnings: string[];
  exposure: PageExposure[];
  findings: PageFinding[];
  path: PagePath | null;
}

/** Roads: lines one after another; `count` points each. */
export interface PageRoads {
  count: Column;
  lat: Column;
  lon: Column;
  road_class: Column;
  /** 0 both ways, 1 along, 2 against. */
  oneway: Column;
  layer: Column;
  /** km/h; -1: not signed. */
  limit: Column;
  name: Column;
  points: { kind: string; lat: number; lon: number; node: number; bearing: number }[];
  cut: boolean;
}

/** A place of the audit (src/audit). */
export interface PagePlace {
  key: string;
  rule: string;
  lat: number;
  lon: number;
  name: string;
  tag: string;
  passes: number;
  breaks: number;
  vehicles: number;
  vehicles_breaking: number;
  probability: number;
  link: string;
}

export interface PageData {
  lang: Lang;
  /** Times are weekdays and hours, and both ends of each drive are cut off. */
  anonymous: boolean;
  version: string;
  map: string;
  map_time: string;
  /** Names of roads that columns point to. */
  names: string[];
  classes: string[];
  drives: PageDrive[];
  roads: PageRoads;
  places: PagePlace[];
  decisions: Decision[];
  /** Braking and pulling away that a hidden stop may need, m/s². */
  kinematics: { decel: number; accel: number };
  /** Drives with less than so many places or kilometres are grey in the ranking. */
  minimum_km: number;
}
