// SPDX-License-Identifier: MIT
// The forms that `tomare convert` writes. A new form is one file and one line.
import { csv } from './csv.ts';
import { geojson } from './geojson.ts';
import { gpx } from './gpx.ts';
import { ndjson } from './ndjson.ts';
import type { LogWriter } from './writer.ts';

export const WRITERS: readonly LogWriter[] = [csv, ndjson, gpx, geojson];
export const TARGETS: readonly string[] = WRITERS.map((writer) => writer.name);

export function writerOf(name: string): LogWriter | undefined {
  return WRITERS.find((writer) => writer.name === name);
}
