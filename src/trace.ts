// SPDX-License-Identifier: MIT
// What the engine returns besides findings: the matched route as geometry, and the roads of a box.
import type { RoadClass, Vehicle } from './types.ts';

/** The speed limit on a part of a way, for this vehicle at that time. */
export interface TraceLimit {
  /** Metres from the way's first node, `from_m` < `to_m`. */
  from_m: number;
  to_m: number;
  /** The limit is between the two, which are equal if it is exact. null: unknown. Infinity: no limit. */
  low_kmh: number | null;
  high_kmh: number | null;
  /** What the limit rests on: a sign, a zone, the law's default, an overlay, a condition that holds or may hold. */
  source: 'none' | 'signed' | 'zone' | 'default' | 'overlay' | 'condition' | 'unknown';
}

/** One way driven in one direction. */
export interface TraceStretch {
  /** OpenStreetMap id. */
  way: number;
  /** Driven along the way's nodes; false: against them. */
  forward: boolean;
  /** Name or ref; empty: unnamed. */
  name: string;
  road_class: string;
  /** Metres from the way's first node, `from_m` < `to_m`. */
  from_m: number;
  to_m: number;
  /** Unix milliseconds. */
  enter_ms: number;
  exit_ms: number;
  /** Line in the direction of travel, from where the car entered the way to where it left; degrees. */
  lat: Float64Array;
  lon: Float64Array;
  /** Ascending by metres; they cover the stretch. */
  limits: TraceLimit[];
}

/** A matched drive: the route as stretches, and the fixes as parallel arrays in the order of the log. */
export interface Trace {
  /** In the order of travel. */
  stretches: TraceStretch[];
  /** Number of fixes. */
  count: number;
  /** Unix milliseconds. */
  time_ms: Float64Array;
  /** Matched position on the road, degrees; NaN: on no road. */
  lat: Float64Array;
  lon: Float64Array;
  /** Logged, or derived from positions; NaN: neither. */
  speed_kmh: Float32Array;
  /** Index into `stretches`; -1: none. */
  stretch: Int32Array;
}

/** A box in degrees, bounds inclusive. */
export interface Box {
  min_lat: number;
  min_lon: number;
  max_lat: number;
  max_lon: number;
}

/** Which roads of a box to return. */
export interface RoadsOptions {
  /** The vehicle whose limits, one-way rules and restrictions are returned. Default "car". */
  vehicle?: Vehicle | undefined;
  /** Default: all. */
  classes?: readonly RoadClass[] | undefined;
  /** Bound on positions of lines, points and restrictions together. Default 400,000, about 10 MB. */
  most?: number | undefined;
}

/** A box with every option set. */
export interface RoadsRequest extends Required<{ [K in keyof RoadsOptions]: NonNullable<RoadsOptions[K]> }> {
  box: Box;
}

/**
 * Roads of the map in a box. Lines are the pieces of a way that meet the box, with the way's own corners; a way is one line
 * where nothing divides it, and its lines follow one another. `limit_kmh` is what the map says (Infinity: no limit; null: no
 * sign, or not one number for every direction that may be driven). Points and restrictions lie in the box; a point at a
 * junction is listed for each arm that leads to it. `cut`: a bound was reached, and not all of them are listed.
 */
export interface Roads {
  lines: {
    way: number;
    name: string;
    road_class: string;
    /** 1 along the geometry, -1 against it, 0 both. */
    oneway: -1 | 0 | 1;
    layer: number;
    tunnel: boolean;
    bridge: boolean;
    limit_kmh: number | null;
    lat: Float64Array;
    lon: Float64Array;
  }[];
  points: {
    kind: 'stop' | 'give_way' | 'signals' | 'level_crossing' | 'barrier';
    node: number;
    way: number;
    lat: number;
    lon: number;
    forward: boolean | null;
  }[];
  restrictions: { relation: number; kind: string; lat: number; lon: number; from_way: number }[];
  cut: boolean;
}
