// SPDX-License-Identifier: MIT
import type { CommandModel } from './model.ts';

/** A word in single quotes. */
const q = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** Which words lead from one command to one below it. */
function steps(models: readonly CommandModel[]): string {
  const known = models.filter(({ path }) => path !== '').map(({ path, name }) => [path.slice(0, -name.length), path]);
  return known
    .map(([parent = '', path = '']) => `      ${q(`${parent.trim()}/${path.split(' ').at(-1)}`)}) path=${q(path)} ;;`)
    .join('\n');
}

function valueCases(models: readonly CommandModel[]): string {
  const lines = models.flatMap(({ path, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .map(({ flags, values }) => {
        const names = flags.map((flag) => q(`${path}/${flag}`)).join('|');
        const offer = values.length === 0 ? 'return' : `words=${q(values.join(' '))}`;
        return `    ${names}) ${offer} ;;`;
      }),
  );
  return lines.join('\n');
}

function wordCases(models: readonly CommandModel[]): string {
  const lines = models.map(({ path, options, commands, values }) => {
    const flags = options.flatMap((option) => option.flags).join(' ');
    const words = [...commands.map(({ name }) => name), ...values].join(' ');
    return `    ${q(path)}) if [[ $cur == -* ]]; then words=${q(flags)}; else words=${q(words)}; fi ;;`;
  });
  return lines.join('\n');
}

export function bash(models: readonly CommandModel[]): string {
  return `# bash completion of tomare: source <(tomare completion bash)
_tomare() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} path='' words='' i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$path/\${COMP_WORDS[i]}" in
${steps(models)}
    esac
  done
  case "$path/$prev" in
${valueCases(models)}
  esac
  [[ -n $words ]] || case "$path" in
${wordCases(models)}
  esac
  [[ -n $words ]] && COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o bashdefault -o default -F _tomare tomare
`;
}
