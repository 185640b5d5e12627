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

/** The number of logs that failed. */
export async function analyze(paths: readonly string[], options: CommandOptions): Promise<number> {
  const files = await namedLogs(paths);
  const settings = settingsOf(options);
  const { vehicle, route, all } = options;
  const { needs } = FORMAT_FACTS[options.format];
  const isPage = needs === 'drive';
  const whole = options.audit !== undefined || isPage;
  const batch = {
    want: 'result',
    session: sessionOptions(options, settings),
    analyze: { vehicle, route: route || whole, all: all || whole },
    reading: readingOf(options),
    needs,
  } as const;
  const decisions = options.decisions === undefined ? [] : readDecisions(options.decisions).decisions;
  const decided = options.decisions === undefined || isPage ? undefined : inForce(decisions);
  const session = openSession(batch.session);
  const page = async () => {
    const { Report } = await import('../html/report.ts');
    return { report: new Report({ session, settings, vehicle, drives: files.length }), decisions };
  };
  const results = await openResults(options, files.length > 1, page);
  const tally = options.audit === undefined ? undefined : new Tally(settings.audit);
  try {
    const loop = { ...options, jobs: options.jobs ?? 1, session };
    const failed = await overLogs(files, batch, loop, async ({ result, drawn }) => {
      tally?.add(result);
      const asked = tally && !isPage ? shown(result, options) : result;
      await results.add(decided ? withDecisions(asked, decided) : asked, drawn);
    });
    if (tally && options.audit !== undefined) {
      const places = disputedPlaces(tally, settings.audit);
      writePlaces(places, tally, { output: options.audit });
      process.stderr.write(renderPlaces(places, 'table', tally.drives));
    }
    await results.end();
    return failed;
  } catch (error) {
    results.fail();
    throw error;
  }
}
