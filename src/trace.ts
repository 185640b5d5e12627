// SPDX-License-Identifier: MIT
// What the engine says of a drive beside its findings: the matched route as geometry, and the roads around it.
import type { RoadClass, Vehicle } from './types.ts';

/** A limit in force on a part of a way, for this vehicle at that time; metres from the way's first node, from < to. */
export interface TraceLimit {
  from_m: number;
  to_m: number;
  /** km/h; null: not known. Infinity: no limit. Equal when it is exact. */
  low_kmh: number | null;
  high_kmh: number | null;
  source: 'none' | 'signed' | 'zone' | 'default' | 'overlay' | 'condition' | 'unknown';
}

/** One way driven in one direction; stretches follow one another in time. */
export interface TraceStretch {
  way: number;
  forward: boolean;
  name: string;
  road_class: string;
  from_m: number;
  to_m: number;
  enter_ms: number;
  exit_ms: number;
  /** Geometry in the direction of travel, cut at both ends; degrees. */
  lat: Float64Array;
  lon: Float64Array;
  limits: TraceLimit[];
}

/** The fixes as arrays of `count`: the matched place (NaN: off the road), and which stretch it is on (-1: none). */
export interface Trace {
  stretches: TraceStretch[];
  count: number;
  time_ms: Float64Array;
  lat: Float64Array;
  lon: Float64Array;
  /** Logged, or derived from positions; NaN: neither. */
  speed_kmh: Float32Array;
  stretch: Int32Array;
}

/** Degrees, bounds inclusive. */
export interface Box {
  min_lat: number;
  min_lon: number;
  max_lat: number;
  max_lon: number;
}

/** Which roads of a box are wanted. */
export interface RoadsOptions {
  /** Whose limits, one-way rules and restrictions are told. Default "car". */
  vehicle?: Vehicle | undefined;
  /** Default: all. */
  classes?: readonly RoadClass[] | undefined;
  /** Positions of lines, points and restrictions in all. Default 400,000, which take about 10 MB. */
  most?: number | undefined;
}

/** A box with all options in place. */
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
