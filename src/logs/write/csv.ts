// SPDX-License-Identifier: MIT
// CSV with the names of our contract; a column of which no fix has a value is not written.
import { type FixText, fixText, type LogWriter, parts } from './writer.ts';

const COLUMNS: readonly (keyof FixText)[] = ['time', 'lat', 'lon', 'speed_mps', 'heading_deg', 'accuracy_m'];
const NEEDED = 3;

export const csv: LogWriter = {
  name: 'csv',
  ending: 'csv',
  *write({ fixes }) {
    const used = new Set<keyof FixText>(COLUMNS.slice(0, NEEDED));
    for (let i = 0; i < fixes.count && used.size < COLUMNS.length; i++) {
      const fix = fixText(fixes, i);
      for (const column of COLUMNS) if (fix[column] !== '') used.add(column);
    }
    const columns = COLUMNS.filter((column) => used.has(column));
    yield `${columns.join(',')}\n`;
    yield* parts(fixes, (fix) => `${columns.map((column) => fix[column]).join(',')}\n`);
  },
};
