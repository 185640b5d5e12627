// SPDX-License-Identifier: MIT
// The command `tomare`. Exit codes: 0 analyzed, 1 some logs failed, 2 wrong use, 3 map unusable.
// A command's own modules are imported when it runs: what it does not need costs no start-up time.
import { availableParallelism } from 'node:os';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { AUDIT_FORMATS } from '../audit/rows.ts';
import { describe, ERRORS, TomareError } from '../errors.ts';
import { TARGETS } from '../logs/write/targets.ts';
import { FORMATS } from '../report/formats.ts';
import { MATCH_FORMATS } from '../report/matched.ts';
import { VERSION } from '../report/version.ts';
import { VEHICLES } from '../types.ts';
import type { CommandOptions } from './analyze.ts';
import type { AuditOptions } from './audit.ts';
import type { ConvertOptions } from './convert.ts';
import type { EraseOptions } from './erase.ts';
import type { MatchOptions } from './match.ts';
import type { ReportOptions } from './report.ts';
import type { ReviewCommandOptions } from './review.ts';

let exitCode = 0;

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('a whole number from 1 is expected');
  return value;
}

function exitCodeOf(error: unknown): number {
  const name = error instanceof TomareError ? error.errorName : '';
  if (/^(MAP_|PBF_|ARENA_SIZE|TILE_LIMIT)/.test(name)) return 3;
  return ['USAGE', 'SETTINGS', 'PROFILE'].includes(name) ? 2 : 1;
}

