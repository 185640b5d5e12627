// SPDX-License-Identifier: MIT
// The commands that read logs: analyze, report, match, convert.
import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { TARGETS } from '../logs/write/targets.ts';
import { MATCH_FORMATS } from '../report/matched.ts';
import { FORMATS } from '../report/registry.ts';
import { TABLES } from '../report/tables.ts';
import type { CommandOptions, Summary } from './analyze.ts';
import type { ConvertOptions } from './convert.ts';
import { type FormatWish, formatChoice } from './format_choice.ts';
import type { MatchOptions } from './match.ts';
import { type Exit, oneOf, withLogs, withVoice } from './options.ts';
import type { ReportOptions } from './report.ts';
import { warn } from './warn.ts';

const LANGUAGES = ['en', 'ja'];
/** Ways in which `--fail-on` takes a batch for a failure. */
export const FAIL_ON = ['violated', 'undetermined'] as const;

/** Options as they are given: the map may be left out. */
type Given<T> = Omit<T, 'map'> & { map?: string };

/** With the map, which is the bundled town where none is named, and with as many jobs as there are processors. */
async function complete<T extends { map: string; jobs?: number; quiet?: boolean | undefined }>(
  given: Given<T>,
): Promise<T> {
  const map = given.map ?? (await (await import('./demo.ts')).bundledTown());
  if (given.map === undefined && given.quiet !== true) warn('no --map was given; the bundled town is used');
  return {
    ...given,
    map,
    bundled: given.map === undefined,
    jobs: Math.min(given.jobs ?? 1, availableParallelism()),
  } as unknown as T;
}

type FailOn = (typeof FAIL_ON)[number];
type AnalyzeOptions = Omit<CommandOptions, 'format'> & FormatWish & { failOn?: FailOn };

/** 1 where a log failed, 4 where `--fail-on` found something, else 0. */
function exitCode({ failed, violated, unsettled }: Summary, failOn?: FailOn): number {
  if (failed > 0) return 1;
  const found = failOn === 'undetermined' ? violated || unsettled : failOn === 'violated' && violated;
  return found ? 4 : 0;
}

const ANALYZE_EXAMPLES = `
Examples:
  tomare analyze --map region.tmap drive.csv
  tomare analyze --map region.tmap logs/ '2026-1?/*.gpx' @more.txt -o findings.parquet
  tomare analyze --map region.tmap logs/ --jobs 4 --resume -o results.ndjson
  tomare analyze --map region.tmap drive.csv --fail-on violated --quiet
  tomare analyze --map region.tmap drive.csv --set speeding.tolerance_kmh=0`;

function addAnalyze(program: Command, exit: Exit): void {
  withLogs(program.command('analyze').description('report which traffic rules the drives broke'))
    .addOption(
      oneOf(
        '--format <format>',
        "format of the result; default: by the output's ending, else a table on a terminal and ndjson in a pipe",
        FORMATS,
      ),
    )
    .option('--json', 'the same as --format json', false)
    .option(
      '-o, --out <file>',
      'write the result to this file, complete or not at all; into a folder, write all tables as csv or parquet',
    )
    .addOption(oneOf('--table <table>', 'table to write, if the output is one csv or parquet file', TABLES))
    .option('--excel', 'csv as Excel reads it: with a byte order mark and CRLF', false)
    .option('--route', 'add the ways driven to the result', false)
    .option('--all', 'add complied and undetermined findings', false)
    .option('--resume', 'keep finished logs beside --out, and continue when the same command runs again', false)
    .addOption(
      oneOf(
        '--fail-on <verdict>',
        'exit with code 4 if a finding is violated; undetermined: also if one is possible or undetermined',
        FAIL_ON,
      ),
    )
    .addOption(oneOf('--lang <language>', 'language of the table and the page: names of rules and offences', LANGUAGES))
    .option('--decisions <file>', 'decisions.ndjson of a review; dismissed findings become undetermined')
    .option('--audit <file>', 'also write the places where most of these drives break the rule (.csv, .geojson)')
    .addHelpText('after', ANALYZE_EXAMPLES)
    .action(async (logs: string[], given: Given<AnalyzeOptions>) => {
      const options = { ...given, format: formatChoice(given) };
      const { analyze } = await import('./analyze.ts');
      exit(exitCode(await analyze(logs, await complete<CommandOptions>(options)), given.failOn));
    });
}

function addReport(program: Command, exit: Exit): void {
  withLogs(
    program
      .command('report')
      .description(
        'write an HTML report of one or many drives: map, speed, findings, decisions; it opens without a network',
      ),
  )
    .requiredOption('-o, --output <file>', 'the page to write (.html)')
    .addOption(oneOf('--lang <language>', 'language of the page when it opens', LANGUAGES).default('en'))
    .option('--anonymous', 'cut 300 m off both ends of each drive, and show only weekdays and hours', false)
    .option('--decisions <file>', 'decisions.ndjson of an earlier review')
    .action(async (logs: string[], given: Given<ReportOptions>) => {
      const { report } = await import('./report.ts');
      exit((await report(logs, await complete<ReportOptions>(given))) > 0 ? 1 : 0);
    });
}

function addMatch(program: Command, exit: Exit): void {
  withLogs(
    program
      .command('match')
      .description('match logs to roads without judging them, and write the ways driven as lines'),
  )
    .addOption(
      oneOf('--format <format>', "format of the lines; default: by the output's ending, else geojson", MATCH_FORMATS),
    )
    .option('-o, --out <file>', 'write the lines to this file, complete or not at all')
    .action(async (logs: string[], given: Given<MatchOptions>) => {
      const ending = /\.(csv|ndjson)$/i.exec(given.out ?? '')?.[1]?.toLowerCase();
      const format = given.format ?? ((ending ?? 'geojson') as MatchOptions['format']);
      const { match } = await import('./match.ts');
      exit((await match(logs, await complete<MatchOptions>({ ...given, format }))) > 0 ? 1 : 0);
    });
}

function addConvert(program: Command, exit: Exit): void {
  const command = program
    .command('convert')
    .description('write logs of any format as CSV, NDJSON, GPX or GeoJSON')
    .argument('<log...>', 'logs, as for analyze')
    .addOption(oneOf('--to <format>', "format to write; default: by the output's ending", TARGETS))
    .option('-o, --output <path>', 'file for one log, folder for several; without it one log goes to standard output')
    .option('--tz <zone>', 'time zone of times without a zone');
  withVoice(command).action(async (logs: string[], options: ConvertOptions) => {
    const { convert } = await import('./convert.ts');
    exit((await convert(logs, options)) > 0 ? 1 : 0);
  });
}

export function addLogCommands(program: Command, exit: Exit): void {
  addAnalyze(program, exit);
  addReport(program, exit);
  addMatch(program, exit);
  addConvert(program, exit);
}
