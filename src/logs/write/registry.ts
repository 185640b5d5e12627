// SPDX-License-Identifier: MIT
// The forms that `tomare convert` writes. A new form is one file, and a line here and in targets.ts.
import { csv } from './csv.ts';
import { geojson } from './geojson.ts';
import { gpx } from './gpx.ts';
import { ndjson } from './ndjson.ts';
import type { Target } from './targets.ts';
import type { LogWriter } from './writer.ts';

export const WRITERS: Readonly<Record<Target, LogWriter>> = { csv, ndjson, gpx, geojson };
