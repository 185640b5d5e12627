// SPDX-License-Identifier: MIT
// The kept runs of bench/results: one JSON file for each kind, which the documents' tables are made from.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Machine, machine } from './machine.ts';

const RESULTS = join(import.meta.dirname, 'results');

const fileOf = (kind: string) => join(RESULTS, `${kind}.json`);

/** Keeps a run in place of the one before of its kind; returns its file. */
export function keep(kind: string, run: { machine: Machine }): string {
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(fileOf(kind), `${JSON.stringify(run, null, 2)}\n`);
  return fileOf(kind);
}

/** The kept run of a kind. */
export function newest<T>(kind: string): (T & { machine: Machine }) | undefined {
  return existsSync(fileOf(kind)) ? JSON.parse(readFileSync(fileOf(kind), 'utf8')) : undefined;
}

/** Runs of one bench with different settings, by what was set: `as shipped`, `match.bend_cost=0`, … */
export interface Trials {
  machine: Machine;
  /** Per cent, by seconds between the fixes. */
  runs: Record<string, Record<string, number>>;
}

/** Keeps a run beside those of the same bench with other settings. */
export function keepTrial(kind: string, set: readonly string[], per: Record<string, number>): string {
  const runs = { ...newest<Trials>(kind)?.runs, [set.join(' ') || 'as shipped']: per };
  return keep(kind, { machine: machine(), runs } as Trials);
}
