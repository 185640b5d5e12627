// SPDX-License-Identifier: MIT
// How a log was read, in one line for the terminal.
import type { Result } from './result.ts';

const FROM = { log: 'from the log', option: 'from --tz', place: 'of the place', default: 'the default' };

export function inputLine({ input, drive }: Result): string {
  const { format, preset, encoding, columns, speed_unit, zone, left_out } = input;
  const speed =
    columns['speed'] === undefined
      ? 'no speed'
      : `speed from "${columns['speed']}" ${speed_unit === null ? 'not used' : `in ${speed_unit}`}`;
  const out = left_out.map(({ reason, rows, first_line }) => `${rows} ${reason} (line ${first_line})`);
  const parts = [
    `${preset === undefined ? '' : `${preset}, `}${format}${encoding === null || encoding === 'utf-8' ? '' : ` in ${encoding}`}`,
    `${drive.fixes} fixes of ${input.rows} rows`,
    speed,
    `zone ${zone.name ?? 'of each time'} (${FROM[zone.from]})`,
    ...(out.length === 0 ? [] : [`left out: ${out.join(', ')}`]),
    ...(input.ignored.length === 0 ? [] : [`not used: ${input.ignored.join(', ')}`]),
    ...input.warnings,
  ];
  return parts.join('; ');
}
