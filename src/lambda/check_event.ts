// SPDX-License-Identifier: MIT
// The events that ask a version for its self-check, or for its map alone, and the answers.
import type { MapInfo } from '../types.ts';

/** No queue sends such ones. */
export const ASKED = 'tomare.check';
export const ASKED_MAP = 'tomare.map';

/** What tells the map of a version from others. */
export interface MapFacts extends Pick<MapInfo, 'name' | 'osm_time_ms' | 'tiles' | 'bounds'> {
  /** As `tomare map info` prints it. */
  digest: string;
}

export interface Checked {
  drives: number;
  /** One sentence for each drive whose findings are others, and for damage of the map. */
  wrong: string[];
  map: MapFacts;
  /** Tiles whose bytes were held to their checksum; fewer than the map has where time ran out. */
  verified: number;
}

const asks = (event: unknown, what: string) =>
  typeof event === 'object' && event !== null && 'check' in event && event.check === what;

export const isSelfCheck = (event: unknown): boolean => asks(event, ASKED);
export const isMapCheck = (event: unknown): boolean => asks(event, ASKED_MAP);
