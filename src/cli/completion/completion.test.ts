// SPDX-License-Identifier: MIT
// Each script offers all that the command line declares; bash is asked itself, the other shells by test/command/run.ts.
import { execFileSync } from 'node:child_process';
import { Argument, Command, Option } from 'commander';
import { describe, expect, it } from 'vitest';
import { completion } from './completion.ts';
import { SHELLS } from './shells.ts';

const program = new Command('tomare').description("what it's for");
program
  .command('analyze')
  .description('judge: drives [of logs]')
  .argument('<log...>')
  .addOption(new Option('--format <format>', 'of the result').choices(['json', 'ndjson', 'csv']))
  .option('-o, --out <file>', 'where to')
  .option('--all', "with all that's there")
  .addOption(new Option('--secret').hideHelp());
const map = program.command('map').description('maps');
map.command('info').description('of a map').argument('<map>').option('--json');
program.command('completion').addArgument(new Argument('<shell>').choices(SHELLS));

/** What bash offers for a line whose last word is being typed. */
function offered(line: string): string[] {
  const words = line.split(' ');
  const script = `${completion(program, 'bash')}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _tomare; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .filter((word) => word !== '');
}

describe('completion', () => {
  it.each([
    ['tomare ', ['analyze', 'map', 'completion']],
    ['tomare an', ['analyze']],
    ['tomare map ', ['info']],
    ['tomare map info --', ['--json', '--help']],
    ['tomare analyze --', ['--format', '--out', '--all', '--help']],
    ['tomare analyze --all --format ', ['json', 'ndjson', 'csv']],
    ['tomare analyze --format nd', ['ndjson']],
    ['tomare analyze -o ', []],
    ['tomare analyze map ', []],
    ['tomare completion ', [...SHELLS]],
    ['tomare completion z', ['zsh']],
  ])('bash: %s', (line, words) => expect(offered(line)).toEqual(words));

  it.each(SHELLS)('%s: every command, option and value, and nothing hidden', (shell) => {
    const script = completion(program, shell);
    const long = shell === 'fish' ? ['-l format', '-l out', '-l all'] : ['--format', '--out', '--all'];
    for (const word of ['analyze', 'map', 'info', 'ndjson', 'zsh', ...long]) expect(script).toContain(word);
    expect(script).not.toContain('secret');
  });
});
