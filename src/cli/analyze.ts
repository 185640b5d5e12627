// SPDX-License-Identifier: MIT
// `tomare analyze`: logs in, results out in the order of the arguments; a bad log fails alone.
import { disputedPlaces } from '../audit/places.ts';
import { renderPlaces } from '../audit/rows.ts';
import { Tally } from '../audit/tally.ts';
import { withDecisions } from '../decisions/apply.ts';
import { readDecisions } from '../decisions/file.ts';
import { inForce } from '../decisions/in_force.ts';
import { TomareError } from '../errors.ts';
import { writeWhole } from '../files.ts';
import { parseColumns } from '../logs/choice.ts';
import { driveIds } from '../logs/ids.ts';
import { type Format, render } from '../report/formats.ts';
import { inputLine } from '../report/input_line.ts';
import type { Feature } from '../report/matched.ts';
import type { Result } from '../report/result.ts';
import { knownTimeZone, loadSettings } from '../settings/settings.ts';
import type { Vehicle } from '../types.ts';
import { writePlaces } from './audit.ts';
import { logFiles } from './log_files.ts';
import type { Batch } from './outcome.ts';
import { inOrder } from './pool.ts';
import { progressBar } from './progress.ts';
import { warn } from './warn.ts';

export interface CommandOptions {
  map: string;
  settings?: string;
  profile: string;
  vehicle: Vehicle;
  format: Format;
  out?: string;
  route: boolean;
  all: boolean;
  jobs: number;
  tz?: string;
  columns?: string;
  vehicleId?: string;
  driverId?: string;
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
  const files = await logFiles(paths);
  if (files.length === 0) throw new TomareError('USAGE', `${paths.join(', ')}: no log in it`);
  const columns = parseColumns(options.columns); // a wrong choice ends the command before the first log
  const { map, settings, profile, tz, vehicle, route, all } = options;
  const timeZone = tz === undefined ? undefined : knownTimeZone(tz, '--tz');
  const reading = { columns, vehicleId: options.vehicleId, driverId: options.driverId };
  const batch: Batch = {
    session: { map, settings, profile, timeZone },
    analyze: { vehicle, route: route || options.audit !== undefined, all: all || options.audit !== undefined },
    reading,
    lines: route && options.format === 'geojson',
  };
  const streaming = options.format === 'ndjson' && options.out === undefined;
  const bar = progressBar(files.length, 'logs');
  const results: Result[] = [];
  const decided = options.decisions === undefined ? undefined : inForce(readDecisions(options.decisions).decisions);
  const policy = loadSettings(settings).audit;
  const tally = options.audit === undefined ? undefined : new Tally(policy);
  const lines: Feature[] = [];
  const ids = driveIds(files);
  let failed = 0;
  let done = 0;
  for await (const outcome of inOrder(files, batch, options.jobs)) {
    bar.step();
    const file = files[done] ?? '';
    const id = ids[done++] ?? '';
    if ('error' in outcome) {
      failed++;
      process.stderr.write(`tomare: ${outcome.error}\n`);
      continue;
    }
    outcome.result.drive.id = file === '-' ? outcome.result.drive.id : id;
    process.stderr.write(`tomare: ${file}: ${inputLine(outcome.result)}\n`);
    tally?.add(outcome.result);
    const asked = tally ? shown(outcome.result, options) : outcome.result;
    const result = decided ? withDecisions(asked, decided) : asked;
    if (streaming) process.stdout.write(render([result], 'ndjson'));
    else {
      results.push(result);
      for (const line of outcome.lines ?? []) {
        line.properties['drive'] = outcome.result.drive.id;
        lines.push(line);
      }
    }
  }
  bar.stop();
  if (tally && options.audit !== undefined) {
    const places = disputedPlaces(tally, policy);
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
