// SPDX-License-Identifier: MIT
// `tomare audit`: what many stored results say together of the places that they passed.
import { writeSync } from 'node:fs';
import { withDisputes } from '../audit/dispute.ts';
import { type DisputedPlace, disputedPlaces } from '../audit/places.ts';
import { readResults, resultFiles } from '../audit/results.ts';
import { type AuditFormat, renderPlaces } from '../audit/rows.ts';
import { Tally } from '../audit/tally.ts';
import { TomareError } from '../errors.ts';
import { writeWhole } from '../files.ts';
import { type PolicyOptions, settingsOf } from './common.ts';
import { checkOutput } from './preflight.ts';
import { warn } from './warn.ts';

export interface AuditOptions extends PolicyOptions {
  format?: AuditFormat;
  output?: string;
  /** Where results go with the disputed findings undetermined (NDJSON). */
  results?: string;
}

/** By the ending of the output, else a table. */
export function auditFormat(format: AuditFormat | undefined, output: string | undefined): AuditFormat {
  if (format !== undefined) return format;
  if (output?.endsWith('.csv')) return 'csv';
  return output?.endsWith('.geojson') || output?.endsWith('.json') ? 'geojson' : 'table';
}

/** Writes the places to a file or standard output. */
export function writePlaces(places: readonly DisputedPlace[], tally: Tally, options: AuditOptions): void {
  const text = renderPlaces(places, auditFormat(options.format, options.output), tally.drives);
  if (options.output === undefined) writeSync(1, text);
  else writeWhole(options.output, text, warn);
}

export async function audit(paths: readonly string[], options: AuditOptions): Promise<void> {
  for (const path of [options.output, options.results]) checkOutput(path);
  const settings = settingsOf(options).audit;
  const files = resultFiles(paths);
  if (files.length === 0) throw new TomareError('USAGE', `${paths.join(', ')}: no results in it`);
  const tally = new Tally(settings);
  for await (const result of readResults(files)) tally.add(result);
  const places = disputedPlaces(tally, settings);
  writePlaces(places, tally, options);
  if (options.results === undefined) return;
  const keys = new Set(places.map((place) => place.key));
  const lines: string[] = [];
  for await (const result of readResults(files)) lines.push(JSON.stringify(withDisputes(result, keys)));
  writeWhole(options.results, `${lines.join('\n')}\n`, warn);
}
