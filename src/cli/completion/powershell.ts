// SPDX-License-Identifier: MIT
import type { CommandModel } from './model.ts';

const q = (text: string) => `'${text.replaceAll("'", "''")}'`;
const list = (words: readonly string[]) => `@(${words.map(q).join(', ')})`;

export function powershell(models: readonly CommandModel[]): string {
  const words = models.map(({ path, options, commands, values }) => {
    const all = [...commands.map(({ name }) => name), ...values, ...options.flatMap(({ flags }) => flags)];
    return `    ${q(path)} = ${list(all)}`;
  });
  const values = models.flatMap(({ path, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .flatMap(({ flags, values: choices }) => flags.map((flag) => `    ${q(`${path}/${flag}`)} = ${list(choices)}`)),
  );
  return `# PowerShell completion of tomare: tomare completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName tomare -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @{
${words.join('\n')}
  }
  $values = @{
${values.join('\n')}
  }
  $path = ''
  $previous = ''
  foreach ($element in $commandAst.CommandElements | Select-Object -Skip 1) {
    if ($element.Extent.EndOffset -ge $cursorPosition) { break }
    $previous = $element.Extent.Text
    $next = if ($path -eq '') { $previous } else { "$path $previous" }
    if ($words.ContainsKey($next)) { $path = $next }
  }
  $offered = if ($values.ContainsKey("$path/$previous")) { $values["$path/$previous"] } else { $words[$path] }
  $offered | Where-Object { $_ -like "$wordToComplete*" } |
    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
}
`;
}
