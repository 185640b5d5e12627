// SPDX-License-Identifier: MIT
// The completion scripts, asked of the shells themselves: bash, zsh on a terminal of its own, fish.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from './resume.ts';

/** Lines as they are typed, and words that must be offered. */
const LINES: readonly (readonly [line: string, words: readonly string[]])[] = [
  ['tomare ', ['analyze', 'report', 'match', 'map', 'explain', 'doctor', 'completion']],
  ['tomare map ', ['build', 'info', 'verify']],
  ['tomare map info --', ['--json', '--help']],
  ['tomare analyze --format ', ['ndjson', 'geojson', 'parquet', 'table']],
  ['tomare analyze drive.csv --vehicle ', ['large_goods', 'moped']],
  ['tomare analyze --profile ', ['auto', 'none', 'jp']],
  ['tomare completion ', ['bash', 'zsh', 'fish', 'powershell']],
];

/** On a terminal of its own zsh shows what it would offer. */
const ZSH = `
zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z "PS1=; autoload -U compinit; compinit -u -d $1.dump; source $1; LISTMAX=1000; bindkey '^I' list-choices; echo READ''Y"
zpty -r -m z line '*READY*'
zpty -w -n z "$2"$'\\t'
for ((i = 0; i < 40; i++)); do sleep 0.05; while zpty -r -t z line; do out+=$line; done; done
zpty -d z
print -r -- $out
`;

const BASH = `
source "$1"
read -ra COMP_WORDS <<<"$2"; [[ $2 == *' ' ]] && COMP_WORDS+=(''); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
_tomare; printf '%s\\n' "\${COMPREPLY[@]}"
`;

const ASK: Readonly<Record<string, (script: string, line: string) => string[]>> = {
  bash: (script, line) => ['-c', BASH, 'bash', script, line],
  zsh: (script, line) => ['-f', '-c', ZSH, 'zsh', script, line],
  fish: (script, line) => ['-N', '-c', 'source $argv[1]; complete -C $argv[2]', script, line],
};

/** `program`: the bundled command. */
export function shellChecks(folder: string, program: string, check: Check): void {
  mkdirSync(folder, { recursive: true });
  for (const [shell, ask] of Object.entries(ASK)) {
    const script = join(folder, `completion.${shell}`);
    const options = { encoding: 'utf8', cwd: folder } as const;
    writeFileSync(script, spawnSync(process.execPath, [program, 'completion', shell], options).stdout);
    const problems = LINES.flatMap(([line, words]) => {
      const { stdout, stderr, error } = spawnSync(shell, ask(script, line), options);
      if (error !== undefined) return [error.message];
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what moves the cursor is none of the words
      const text = stdout.replace(/\u001b\[[\d;?]*[A-Za-z]/g, '');
      const missing = words.filter((word) => !new RegExp(`(^|[\\s])${word}(\\s|$)`, 'm').test(text));
      return missing.length === 0 ? [] : [`"${line}" offers no ${missing.join(', ')}: ${text}${stderr}`];
    });
    check(`completion in ${shell}, ${LINES.length} lines`, problems);
  }
}
