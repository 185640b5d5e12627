// SPDX-License-Identifier: MIT
// Runs the engine on a place's drives as a receiver saw them.
import { createHash } from 'node:crypto';
import { openSession, type Plan } from '../../src/session.ts';
import { loadSettings } from '../../src/settings/settings.ts';
import type { RouteItem } from '../../src/types.ts';
import type { Drive, Place } from './drives.ts';
import { fixTimes, type Receiver, receive } from './receivers.ts';
import { type Scored, score } from './score.ts';

export interface Run extends Scored {
  place: string;
  drive: Drive;
  km: number;
  route: RouteItem[];
  /** Samples that became fixes. */
  at: number[];
}

/** The same for a drive and receiver on every run, whatever else runs. */
export const seedOf = (drive: Drive, receiver: Receiver) =>
  createHash('sha256').update(`${drive.id} ${receiver.name} ${drive.start_ms}`).digest().readUInt32LE();

export function settingsOf(place: Place) {
  const settings = loadSettings();
  settings.output.time_zone = place.spec.time_zone;
  return settings;
}

/** `map`: another one than the place's own, where map errors are measured. */
export const planOf = (place: Place, map = place.map, settings = settingsOf(place)): Plan =>
  openSession({ map, settings, profile: place.spec.profile }).plan({ route: true });

export function runOf(place: Place, drive: Drive, receiver: Receiver, plan: Plan): Run {
  const seed = seedOf(drive, receiver);
  const analysis = plan.analysis(receive(drive, receiver, seed));
  const at = fixTimes(drive, receiver, seed);
  const km = (drive.end_m - drive.begin_m) / 1000;
  return { place: place.spec.name, drive, km, route: analysis.route, at, ...score(drive, analysis, receiver, at) };
}

export function measure(place: Place, receiver: Receiver, map = place.map, settings = settingsOf(place)): Run[] {
  const plan = planOf(place, map, settings);
  return place.drives.map((drive) => runOf(place, drive, receiver, plan));
}
