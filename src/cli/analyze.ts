// SPDX-License-Identifier: MIT
// `tomare analyze`: logs in, results out in the order of the arguments; a bad log fails alone.
import { disputedPlaces } from '../audit/places.ts';
import { renderPlaces } from '../audit/rows.ts';
import { Tally } from '../audit/tally.ts';
import { withDecisions } from '../decisions/apply.ts';
import { readDecisions } from '../decisions/file.ts';
import { inForce } from '../decisions/in_force.ts';
import { writeWhole } from '../files.ts';
import { type Format, render } from '../report/formats.ts';
import type { Feature } from '../report/matched.ts';
import type { Result } from '../report/result.ts';
import { writePlaces } from './audit.ts';
import { type LogOptions, namedLogs, readingOf, sessionOptions, settingsOf } from './common.ts';
import { overLogs } from './loop.ts';
import { warn } from './warn.ts';

export interface CommandOptions extends LogOptions {
  format: Format;
  out?: string;
  route: boolean;
  all: boolean;
  /** Where disputed places go. */
  audit?: string;
  /** decisions.ndjson, to be honoured. */
  decisions?: string;
}

/** What the user asked for, of a result that was made whole for the audit. */
function shown(result: Result, { all, route }: CommandOptions): Result {
  const findings = result.findings.filter((f) => all || f.verdict === 'violated' || f.verdict === 'possible');
  const { route: driven, ...rest } = { ...result, findings };
  return route && driven !== undefined ? { ...rest, route: driven } : rest;
}

/** The number of logs that failed. */
export async function analyze(paths: readonly string[], options: CommandOptions): Promise<number> {
  const files = await namedLogs(paths);
  const settings = settingsOf(options);
  const { vehicle, route, all } = options;
  const batch = {
    want: route && options.format === 'geojson' ? 'lines' : 'result',
    session: sessionOptions(options, settings),
    analyze: { vehicle, route: route || options.audit !== undefined, all: all || options.audit !== undefined },
    reading: readingOf(options),
  } as const;
  const streaming = options.format === 'ndjson' && options.out === undefined;
  const results: Result[] = [];
  const decided = options.decisions === undefined ? undefined : inForce(readDecisions(options.decisions).decisions);
  const tally = options.audit === undefined ? undefined : new Tally(settings.audit);
  const lines: Feature[] = [];
  const failed = await overLogs(files, batch, { ...options, jobs: options.jobs ?? 1 }, (parts) => {
    tally?.add(parts.result);
    const asked = tally ? shown(parts.result, options) : parts.result;
    const result = decided ? withDecisions(asked, decided) : asked;
    if (streaming) process.stdout.write(render([result], 'ndjson'));
    else {
      results.push(result);
      if ('lines' in parts) lines.push(...parts.lines);
    }
  });
  if (tally && options.audit !== undefined) {
    const places = disputedPlaces(tally, settings.audit);
    writePlaces(places, tally, { output: options.audit });
    process.stderr.write(renderPlaces(places, 'table', tally.drives));
  }
  if (!streaming && (results.length > 0 || options.out !== undefined)) {
    const text = render(results, options.format, lines);
    if (options.out === undefined) process.stdout.write(text);
    else writeWhole(options.out, text, warn);
  }
  return failed;
}
