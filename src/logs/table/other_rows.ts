// SPDX-License-Identifier: MIT
// Rows among the data that are none: units below the header, and the header again.
import { inZone } from '../clock/names.ts';
import { fieldText, type Row } from './fields.ts';
import { type Header, headerOf } from './header.ts';
import { meaningOf, speedUnit, zoneOfName } from './names.ts';

/** Words that stand in a row of units. */
const UNIT_WORDS =
  /^(?:deg|degrees?|°|unix time|iso8601|m|s|ms|m\/s|km\/h|kmh|mph|kn|knots?|utc|gmt|sec|semicircles|string|float|double|datetime|text|number|\[(?!\s*-?\d+\.\d).*\])$/i;

/** The zone that a cell of units gives to its times: [UTC], UTC+9, JST, Asia/Tokyo. */
function zoneOf(cell: string): string | undefined {
  const bare = cell.replace(/^[[(]\s*|\s*[\])]$/g, '');
  return (
    zoneOfName(cell) ?? (/^[A-Z]\w+\/|^[A-Z]{3,4}$/.test(bare) && inZone(bare, 0) !== undefined ? bare : undefined)
  );
}

/** Whether the first row holds units; they are those of speeds whose names have none. */
export function unitsRow(header: Header, row: Row): boolean {
  const { index, speeds, times } = header;
  const cells = Array.from({ length: row.count }, (_, i) => fieldText(row, i));
  const places = [cells[index.lat ?? -1] ?? '', cells[index.lon ?? -1] ?? ''];
  if (cells.length > 1 && cells.every((cell) => /^[-+=]{2,}$/.test(cell))) return true;
  const isUnit = (cell: string) => UNIT_WORDS.test(cell);
  if (!places.every((place) => place === '' || isUnit(place)) || !cells.some(isUnit)) return false;
  const zoned = [...times.map((time) => time.index), index.date ?? -1];
  for (const at of zoned) header.zone ??= zoneOf(cells[at] ?? '');
  for (const speed of speeds) {
    const words = (cells[speed.index] ?? '').toLowerCase().replace(/[^a-z0-9]+/g, ' ');
    speed.unit = speedUnit(words.trim()) ?? speed.unit;
  }
  return true;
}

/** A header again, as programs write one at each start; `time`: what stands in the place of the time, where that is no time. */
export function headerAgain({ names, index }: Header, row: Row, time = ''): boolean {
  if ([index.lat, index.lon].every((i) => i !== undefined && fieldText(row, i) === names[i])) return true;
  if (meaningOf(time) === undefined) return false;
  return (
    typeof headerOf(
      Array.from({ length: row.count }, (_, i) => fieldText(row, i)),
      [],
    ) === 'object'
  );
}