/** Who reads the output may leave early; a disk behind it may be full. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  const name = error.code === 'ENOSPC' ? 'OUTPUT_FULL' : 'OUTPUT';
  process.stderr.write(`tomare: ${describe(new TomareError(name, 'standard output'))}\n`);
  process.exit(1);
});

const program = new Command('tomare')
  .description('Reads driving logs and an OpenStreetMap road map, and says which traffic rules the drives broke.')
  .version(VERSION)
  .exitOverride();

program
  .command('analyze')
  .description('analyze logs of any format: files, folders, zip archives, or - for standard input')
  .argument('<log...>')
  .option('--map <file>', 'the road map (.tmap); without it the bundled town')
  .option('--settings <file>', 'the policy, in place of the shipped settings.yaml')
  .option('--profile <country>', 'the law, in place of that of the country where the car drives', 'auto')
  .addOption(new Option('--vehicle <kind>', 'the vehicle').choices(VEHICLES).default('car'))
  .addOption(new Option('--format <format>', 'of the result').choices(FORMATS).default('json'))
  .option('--out <file>', 'write the result here, whole or not at all')
  .option('--route', 'with the ways driven', false)
  .option('--all', 'with complied and undetermined findings', false)
  .option('--jobs <n>', 'logs analyzed at the same time', positive, 1)
  .option('--columns <list>', 'which columns serve: time=…,lat=…,lon=…,speed=kmh:…')
  .option('--vehicle-id <id>', 'the vehicle, where the logs do not name it')
  .option('--driver-id <id>', 'the driver, where the logs do not name them')
  .option('--tz <zone>', 'time zone, in place of that of the place (IANA name)')
  .option('--decisions <file>', 'decisions.ndjson of a review: what was dismissed is undetermined')
  .option('--audit <file>', 'also write the places where most of these drives break the rule (.csv, .geojson)')
  .action(async (logs: string[], options: Omit<CommandOptions, 'map'> & { map?: string }) => {
    const map = options.map ?? (await (await import('./demo.ts')).bundledTown());
    if (options.map === undefined) process.stderr.write('tomare: no --map was given; the bundled town is used\n');
    const jobs = Math.min(options.jobs, availableParallelism());
    const { analyze } = await import('./analyze.ts');
    exitCode = (await analyze(logs, { ...options, map, jobs })) > 0 ? 1 : 0;
  });

program
  .command('report')
  .description('one HTML file that opens without a network: map, speed, findings, decisions; of one drive or of many')
  .argument('<log...>')
  .requiredOption('-o, --output <file>', 'the page to write (.html)')
  .option('--map <file>', 'the road map (.tmap); without it the bundled town')
  .option('--settings <file>', 'the policy, in place of the shipped settings.yaml')
  .option('--profile <country>', 'the law, in place of that of the country where the car drives', 'auto')
  .addOption(new Option('--vehicle <kind>', 'the vehicle').choices(VEHICLES).default('car'))
  .option('--tz <zone>', 'time zone, in place of that of the place (IANA name)')
  .addOption(new Option('--lang <language>', 'of the page at first').choices(['en', 'ja']).default('en'))
  .option('--anonymous', 'cut 300 m off both ends of each drive, and show weekdays and hours', false)
  .option('--decisions <file>', 'decisions.ndjson of an earlier review')
  .option('-q, --quiet', 'say nothing of how each log was read', false)
  .action(async (logs: string[], options: Omit<ReportOptions, 'map'> & { map?: string }) => {
    const map = options.map ?? (await (await import('./demo.ts')).bundledTown());
    if (options.map === undefined) process.stderr.write('tomare: no --map was given; the bundled town is used\n');
    const { report } = await import('./report.ts');
    exitCode = (await report(logs, { ...options, map })) > 0 ? 1 : 0;
  });
program
  .command('review')
  .description('serve the report of a folder on this machine alone, and keep decisions in its decisions.ndjson')
  .argument('<folder>')
  .option('--port <n>', 'of the loopback address; default: a free one', positive, 0)
  .action(async (folder: string, options: ReviewCommandOptions) =>
    (await import('./review.ts')).review(folder, options),
  );

program
  .command('audit')
  .description('places where most who pass break the rule: map and street seem to disagree there')
  .argument('<results...>', 'files or folders of results made with --all --route: JSON or NDJSON, also gzipped')
  .addOption(new Option('--format <format>', "of the places; default: by the output's ending").choices(AUDIT_FORMATS))
  .option('-o, --output <file>', 'write the places here, in place of standard output')
  .option('--settings <file>', 'the policy, in place of the shipped settings.yaml')
  .option('--results <file>', 'write the results here with disputed findings undetermined (NDJSON)')
  .action(async (results: string[], options: AuditOptions) => (await import('./audit.ts')).audit(results, options));

program
  .command('match')
  .description('match logs to the roads: lines of the ways driven, without any rule')
  .argument('<log...>')
  .option('--map <file>', 'the road map (.tmap); without it the bundled town')
  .option('--settings <file>', 'the policy, in place of the shipped settings.yaml')
  .option('--profile <country>', 'the law for limits without a sign, in place of that of the country', 'auto')
  .addOption(new Option('--vehicle <kind>', 'the vehicle').choices(VEHICLES).default('car'))
  .addOption(new Option('--format <format>', 'of the lines').choices(MATCH_FORMATS).default('geojson'))
  .option('-o, --out <file>', 'write the lines here, whole or not at all')
  .option('--tz <zone>', 'time zone of the lines, and of times without a zone')
  .action(async (logs: string[], options: Omit<MatchOptions, 'map'> & { map?: string }) => {
    const map = options.map ?? (await (await import('./demo.ts')).bundledTown());
    if (options.map === undefined) process.stderr.write('tomare: no --map was given; the bundled town is used\n');
    const { match } = await import('./match.ts');
    exitCode = (await match(logs, { ...options, map })) > 0 ? 1 : 0;
  });

program
  .command('convert')
  .description('write logs of any format as CSV, NDJSON, GPX or GeoJSON')
  .argument('<log...>')
  .addOption(new Option('--to <format>', 'to write').choices(TARGETS).makeOptionMandatory())
  .option('-o, --output <path>', 'file for one log, folder for several; without it one log goes to standard output')
  .option('--tz <zone>', 'time zone of times without a zone')
  .action(async (logs: string[], options: ConvertOptions) => {
    const { convert } = await import('./convert.ts');
    exitCode = (await convert(logs, options)) > 0 ? 1 : 0;
  });

const map = program.command('map').description('build and look at road maps');
map
  .command('build')
  .description('compile OpenStreetMap extracts (.osm.pbf) to a road map')
  .argument('<extract...>')
  .requiredOption('-o, --output <file>', 'the map to write (.tmap)')
  .option('--name <name>', 'name of the map; default: that of the first extract')
  .option('--overlay <file>', 'regulations from elsewhere: GeoJSON, CSV, or the police open data of Japan')
  .option('--left-out <file>', 'turn restrictions that the map could not take, with the reason, as CSV')
  .action(async (inputs: string[], options: { output: string; name?: string; overlay?: string; leftOut?: string }) => {
    const { mapBuild } = await import('./map.ts');
    await mapBuild(inputs, options.output, options.name, options.overlay, options.leftOut);
  });
map
  .command('info')
  .argument('<map>')
  .description('what the map holds')
  .action(async (path: string) => (await import('./map.ts')).mapInfo(path));
map
  .command('verify')
  .argument('<map>')
  .description('check every tile')
  .action(async (path: string) => {
    exitCode = (await import('./map.ts')).mapVerify(path) > 0 ? 3 : 0;
  });

const several = (value: string, all: string[]) => [...all, value];
program
  .command('erase')
  .description('delete what the batch on AWS keeps of a driver, a vehicle or logs by their keys')
  .option('--driver <id>', 'all drives of this driver')
  .option('--vehicle <id>', 'all drives of this vehicle')
  .option('--key <prefix>', 'all drives whose logs have keys that begin so')
  .requiredOption('--results <bucket>', 'where results and failures lie')
  .option('--prefix <prefix>', 'of all that the function writes', 'tomare/')
  .option('--logs <bucket>', 'delete the driving logs here too')
  .option('--dead-letters <url>', 'a queue whose letters are gone through; may be given again', several, [])
  .option('--queue <url>', 'a queue that must be empty; may be given again', several, [])
  .option('--dry-run', 'count, and delete nothing', false)
  .action(async (options: EraseOptions) => {
    const { eraseSubject } = await import('./erase.ts');
    exitCode = (await eraseSubject(options)) > 0 ? 1 : 0;
  });

program
  .command('schema')
  .description('the JSON Schema of the result')
  .action(async () => {
    const { jsonSchema } = await import('../report/result.ts');
    process.stdout.write(`${JSON.stringify(jsonSchema(), null, 2)}
`);
  });
program
  .command('explain')
  .description('what an error name or code means')
  .argument('[error]')
  .action((wanted?: string) => {
    const shown = ERRORS.filter(
      (e) => wanted === undefined || e.name === wanted.toUpperCase() || String(e.code) === wanted,
    );
    if (shown.length === 0) throw new TomareError('USAGE', `there is no error "${wanted}"`);
    for (const e of shown) process.stdout.write(`${e.code} ${e.name}: ${e.text}\n`);
  });

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    process.stderr.write(`tomare: ${describe(error)}\n`);
    exitCode = exitCodeOf(error);
  }
}
process.exitCode = exitCode;
