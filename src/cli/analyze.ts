// SPDX-License-Identifier: MIT
// `tomare analyze`: logs in, results out in the order of the arguments; a bad log fails alone.
import { disputedPlaces } from '../audit/places.ts';
import { renderPlaces } from '../audit/rows.ts';
import { Tally } from '../audit/tally.ts';
import { withDecisions } from '../decisions/apply.ts';
import { readDecisions } from '../decisions/file.ts';
import { inForce } from '../decisions/in_force.ts';
import { TomareError } from '../errors.ts';
import { parseColumns } from '../logs/choice.ts';
import { driveIds } from '../logs/ids.ts';
import { inputLine } from '../report/input_line.ts';
import { FORMAT_FACTS } from '../report/registry.ts';
import type { Result } from '../report/result.ts';
import { openSession } from '../session.ts';
import { knownTimeZone, loadSettings } from '../settings/settings.ts';
import type { Vehicle } from '../types.ts';
import { writePlaces } from './audit.ts';
import { logFiles } from './log_files.ts';
import type { Batch } from './outcome.ts';
import { inOrder } from './pool.ts';
import { progressBar } from './progress.ts';
import { openResults, type ResultOptions } from './results.ts';

export interface CommandOptions extends ResultOptions {
  map: string;
  settings?: string;
  profile: string;
  vehicle: Vehicle;
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
  const { needs } = FORMAT_FACTS[options.format];
  const isPage = needs === 'drive';
  const whole = options.audit !== undefined || isPage;
  const batch: Batch = {
    session: { map, settings, profile, timeZone },
    analyze: { vehicle, route: route || whole, all: all || whole },
    reading,
    needs,
  };
  const decisions = options.decisions === undefined ? [] : readDecisions(options.decisions).decisions;
  const decided = options.decisions === undefined || isPage ? undefined : inForce(decisions);
  const page = async () => {
    const { Report } = await import('../html/report.ts');
    const session = openSession(batch.session);
    return {
      report: new Report({ session, settings: loadSettings(settings), vehicle, drives: files.length }),
      decisions,
    };
  };
  const results = await openResults(options, files.length > 1, page);
  const bar = progressBar(files.length, 'logs');
  const policy = loadSettings(settings).audit;
  const tally = options.audit === undefined ? undefined : new Tally(policy);
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
    const asked = tally && !isPage ? shown(outcome.result, options) : outcome.result;
    await results.add(decided ? withDecisions(asked, decided) : asked, outcome.drawn);
  }
  bar.stop();
  if (tally && options.audit !== undefined) {
    const places = disputedPlaces(tally, policy);
    writePlaces(places, tally, { output: options.audit });
    process.stderr.write(renderPlaces(places, 'table', tally.drives));
  }
  await results.end();
  return failed;
}
