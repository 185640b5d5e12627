// SPDX-License-Identifier: MIT
// The kept runs of bench/results: one JSON file for each kind, which the documents' tables are made from.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from './machine.ts';

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
