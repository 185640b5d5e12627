// SPDX-License-Identifier: MIT
import type { CommandModel } from './model.ts';

const q = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** The condition under which a command's own words are offered. */
function when({ path, commands }: CommandModel): string {
  const seen = path.split(' ').map((name) => `__fish_seen_subcommand_from ${name}`);
  const below = commands.map(({ name }) => name).join(' ');
  if (path === '') return '__fish_use_subcommand';
  return [...seen, ...(below === '' ? [] : [`not __fish_seen_subcommand_from ${below}`])].join('; and ');
}

function lines(model: CommandModel): string[] {
  const begin = `complete -c tomare -n ${q(when(model))}`;
  const commands = model.commands.map(({ name, description }) => `${begin} -f -a ${name} -d ${q(description)}`);
  const values = model.values.length > 0 ? [`${begin} -f -a ${q(model.values.join(' '))}`] : [];
  const options = model.options.map(({ flags, description, takesValue, values: choices }) => {
    const names = flags
      .map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`))
      .join(' ');
    const value = takesValue ? (choices.length > 0 ? ` -x -a ${q(choices.join(' '))}` : ' -r') : '';
    return `${begin} ${names}${value} -d ${q(description)}`;
  });
  return [...commands, ...values, ...options];
}

export function fish(models: readonly CommandModel[]): string {
  return `# fish completion of tomare: tomare completion fish > ~/.config/fish/completions/tomare.fish
${models.flatMap(lines).join('\n')}
`;
}
