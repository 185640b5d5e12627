// SPDX-License-Identifier: MIT
// The rows of an overlay, as its readers return them and the compiler takes them (mapdata/OVERLAY.md).
import { type ACCESS_VALUES, type OSM_OBJECTS, OVERLAY_KINDS, type UNSURE_RULES } from '../layout.ts';
import type { Vehicle } from '../types.ts';

/** What a row regulates. */
export type Kind = keyof typeof OVERLAY_KINDS;
export const KINDS = Object.keys(OVERLAY_KINDS) as readonly Kind[];

/** Values of access that a closure may have. */
export const CLOSURES = [
  'no',
  'private',
  'destination',
  'delivery',
  'customers',
  'permit',
] as const satisfies readonly AccessValue[];
type AccessValue = (typeof ACCESS_VALUES)[number];
/** Access of a closed road: who may still enter. */
export type Closure = (typeof CLOSURES)[number];

/** An object of OpenStreetMap. */
export interface OsmObject {
  type: keyof typeof OSM_OBJECTS;
  id: number;
}

/** A rule whose fact may be called unsure. */
export type UnsureRule = keyof typeof UNSURE_RULES;

/** Degrees, in the order of GeoJSON. */
export type Point = [lon: number, lat: number];

/** One regulation of an overlay (mapdata/OVERLAY.md). */
export interface OverlayRow {
  /** Row of the CSV file (the header is 1), or feature of the GeoJSON file from 1. */
  row: number;
  kind: Kind;
  /** One position: a point. Several: a line; for a turn ban: before the junction, at it, and on each exit. None: `unsure`. */
  line: Point[];
  /** For a point: direction of travel towards it, degrees clockwise from north. */
  bearing?: number;
  /** True: binds only travel along the line. Default: both directions. */
  along?: boolean;
  /** For a turn ban, true: every exit but those given is banned. */
  only?: boolean;
  /** `motorway`: only motorways and roads for motor vehicles. `ordinary`: only other roads. Default: all. */
  roads?: 'motorway' | 'ordinary';
  /** Default: all. */
  vehicles?: readonly Vehicle[];
  closure?: Closure;
  /** Of a limit, km/h. */
  kmh?: number | 'none' | 'variable';
  /** As after "@" in a conditional tag. Default: always. */
  condition?: string;
  /** For `unsure`: the object whose facts are in doubt. */
  object?: OsmObject;
  /** For `unsure`: the rule whose fact is in doubt. Default: all facts of the object. */
  rule?: UnsureRule;
}

/** A row that is not used, and why. */
export interface LeftOut {
  row: number;
  reason: string;
}

/** A regulation overlay: rows to merge into a map, and those that cannot be used. */
export interface Overlay {
  rows: OverlayRow[];
  leftOut: LeftOut[];
}

const METRES_PER_DEGREE = 111_200;

/** Bearing (0 to 359) and metres from one point to another near it, on a plane. */
export function course(from: Point, to: Point): { bearing: number; metres: number } {
  const x = (to[0] - from[0]) * METRES_PER_DEGREE * Math.cos((to[1] * Math.PI) / 180);
  const y = (to[1] - from[1]) * METRES_PER_DEGREE;
  return { bearing: Math.round((Math.atan2(x, y) * 180) / Math.PI + 360) % 360, metres: Math.hypot(x, y) };
}

/** The point that lies so many metres away in a direction. */
export function ahead([lon, lat]: Point, bearing: number, metres: number): Point {
  const angle = (bearing * Math.PI) / 180;
  const scale = METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180);
  return [lon + (Math.sin(angle) * metres) / scale, lat + (Math.cos(angle) * metres) / METRES_PER_DEGREE];
}
