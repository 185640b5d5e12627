// SPDX-License-Identifier: MIT
import type { CommandModel, OptionModel } from './model.ts';

/** A text inside single quotes and the brackets of _arguments. */
const text = (words: string) =>
  words
    .replaceAll('\\', '\\\\')
    .replace(/[[\]:]/g, '\\$&')
    .replaceAll("'", "'\\''");

function optionSpec({ flags, description, takesValue, values }: OptionModel): string[] {
  const value = takesValue ? `:value:${values.length > 0 ? `(${values.join(' ')})` : '_files'}` : '';
  return flags.map((flag) => `'*${flag}[${text(description)}]${value}'`);
}

const functionName = (path: string) => `_tomare${path === '' ? '' : `_${path.replaceAll(' ', '_')}`}`;

function commandFunction(model: CommandModel): string {
  const options = model.options.flatMap(optionSpec);
  if (model.commands.length === 0) {
    const rest = model.values.length > 0 ? `'*:value:(${model.values.join(' ')})'` : "'*:file:_files'";
    return `${functionName(model.path)}() {\n  _arguments ${[...options, rest].join(' \\\n    ')}\n}`;
  }
  const list = model.commands.map(({ name, description }) => `'${name}:${text(description)}'`).join(' ');
  const cases = model.commands.map(
    ({ name }) => `      ${name}) ${functionName(model.path === '' ? name : `${model.path} ${name}`)} ;;`,
  );
  return `${functionName(model.path)}() {
  local context state state_descr line
  typeset -A opt_args
  _arguments -C ${options.join(' \\\n    ')} \\
    '1:command:->command' '*::argument:->argument'
  case $state in
    command) local -a commands=(${list}); _describe command commands ;;
    argument) case $line[1] in
${cases.join('\n')}
    esac ;;
  esac
}`;
}

export function zsh(models: readonly CommandModel[]): string {
  const functions = models.map(commandFunction).join('\n');
  return `#compdef tomare
# zsh completion of tomare: tomare completion zsh > "\${fpath[1]}/_tomare"
${functions}
if [ "$funcstack[1]" = _tomare ]; then _tomare "$@"; else compdef _tomare tomare; fi
`;
}
