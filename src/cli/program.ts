// SPDX-License-Identifier: MIT
// All commands with their options: the one source of help, completion and "did you mean". A command's own modules are
// imported when it runs: what it does not need costs no start-up time.
import { Argument, Command, Help } from 'commander';
import { AUDIT_FORMATS } from '../audit/rows.ts';
import { VERSION } from '../report/version.ts';
import type { AuditOptions } from './audit.ts';
import { SHELLS, type Shell } from './completion/shells.ts';
import type { EraseOptions } from './erase.ts';
import { among, type Exit, oneOf, positive, withPolicy } from './options.ts';
import { addLogCommands } from './program_logs.ts';
import type { ReviewCommandOptions } from './review.ts';

const EXAMPLES = `
Examples:
  tomare analyze drive.csv                          what one drive broke, in the bundled town
  tomare map build region.osm.pbf -o region.tmap    the road map of a region, from OpenStreetMap
  tomare analyze --map region.tmap logs/            a folder of drives
  tomare report --map region.tmap logs/ -o report.html
  tomare analyze --map region.tmap logs/ -o findings.csv
  tomare explain undetermined                       what a verdict, reason, rule or error means
  tomare explain results.ndjson#1                   why a finding was made

Exit codes: 0 done, 1 some logs failed, 2 called wrongly, 3 map unusable, 4 --fail-on found something.`;

function addMapCommands(program: Command, exit: Exit): void {
  const map = program.command('map').description('build, inspect and check road maps');
  map
    .command('build')
    .description('compile OpenStreetMap extracts (.osm.pbf) into a road map')
    .argument('<extract...>', 'OpenStreetMap extracts (.osm.pbf)')
    .requiredOption('-o, --output <file>', 'the map to write (.tmap)')
    .option('--name <name>', 'name of the map; default: that of the first extract')
    .option('--overlay <file>', 'regulations from other sources: GeoJSON, CSV, or the police open data of Japan')
    .option('--left-out <file>', 'write the turn restrictions that could not be used, with the reason (CSV)')
    .action(async (inputs: string[], options: { output: string; name?: string; overlay?: string; leftOut?: string }) =>
      (await import('./map.ts')).mapBuild(inputs, options.output, options.name, options.overlay, options.leftOut),
    );
  map
    .command('info')
    .description('print what a road map contains')
    .argument('<map>', 'a road map (.tmap)')
    .option('--json', 'print JSON', false)
    .action(async (path: string, options: { json: boolean }) => (await import('./map.ts')).mapInfo(path, options));
  map
    .command('verify')
    .description('check every tile of a road map')
    .argument('<map>', 'a road map (.tmap)')
    .action(async (path: string) => exit((await (await import('./map.ts')).mapVerify(path)) > 0 ? 3 : 0));
}

function addFindingCommands(program: Command): void {
  program
    .command('review')
    .description('serve the report of a folder on this machine only, and keep decisions in its decisions.ndjson')
    .argument('<folder>', 'folder with report.html')
    .option('--port <n>', 'port of the loopback address; default: a free one', positive, 0)
    .action(async (folder: string, options: ReviewCommandOptions) =>
      (await import('./review.ts')).review(folder, options),
    );
  withPolicy(
    program
      .command('audit')
      .description('list places where most drivers break the rule, because the map or the sign may be wrong there')
      .argument('<results...>', 'files or folders of results made with --all --route: JSON or NDJSON, also gzipped')
      .addOption(oneOf('--format <format>', "format of the places; default: by the output's ending", AUDIT_FORMATS))
      .option('-o, --output <file>', 'write the places to this file; default: standard output')
      .option('--results <file>', 'also write the results, with disputed findings undetermined (NDJSON)'),
  ).action(async (results: string[], options: AuditOptions) => (await import('./audit.ts')).audit(results, options));
}

function addBatchCommands(program: Command, exit: Exit): void {
  const several = (value: string, all: string[]) => [...all, value];
  program
    .command('erase')
    .description('delete everything that the batch on AWS keeps about a driver, a vehicle, or logs with a key prefix')
    .option('--driver <id>', 'all drives of this driver')
    .option('--vehicle <id>', 'all drives of this vehicle')
    .option('--key <prefix>', 'all drives whose log keys begin with this prefix')
    .requiredOption('--results <bucket>', 'bucket of the results and failures')
    .option('--prefix <prefix>', 'key prefix of everything that the function writes', 'tomare/')
    .option('--logs <bucket>', 'bucket of the driving logs, to delete them too')
    .option('--dead-letters <url>', 'a dead-letter queue to delete messages from; may be repeated', several, [])
    .option('--queue <url>', 'a queue that must be empty; may be repeated', several, [])
    .option('--dry-run', 'only count what would be deleted', false)
    .action(async (options: EraseOptions) =>
      exit((await (await import('./erase.ts')).eraseSubject(options)) > 0 ? 1 : 0),
    );
}

function addHelpers(program: Command, exit: Exit): void {
  program
    .command('explain')
    .description('explain a verdict, reason, rule or error; or why a finding of a result file was made')
    .argument(
      '[what]',
      'a name or code, such as undetermined or gps_gap; or RESULTS#N, finding N of a result file; default: list all names',
    )
    .addOption(oneOf('--lang <language>', 'language of reasons, rules and findings', ['en', 'ja']).default('en'))
    .option(
      '--settings <file>',
      'the settings that the results were made with; default: settings.yaml in this folder, merged over the shipped one',
    )
    .action(async (what: string | undefined, options: { lang: 'en' | 'ja'; settings?: string }) => {
      const { settingsOf } = await import('./common.ts');
      const { explain } = await import('./explain/explain.ts');
      process.stdout.write(await explain(what, options.lang, () => settingsOf({ ...options, quiet: true })));
    });
  program
    .command('schema')
    .description('print the JSON Schema of the result')
    .action(async () => {
      const { jsonSchema } = await import('../report/result.ts');
      process.stdout.write(`${JSON.stringify(jsonSchema(), null, 2)}\n`);
    });
  program
    .command('doctor')
    .description('check the installation: Node, modules, law, cache, memory, and a map')
    .option('--map <file>', 'also check this road map')
    .option('--json', 'print JSON', false)
    .action(async (options: { map?: string; json: boolean }) =>
      exit(await (await import('./doctor.ts')).doctor(options)),
    );
  program
    .command('completion')
    .description('print the completion script of a shell')
    .addArgument(new Argument('<shell>').choices(SHELLS).argParser(among(SHELLS)))
    .action(async (shell: Shell) => {
      const { completion } = await import('./completion/completion.ts');
      process.stdout.write(completion(program, shell));
    });
}

/** The whole command line. `exit` is told the code of a command that ran to its end. */
export function makeProgram(exit: Exit): Command {
  const program = new Command('tomare')
    .description('Reads driving logs and an OpenStreetMap road map, and reports which traffic rules the drives broke.')
    .version(VERSION)
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .configureHelp({
      optionDescription: (option) => new Help().optionDescription(option).replace(/ \(default: false\)$/, ''),
    })
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'tomare: ')) })
    .showHelpAfterError('See --help for what there is.');
  addLogCommands(program, exit);
  addFindingCommands(program);
  addMapCommands(program, exit);
  addBatchCommands(program, exit);
  addHelpers(program, exit);
  return program;
}
