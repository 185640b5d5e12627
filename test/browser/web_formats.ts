// SPDX-License-Identifier: MIT
// Logs of every format in the browser and on Node, over one map of the roads that they drove: the same results, the same errors.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { type OsmData, writeOsmPbf } from '../../mapdata/demo/osm_pbf.ts';
import { TomareError } from '../../src/errors.ts';
import { driveIds } from '../../src/logs/ids.ts';
import { readLog } from '../../src/logs/read.ts';
import { buildMap } from '../../src/mapbuild.ts';
import { openSession } from '../../src/session.ts';
import { FIXTURES } from '../formats/all.ts';
import { DRIVE, parquetFile, zipFile } from '../formats/builders.ts';
import { check, open } from './checks.ts';
import { FOLDER } from './pages.ts';
import { quiet } from './views.ts';

interface LogFile {
  name: string;
  bytes: Buffer;
}

/** One result a line as the page saves them, and the errors of what could not be used. */
export async function nodeResults(
  map: string,
  logs: readonly LogFile[],
): Promise<{ lines: string[]; errors: string[] }> {
  const plan = openSession({ map }).plan({ all: true, route: true });
  const ids = driveIds(logs.map(({ name }) => name));
  const lines: string[] = [];
  const errors: string[] = [];
  for (const [i, { name, bytes }] of logs.entries()) {
    try {
      const log = await readLog(new File([new Uint8Array(bytes)], name), plan.reading);
      const result = plan.analyze(log);
      result.drive.id = ids[i] ?? '';
      lines.push(`${JSON.stringify(result)}\n`);
    } catch (error) {
      if (!(error instanceof TomareError)) throw error;
      errors.push(`${name} ${error.errorName}`);
    }
  }
  return { lines, errors };
}

/** Logs of one drive each, packed ones, and files that are none. */
function logFiles(): LogFile[] {
  const gpx = FIXTURES.find(({ name }) => name === 'garmin.gpx')?.bytes ?? Buffer.alloc(0);
  const gzipped = gzipSync(gpx);
  return [
    ...FIXTURES,
    { name: 'gzip.parquet', bytes: parquetFile(DRIVE, 'GZIP') },
    { name: 'packed.gpx.gz', bytes: gzipped },
    { name: 'members.gpx.gz', bytes: Buffer.concat([gzipSync(gpx.subarray(0, 500)), gzipSync(gpx.subarray(500))]) },
    { name: 'one.zip', bytes: zipFile([{ name: 'garmin.gpx', data: gpx }]) },
    { name: 'cut.gpx.gz', bytes: gzipped.subarray(0, gzipped.length - 20) },
    { name: 'cut.gpx', bytes: gpx.subarray(0, 700) },
    { name: 'empty.csv', bytes: Buffer.alloc(0) },
    { name: 'words.txt', bytes: Buffer.from('no log at all\n') },
    { name: 'shift_jis.csv', bytes: Buffer.from([0x8e, 0x9e, 0x8d, 0x8f, 0x2c, 0x88, 0xdc, 0x93, 0x78, 0x0a]) },
  ];
}

/** A road along the fixes of every log. */
async function roads(logs: readonly LogFile[]): Promise<OsmData> {
  const data: OsmData = { nodes: [], ways: [], relations: [] };
  for (const { name, bytes } of logs) {
    const log = await readLog(new File([new Uint8Array(bytes)], name), { timeZone: 'Asia/Tokyo' }).catch(
      () => undefined,
    );
    if (!log) continue;
    const first = data.nodes.length + 1;
    const { fixes } = log;
    for (let i = 0; i < fixes.count; i++) {
      data.nodes.push({ id: first + i, lat: fixes.lat[i] ?? 0, lon: fixes.lon[i] ?? 0 });
    }
    const refs = Array.from({ length: fixes.count }, (_, i) => first + i);
    data.ways.push({ id: data.ways.length + 1, refs, tags: { highway: 'secondary', maxspeed: '30' } });
  }
  return data;
}

export async function everyFormat(browser: Browser, url: string): Promise<void> {
  const logs = logFiles();
  const folder = join(FOLDER, 'formats');
  mkdirSync(folder, { recursive: true });
  const extract = join(folder, 'roads.osm.pbf');
  writeFileSync(extract, writeOsmPbf(await roads(logs)));
  await buildMap({ inputs: [extract], output: join(folder, 'roads.tmap') });
  const node = await nodeResults(join(folder, 'roads.tmap'), logs);
  const { page, seen } = await open(browser, url);
  await page.setInputFiles('#maps', extract);
  await page.setInputFiles(
    '#logs',
    logs.map(({ name, bytes }) => ({ name, mimeType: '', buffer: bytes })),
  );
  await page.getByRole('button', { name: 'Analyze' }).click();
  await page.waitForSelector('#app main', { timeout: 60_000 });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the results' }).click(),
  ]);
  const lines = readFileSync(await download.path(), 'utf8').split(/(?<=\n)/);
  const wrong = node.lines.flatMap((line, i) => (line === lines[i] ? [] : [JSON.parse(line).drive.id as string]));
  check(
    'web: every format is read as on Node, byte by byte',
    wrong.length === 0 && lines.length === node.lines.length && lines.length > 25,
    `${lines.length} of ${logs.length} logs are drives${wrong.length > 0 ? `; not equal: ${wrong.join(', ')}` : ''}`,
  );
  const said = await page.locator('.failures li').evaluateAll((items) =>
    items.map((item) => {
      const name = /Error \d+, (\w+)/.exec(item.textContent ?? '')?.[1];
      return `${item.querySelector('.file')?.textContent} ${name}`;
    }),
  );
  check('web: what is no log has the error of Node', said.join() === node.errors.join(), said.join(', '));
  quiet('web, every format', seen);
  await page.context().close();
  await several(browser, url, extract);
}

/** An archive of several logs, and what only Node can inflate. */
async function several(browser: Browser, url: string, extract: string): Promise<void> {
  const { page, seen } = await open(browser, url);
  const gpx = FIXTURES.find(({ name }) => name === 'garmin.gpx')?.bytes ?? Buffer.alloc(0);
  const zip = zipFile([
    { name: 'a/drive.gpx', data: gpx },
    { name: 'b/drive.gpx', data: gpx },
    { name: 'readme.txt', data: 'words\n' },
  ]);
  const brotli = parquetFile(DRIVE, 'BROTLI');
  await page.setInputFiles('#maps', extract);
  await page.setInputFiles('#logs', [
    { name: 'several.zip', mimeType: '', buffer: zip },
    { name: 'brotli.parquet', mimeType: '', buffer: brotli },
  ]);
  await page.getByRole('button', { name: 'Analyze' }).click();
  await page.waitForSelector('#app main', { timeout: 60_000 });
  const drives = await page.locator('.top nav option').allTextContents();
  check(
    'web: an archive of several logs is several drives',
    drives.filter((name) => /several/.test(name)).length === 2,
    drives.join(),
  );
  const said = (await page.locator('.failures').textContent()) ?? '';
  check(
    'web: what only Node inflates is named',
    /brotli\.parquet.*not in the browser.*LOG_PARQUET/s.test(said),
    said.slice(0, 160),
  );
  quiet('web, archives', seen);
  await page.context().close();
}
