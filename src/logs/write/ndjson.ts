// SPDX-License-Identifier: MIT
// One JSON object a line, with the names of our contract; a value that the log does not have is left out.
import { type LogWriter, parts } from './writer.ts';

export const ndjson: LogWriter = {
  name: 'ndjson',
  ending: 'ndjson',
  *write({ fixes }) {
    yield* parts(fixes, ({ time, ...numbers }) => {
      const told = Object.entries(numbers).filter(([, text]) => text !== '');
      return `{"time":"${time}",${told.map(([name, text]) => `"${name}":${text}`).join(',')}}\n`;
    });
  },
};
