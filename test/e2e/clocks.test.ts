// SPDX-License-Identifier: MIT
// A clock that jumps costs the fixes concerned and no other: the findings are those of the clean drive, and the
// account says what was left out.
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeDemo } from '../../mapdata/demo/make.ts';
import { Analyzer } from '../../src/analyzer.ts';
import { readStream } from '../../src/logs/read.ts';
import { buildMap } from '../../src/mapbuild.ts';
import { loadProfile } from '../../src/settings/profile.ts';
import { loadSettings } from '../../src/settings/settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'tomare-'));
const map = join(folder, 'town.tmap');
const WEEKS_1024 = 1024 * 7 * 86_400;
const DRIVES = ['speeding', 'wrong-way', 'stop-run', 'crossing-run', 'school-morning', 'lawful-errand'];
let analyzer: Analyzer;

beforeAll(async () => {
  makeDemo(folder);
  await buildMap({ inputs: [join(folder, 'town.osm.pbf')], output: map });
  analyzer = new Analyzer(map);
});

interface Row {
  time: number;
  rest: string;
}

/** Rows of a demo drive; the time is its first column. */
function rowsOf(id: string): { header: string; rows: Row[] } {
  const [header = '', ...lines] = readFileSync(join(folder, 'drives', `${id}.csv`), 'utf8')
    .trimEnd()
    .split('\n');
  const rows = lines.map((line) => {
    const at = line.indexOf(',');
    return { time: Date.parse(line.slice(0, at)) / 1000, rest: line.slice(at + 1) };
  });
  return { header, rows };
}

async function judge(header: string, rows: readonly Row[]) {
  const text = [header, ...rows.map(({ time, rest }) => `${new Date(time * 1000).toISOString()},${rest}`)].join('\n');
  async function* source() {
    yield Buffer.from(text);
  }
  const { fixes, input } = await readStream('drive.csv', source(), { timeZone: 'Asia/Tokyo' });
  const { findings } = analyzer.analyze(fixes, { settings: loadSettings(), profile: loadProfile('jp') });
  const found = findings
    .filter((f) => f.verdict === 'violated' || f.verdict === 'possible' || f.verdict === 'complied')
    .map((f) => `${f.rule} ${f.verdict} at ${f.lat.toFixed(4)} ${f.lon.toFixed(4)}`);
  return { found, left: input.left_out.map(({ reason, rows: n }) => `${n} ${reason}`), input };
}

const shift = (rows: readonly Row[], from: number, to: number, seconds: number) =>
  rows.map((row, i) => (i >= from && i < to ? { ...row, time: row.time + seconds } : row));
const half = (rows: readonly Row[]) => rows.length >> 1;

/** The damaged seconds are the first of the drive, before anything is judged. */
const DAMAGES: [string, (rows: Row[]) => Row[], string[]][] = [
  ['one fix 1,024 weeks ahead', (rows) => shift(rows, 6, 7, WEEKS_1024), ['1 time_jumps']],
  ['one fix a minute ahead', (rows) => shift(rows, 6, 7, 60), ['1 time_jumps']],
  ['an hour back for 5 s', (rows) => shift(rows, 4, 9, -3600), ['5 time_falls_back']],
  ['the second half before the first', (rows) => [...rows.slice(half(rows)), ...rows.slice(0, half(rows))], []],
  ['every row twice', (rows) => rows.flatMap((row) => [row, row]), ['N doubled']],
];

describe('clocks that jump', () => {
  describe.each(DRIVES)('%s', (id) => {
    it.each(DAMAGES)('%s', async (_, damage, left) => {
      const { header, rows } = rowsOf(id);
      const clean = await judge(header, rows);
      const damaged = await judge(header, damage(rows));
      expect(damaged.found).toEqual(clean.found);
      expect(damaged.left).toEqual(left.map((text) => text.replace('N', String(rows.length))));
      expect(clean.left).toEqual([]);
    });
  });
});
