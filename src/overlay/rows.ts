// SPDX-License-Identifier: MIT
// What the readers of overlays make of a file: rows as the compiler takes them (mapdata/OVERLAY.md).
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
/** Who is kept out by a closure. */
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

/** One regulation from elsewhere (mapdata/OVERLAY.md). */
export interface OverlayRow {
  /** Row of the CSV file (the header is 1), or feature of the GeoJSON file from 1. */
  row: number;
  kind: Kind;
  /** One: a point. Several: a line; of a turn ban: before the junction, at it, and each exit. None: of `unsure`. */
  line: Point[];
  /** Of a point: degrees clockwise from north, of travel towards it. */
  bearing?: number;
  /** Binds travel along the line alone; else both directions. */
  along?: boolean;
  /** A turn ban: every exit but those given is banned. */
  only?: boolean;
  /** Lies on a motorway or a road for motor vehicles alone, or on none of them: one often runs above the other. */
  roads?: 'motorway' | 'ordinary';
  /** Left out: all. */
  vehicles?: readonly Vehicle[];
  closure?: Closure;
  /** Of a limit. */
  kmh?: number | 'none' | 'variable';
  /** What stands behind "@" in a tag; left out: always. */
  condition?: string;
  /** Of `unsure`: whose facts are; it has them. */
  object?: OsmObject;
  /** Of `unsure`: the rule that its fact gives; left out: all that it has. */
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
