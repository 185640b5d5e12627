// SPDX-License-Identifier: MIT
// The solution of RTKLIB (.pos): a header that begins with %, columns apart by blanks, times as dates or GPS weeks, in
// GPS time, UTC or JST as the header says. Its lines are handed on as those of a table.
// RTKLIB manual, "Positioning solution file".
import type { FixSink, LogFormat, LogHead, LogSource } from '../format.ts';
import csv from './csv.ts';

const HEADER = /^%\s+(GPST|UTC|JST)\b(.*(?:latitude|x-ecef|e-baseline).*)$/im;
const APART = /[\s,;]+/;
const fieldsOf = (line: string) => line.split(APART).filter((field) => field !== '');

/** A line of a table; blank where the line is none of the solution. Date and time, or week and seconds, come first. */
function rowOf(line: string, weeks: boolean): string {
  if (!/^\s*\d/.test(line)) return '';
  const [first = '', second = '', ...rest] = fieldsOf(line);
  return [weeks ? `${first},${second}` : `${first} ${second}`, ...rest].join(',');
}

/** The head of the table, and whether its times are weeks. */
function tableOf({ text }: LogHead, sink: FixSink): { names: string; weeks: boolean; line: number } {
  const [all = '', scale = '', columns = ''] = HEADER.exec(text) ?? [];
  const line = text.slice(0, text.indexOf(all)).split('\n').length;
  if (!/latitude\(deg\)/i.test(columns)) {
    const what =
      'this solution of RTKLIB has no degrees; write it again with the format of solution "Lat/Lon/Height" in degrees';
    throw sink.bad(line, what, 'LOG_DEGREES');
  }
  const weeks = !/^\s*\d+\/\d/m.test(text.slice(text.indexOf(all) + all.length));
  const time = weeks ? 'gps_week,gps_tow' : `time (${scale})`;
  return { names: [time, ...fieldsOf(columns)].join(','), weeks, line };
}

async function* tableLines(source: LogSource, table: ReturnType<typeof tableOf>): AsyncGenerator<string> {
  let rest = '';
  let number = 0;
  const made = (line: string) =>
    `${++number === table.line ? table.names : number < table.line ? '' : rowOf(line, table.weeks)}\n`;
  for await (const chunk of source.text()) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield lines.map(made).join('');
    if (rest.length > source.limits.lineBytes) break; // the table says so
  }
  yield rest.length > source.limits.lineBytes ? rest : made(rest);
}

async function read(source: LogSource, sink: FixSink): Promise<void> {
  const table = tableOf(source.head, sink);
  const head = { ...source.head, text: `${'\n'.repeat(table.line - 1)}${table.names}\n`, whole: false };
  await csv.read({ ...source, head, pieces: () => tableLines(source, table) }, sink);
}

const pos: LogFormat = {
  name: 'pos',
  title: 'RTKLIB solution (.pos)',
  recognises: ({ text }) => text.startsWith('%') && HEADER.test(text),
  read,
};
export default pos;
