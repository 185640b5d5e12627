// SPDX-License-Identifier: MIT
// Markdown tables: the first column is text, the others are figures.

export const grouped = (value: number): string => Math.round(value).toLocaleString('en');
export const mega = (bytes: number): string => (bytes / 1e6).toFixed(1);

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = `|---|${head
    .slice(1)
    .map(() => '---:|')
    .join('')}`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}
