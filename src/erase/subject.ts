// SPDX-License-Identifier: MIT
// Who is to be erased, and whether a text of ours names them.
import { TomareError } from '../errors.ts';

/** One of the three: a driver, a vehicle, or every log whose key begins so. */
export type Subject = { driver: string } | { vehicle: string } | { key: string };

export interface Named {
  drivers: readonly string[];
  vehicles: readonly string[];
  /** Of logs. */
  keys: readonly string[];
}

/** @throws TomareError USAGE unless one of the three is given and not empty */
export function subjectOf(given: { driver?: string; vehicle?: string; key?: string }): Subject {
  const chosen = Object.entries(given).filter(([, value]) => value !== undefined);
  if (chosen.length !== 1 || chosen[0]?.[1] === '') {
    throw new TomareError('USAGE', 'give one of --driver, --vehicle and --key');
  }
  return Object.fromEntries(chosen) as Subject;
}

export function names(subject: Subject, { drivers, vehicles, keys }: Named): boolean {
  if ('driver' in subject) return drivers.includes(subject.driver);
  if ('vehicle' in subject) return vehicles.includes(subject.vehicle);
  return keys.some((key) => key.startsWith(subject.key));
}

/** S3 encodes keys in its notifications as forms do. */
function spellings(key: string): string[] {
  try {
    return [key, decodeURIComponent(key.replaceAll('+', ' '))];
  } catch {
    return [key];
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Levels of JSON within JSON within objects that are looked into; ours have at most six. */
const DEPTH = 12;

function collect(value: unknown, into: Record<keyof Named, string[]>, depth: number): void {
  if (depth > DEPTH) return;
  // an envelope holds its message as text
  if (typeof value === 'string' && /^\s*[[{]/.test(value)) collect(parsed(value), into, depth + 1);
  if (typeof value !== 'object' || value === null) return;
  for (const [name, part] of Object.entries(value)) {
    if (typeof part === 'string') {
      if (name === 'key' || name === 'Key') into.keys.push(...spellings(part));
      if (name === 'driver_id') into.drivers.push(part);
      if (name === 'vehicle_id') into.vehicles.push(part);
    }
    collect(part, into, depth + 1);
  }
}

/** Every log, driver and vehicle that a result, failure, message, notification or report names. */
export function namedIn(text: string): Named {
  const named = { drivers: [], vehicles: [], keys: [] };
  const whole = parsed(text);
  const values = whole === undefined ? text.split('\n').map(parsed) : [whole];
  for (const value of values) collect(value, named, 0);
  return named;
}
