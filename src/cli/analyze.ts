// SPDX-License-Identifier: MIT
// `tomare analyze`: logs in, results out in the order of the arguments; a bad log fails alone.
import { disputedPlaces } from '../audit/places.ts';
import { renderPlaces } from '../audit/rows.ts';
import { Tally } from '../audit/tally.ts';
import { withDecisions } from '../decisions/apply.ts';
import type { Decision } from '../decisions/decision.ts';
import { readDecisions } from '../decisions/file.ts';
import { inForce } from '../decisions/in_force.ts';
import { FORMAT_FACTS } from '../report/registry.ts';
import type { Result } from '../report/result.ts';
import type { TableLook } from '../report/table.ts';
import { openSession, type Session } from '../session.ts';
import type { Settings } from '../settings/settings.ts';
import { writePlaces } from './audit.ts';
import { type LogOptions, namedLogs, readingOf, sessionOptions, settingsOf } from './common.ts';
import { isDryRun } from './dry_run.ts';
import type { Journal } from './journal.ts';
import { overKeptLogs, overLogs } from './loop.ts';
import { nextSteps } from './next.ts';
import { checkOutput } from './preflight.ts';
import { type Drive, openResults, type ResultOptions, type Results } from './results.ts';
import { openJournal } from './resume.ts';

export interface CommandOptions extends LogOptions, ResultOptions {
  route: boolean;
  all: boolean;
  /** Where disputed places go. */
  audit?: string;
  /** decisions.ndjson, to be honoured. */
  decisions?: string;
  /** Of the names in a table. */
  lang?: 'en' | 'ja';
  /** Keeps what is done beside the output, and goes on with it. */
  resume?: boolean;
  /** No map was named: the bundled town serves. */
  bundled?: boolean;
}

/** What came of a batch. */
export interface Summary {
  /** Logs that failed. */
  failed: number;
  findings: number;
  /** Whether any finding is violated. */
  violated: boolean;
  /** Whether anything is possible, or could not be judged. */
  unsettled: boolean;
}

/** What the user asked for, of a result that was made whole for the audit. */
function shown(result: Result, { all, route }: CommandOptions): Result {
  const findings = result.findings.filter((f) => all || f.verdict === 'violated' || f.verdict === 'possible');
  const { route: driven, ...rest } = { ...result, findings };
  return route && driven !== undefined ? { ...rest, route: driven } : rest;
}

/** How a table looks. */
async function lookOf({ out, lang }: CommandOptions): Promise<TableLook> {
  const look: TableLook = {};
  if (lang !== undefined) look.nameOf = (await import('./names.ts')).namesIn(lang);
  if (out === undefined) look.paint = (await import('./colour.ts')).paint;
  return look;
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

/** One run of the command: its inputs are checked, its session is open. */
class Run {
  readonly session: Session;
  private readonly files: readonly string[];
  private readonly options: CommandOptions;
  private readonly settings: Settings;
  private readonly batch: ReturnType<typeof batchOf>;
  private readonly decisions: readonly Decision[];
  private readonly decided: ReadonlyMap<string, Decision> | undefined;
  private readonly tally: Tally | undefined;
  private readonly summary: Summary = { failed: 0, findings: 0, violated: false, unsettled: false };

  constructor(files: readonly string[], options: CommandOptions, settings: Settings) {
    this.files = files;
    this.options = options;
    this.settings = settings;
    this.batch = batchOf(options, settings);
    this.decisions = options.decisions === undefined ? [] : readDecisions(options.decisions).decisions;
    this.decided = options.decisions === undefined || this.isPage ? undefined : inForce(this.decisions);
    this.tally = options.audit === undefined ? undefined : new Tally(settings.audit);
    this.session = openSession(this.batch.session);
  }

  private get isPage(): boolean {
    return this.batch.want === 'page'; // it shows all findings, and the decisions beside them
  }

  /** Logs to results in one go. */
  async straight(): Promise<Summary> {
    const results = await this.open();
    try {
      this.summary.failed = await overLogs(this.files, this.batch, this.loop(), (parts) => this.add(parts, results));
      await this.finish(results);
    } catch (error) {
      results.fail();
      throw error;
    }
    return this.summary;
  }

  /** Logs to the journal, then the journal to results: a run that was killed goes on here. */
  async kept(): Promise<Summary> {
    const journal = await openJournal(this.options.out, this.files, this.batch, this.session);
    let results: Results | undefined;
    try {
      await overKeptLogs(this.files, this.batch, this.loop(), journal);
      results = await this.open();
      await this.replay(journal, results);
      await this.finish(results);
    } catch (error) {
      results?.fail();
      journal.close();
      throw error;
    }
    journal.remove();
    return this.summary;
  }

  private async replay(journal: Journal, results: Results): Promise<void> {
    for (const index of this.files.keys()) {
      const outcome = journal.outcome(index);
      if ('error' in outcome) this.summary.failed++;
      else await this.add(outcome, results);
    }
  }

  private loop() {
    const { out, format, jobs = 1, quiet, verbose } = this.options;
    const bar = out !== undefined || format === 'table' || process.stdout.isTTY !== true;
    return { jobs, quiet, verbose, bar, session: this.session };
  }

  private async open(): Promise<Results> {
    const { session, settings, decisions, files, options } = this;
    const page = async () => {
      const { Report } = await import('../html/report.ts');
      const { vehicle, lang = 'en' } = options;
      return { report: new Report({ session, settings, vehicle, drives: files.length, lang }), decisions, lang };
    };
    return openResults({ ...options, look: await lookOf(options) }, files.length > 1, page);
  }

  private async add(drive: Drive, results: Results): Promise<void> {
    this.tally?.add(drive.result);
    const asked = this.tally && !this.isPage ? shown(drive.result, this.options) : drive.result;
    const result = this.decided ? withDecisions(asked, this.decided) : asked;
    this.note(result);
    await results.add({ ...drive, result });
  }

  private note({ findings, exposure }: Result): void {
    const some = (...verdicts: string[]) => findings.some(({ verdict }) => verdicts.includes(verdict));
    this.summary.findings += findings.length;
    this.summary.violated ||= some('violated');
    this.summary.unsettled ||= some('possible', 'undetermined') || exposure.some((e) => (e.undetermined ?? 0) > 0);
  }

  private async finish(results: Results): Promise<void> {
    const { tally, settings, options } = this;
    if (tally && options.audit !== undefined) {
      const places = disputedPlaces(tally, settings.audit);
      writePlaces(places, tally, { output: options.audit });
      process.stderr.write(renderPlaces(places, 'table', tally.drives));
    }
    await results.end();
  }
}

export async function analyze(paths: readonly string[], options: CommandOptions): Promise<Summary> {
  const files = await namedLogs(paths, options);
  checkOutput(options.out, { folder: FORMAT_FACTS[options.format].tables });
  checkOutput(options.audit);
  const settings = settingsOf(options);
  const run = new Run(files, options, settings);
  const { format, out = 'standard output', quiet, bundled } = options;
  if (isDryRun(files, options, { session: run.session, settings, output: `${format}, ${out}` })) {
    return { failed: 0, findings: 0, violated: false, unsettled: false };
  }
  const summary = await (options.resume === true ? run.kept() : run.straight());
  if (format === 'table' && options.out === undefined && quiet !== true) {
    process.stderr.write(`${nextSteps(paths, bundled === true ? undefined : options.map, summary.findings)}\n`);
  }
  return summary;
}
