// SPDX-License-Identifier: MIT
// The commands that users copy from a document run, in its order, in a folder with a map, logs and results by the names
// that the documents use. What packs, installs or deploys is run by `npm run check`.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeDemo } from '../../mapdata/demo/make.ts';
import { wordsOfLine } from './commands.ts';
import { contentOf, ROOT, read } from './markdown.ts';

const MAIN = join(ROOT, 'src/cli/main.ts');
const folder = mkdtempSync(join(tmpdir(), 'tomare-documents-'));
const here = (name: string) => join(folder, name);
const node = (args: readonly string[]) =>
  spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], { cwd: folder, encoding: 'utf8' });

/** Lines of `tomare` in a document's code blocks, as its arguments; `npm run … tomare --` is the same command. */
const linesOf = (file: string): string[] =>
  contentOf(read(file))
    .code.flatMap((line) => line.trim().split(' && '))
    .map((line) => line.replace(/^npm run --silent tomare -- /, 'tomare '))
    .filter((line) => /^tomare [a-z]+ .*\w\.\w|^tomare \w+ \w+\/$|^mkdir /.test(line) && !line.includes('…'));

function runLine(line: string): void {
  if (line.startsWith('mkdir ')) {
    mkdirSync(here(line.slice('mkdir '.length)));
    return;
  }
  const done = node([MAIN, ...wordsOfLine(line).slice(1)]);
  expect(done.status, `${line}\n${done.stderr}`).toBe(0);
  const to = /> (\S+)$/.exec(line)?.[1];
  if (to !== undefined) writeFileSync(here(to), done.stdout);
}

/** `review` serves until it is told to end: it is up when the page answers. */
async function serves(line: string): Promise<void> {
  const args = ['--disable-warning=ExperimentalWarning', MAIN, ...wordsOfLine(line).slice(1)];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.on('close', resolve));
  let said = '';
  const address = new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data: Buffer) => {
        said += data;
        const found = /http:\/\/127\.0\.0\.1\S*/.exec(said)?.[0];
        if (found !== undefined) resolve(found);
      });
    }
    child.on('close', () => reject(new Error(`${line}: ${said}`)));
  });
  expect((await fetch(await address)).status).toBe(200);
  child.kill('SIGTERM');
  await ended;
}

beforeAll(() => {
  makeDemo(folder);
  cpSync(here('town.osm.pbf'), here('region.osm.pbf'));
  cpSync(here('drives/stop-roll.csv'), here('drive.csv'));
  cpSync(here('drives'), here('logs'), { recursive: true });
  mkdirSync(here('results'));
  const rows = /```csv\n(kind,lat,lon[\s\S]*?)```/.exec(read('mapdata/OVERLAY.md'))?.[1] ?? '';
  writeFileSync(here('regulations.csv'), rows);
  runLine('tomare map build region.osm.pbf -o region.tmap');
  runLine('tomare convert --to gpx drive.csv -o drive.gpx');
  runLine('tomare analyze --map region.tmap --format ndjson --all --route logs/ --out results/all.ndjson');
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

it('README.md, from the map to the review', async () => {
  const lines = linesOf('README.md');
  expect(lines.length).toBeGreaterThanOrEqual(5);
  for (const line of lines) await (line.startsWith('tomare review') ? serves(line) : runLine(line));
  for (const name of ['region.tmap', 'results.ndjson', 'review/report.html', 'driven.geojson']) {
    expect(existsSync(here(name)), name).toBe(true);
  }
}, 120_000);

it('README.md, as a library', () => {
  const [code = ''] = /^ {4}import \{ openSession \}[\s\S]*?\n\n/m.exec(read('README.md')) ?? [];
  const library = JSON.stringify(join(ROOT, 'src/index.ts'));
  const text = `${code.replace("'tomare'", library)}\nconsole.log(findings.map((f) => f.rule).join());`;
  writeFileSync(here('library.mjs'), text);
  const done = node([here('library.mjs')]);
  expect(done.stdout.trim(), done.stderr).toBe('stop-sign');
}, 30_000);

it.each(['mapdata/OVERLAY.md', 'docs/LOGS.md', 'docs/OPERATIONS.md'])(
  '%s',
  (file) => {
    const lines = linesOf(file).filter((line) => !line.includes('build/map.tmap'));
    expect(lines.length).toBeGreaterThanOrEqual(1);
    for (const line of lines) runLine(line);
  },
  60_000,
);
