// SPDX-License-Identifier: MIT
// `tomare analyze`: logs in, results out in the order of the arguments; a bad log fails alone.
import { disputedPlaces } from '../audit/places.ts';
import { renderPlaces } from '../audit/rows.ts';
import { Tally } from '../audit/tally.ts';
import { withDecisions } from '../decisions/apply.ts';
import { readDecisions } from '../decisions/file.ts';
import { inForce } from '../decisions/in_force.ts';
import { FORMAT_FACTS } from '../report/registry.ts';
import type { Result } from '../report/result.ts';
import { openSession } from '../session.ts';
import type { Settings } from '../settings/settings.ts';
import { writePlaces } from './audit.ts';
import { type LogOptions, namedLogs, readingOf, sessionOptions, settingsOf } from './common.ts';
import { overLogs } from './loop.ts';
import { openResults, type ResultOptions } from './results.ts';

export interface CommandOptions extends LogOptions, ResultOptions {
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

const WANT = { result: 'result', stretches: 'stretches', drive: 'page' } as const;

/** What is asked of the engine: all of it where an audit or the page is made of it too. */
function batchOf(options: CommandOptions, settings: Settings) {
  const { needs } = FORMAT_FACTS[options.format];
  const whole = options.audit !== undefined || needs === 'drive';
  return {
    want: WANT[needs],
    session: sessionOptions(options, settings),
    analyze: { vehicle: options.vehicle, route: options.route || whole, all: options.all || whole },
    reading: readingOf(options),
  };
}

function writeAudit(tally: Tally, output: string, settings: Settings): void {
  const places = disputedPlaces(tally, settings.audit);
  writePlaces(places, tally, { output });
  process.stderr.write(renderPlaces(places, 'table', tally.drives));
}

/** The number of logs that failed. */
export async function analyze(paths: readonly string[], options: CommandOptions): Promise<number> {
  const files = await namedLogs(paths);
  const settings = settingsOf(options);
  const batch = batchOf(options, settings);
  const decisions = options.decisions === undefined ? [] : readDecisions(options.decisions).decisions;
  const isPage = batch.want === 'page'; // it shows all findings, and the decisions beside them
  const decided = options.decisions === undefined || isPage ? undefined : inForce(decisions);
  const tally = options.audit === undefined ? undefined : new Tally(settings.audit);
  const session = openSession(batch.session);
  const page = async () => {
    const { Report } = await import('../html/report.ts');
    return { report: new Report({ session, settings, vehicle: options.vehicle, drives: files.length }), decisions };
  };
  const results = await openResults(options, files.length > 1, page);
  let failed = 0;
  try {
    failed = await overLogs(files, batch, { ...options, jobs: options.jobs ?? 1, session }, (drive) => {
      tally?.add(drive.result);
      const asked = tally && !isPage ? shown(drive.result, options) : drive.result;
      return results.add({ ...drive, result: decided ? withDecisions(asked, decided) : asked });
    });
    await results.end();
  } catch (error) {
    results.fail();
    throw error;
  }
  if (tally && options.audit !== undefined) writeAudit(tally, options.audit, settings);
  return failed;
}
