// SPDX-License-Identifier: MIT
// A map that is built is whole or not there: whoever else writes the same output, and whenever the build is ended.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { townPbf } from '../../mapdata/demo/make.ts';
import { writeOsmPbf } from '../../mapdata/demo/osm_pbf.ts';
import { buildMap } from '../../src/mapbuild.ts';

const folder = mkdtempSync(join(tmpdir(), 'tomare-whole-'));
const out = join(folder, 'out');
const map = join(out, 'same.tmap');
const small = join(folder, 'small.osm.pbf');
const large = join(folder, 'large.osm.pbf');
const main = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts');
const SIDE = 150;
const canUnshare = spawnSync('unshare', ['--pid', '--fork', 'true']).status === 0;

/** Streets in a square of so many by so many junctions. */
function grid(): Uint8Array {
  const line = Array.from({ length: SIDE }, (_, i) => i);
  const id = (x: number, y: number) => 1 + x + SIDE * y;
  const nodes = line.flatMap((y) => line.map((x) => ({ id: id(x, y), lat: 35 + y / 1000, lon: 139 + x / 1000 })));
  const way = (number: number, refs: number[]) => ({ id: number, refs, tags: { highway: 'residential' } });
  const ways = line.flatMap((a) => [
    way(
      2 * a + 1,
      line.map((b) => id(a, b)),
    ),
    way(
      2 * a + 2,
      line.map((b) => id(b, a)),
    ),
  ]);
  return writeOsmPbf({ nodes, ways, relations: [] });
}

beforeAll(() => {
  writeFileSync(small, townPbf());
  writeFileSync(large, grid());
});
beforeEach(() => {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
});
afterAll(() => rmSync(folder, { recursive: true }));

const parts = () => readdirSync(out).filter((name) => name.endsWith('.part'));

function build(extract: string, ...before: string[]) {
  const command = [...before, process.execPath, '--disable-warning=ExperimentalWarning', main];
  const [program = '', ...args] = [...command, 'map', 'build', extract, '-o', map];
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let text = '';
  child.stderr.on('data', (data) => {
    text += data;
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, text }));
  return { child, ended };
}

async function untilBegun(child: ChildProcess): Promise<void> {
  while (parts().length === 0 && child.exitCode === null) await sleep(2);
}

function verify(): number | null {
  return spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', main, 'map', 'verify', map]).status;
}

describe('two builds of one output', () => {
  const orders = [
    ['the larger first', large, small],
    ['the smaller first', small, large],
  ] as const;

  it.each(orders)('%s, with different process ids', async (_, first, second) => {
    const a = build(first);
    await untilBegun(a.child);
    const b = build(second);
    expect([(await a.ended).code, (await b.ended).code, verify(), parts()]).toEqual([0, 0, 0, []]);
  });

  it.skipIf(!canUnshare).each(orders)('%s, both process 1 of a container (needs root)', async (_, first, second) => {
    const a = build(first, 'unshare', '--pid', '--fork');
    await untilBegun(a.child);
    const b = build(second, 'unshare', '--pid', '--fork');
    expect([(await a.ended).code, (await b.ended).code, verify(), parts()]).toEqual([0, 0, 0, []]);
  });
});

describe('a build that is ended', () => {
  it('by SIGTERM at 20 random moments leaves nothing unfinished', async () => {
    const began = performance.now();
    expect((await build(large).ended).code).toBe(0);
    const whole = performance.now() - began;
    let interrupted = 0;
    for (let i = 0; i < 20; i++) {
      rmSync(map, { force: true });
      const { child, ended } = build(large);
      const moment = Math.random() * whole;
      await Promise.race([sleep(moment), ended]);
      child.kill('SIGTERM');
      const { code, signal } = await ended;
      expect(parts(), `after ${moment.toFixed(0)} ms`).toEqual([]);
      if (signal === 'SIGTERM') interrupted++;
      else expect([code, existsSync(map)], `after ${moment.toFixed(0)} ms`).toEqual([0, true]);
    }
    expect(interrupted).toBeGreaterThan(3);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('by %s once it has begun, ends by the signal', async (name) => {
    const { child, ended } = build(large);
    await untilBegun(child);
    child.kill(name);
    expect([(await ended).signal, readdirSync(out)]).toEqual([name, []]);
  });

  it.skipIf(!canUnshare)('as process 1 of a container, too (needs root)', async () => {
    const { child, ended } = build(large, 'unshare', '--pid', '--fork', '--kill-child');
    await untilBegun(child);
    const inside = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim();
    process.kill(Number(inside), 'SIGTERM');
    expect([(await ended).code, readdirSync(out)]).toEqual([143, []]);
  });

  it('by SIGKILL leaves a file that the next build names, with what to do', async () => {
    const { child, ended } = build(large);
    await untilBegun(child);
    child.kill('SIGKILL');
    await ended;
    const [left = ''] = parts();
    expect(left).toMatch(/^same\.tmap\.[0-9a-f]{16}\.part$/);
    const { code, text } = await build(small).ended;
    expect(text).toBe(
      `tomare: ${join(out, left)} is the unfinished output of another run: if none is under way, it was killed; delete the file\n`,
    );
    expect([code, parts()]).toEqual([0, [left]]);
  });
});

describe('a disk that is full', () => {
  const mount = `mount -t tmpfs -o size=64k tomare '${out}'`;
  const canMount = spawnSync('unshare', ['--mount', 'sh', '-c', `mkdir -p '${out}' && ${mount}`]).status === 0;

  it.skipIf(!canMount)('is told, and nothing is left on it (needs root)', () => {
    const node = `'${process.execPath}' --disable-warning=ExperimentalWarning '${main}'`;
    const script = `${mount} && ${node} map build '${large}' -o '${map}'; echo "$?" $(ls -A '${out}')`;
    const { stdout, stderr } = spawnSync('unshare', ['--mount', 'sh', '-c', script], { encoding: 'utf8' });
    expect(stdout.trim()).toBe('1');
    expect(stderr).toBe(`tomare: The disk is full: ${map}: nothing was left behind (OUTPUT_FULL 128)\n`);
  });
});

describe('an output that is a symbolic link', () => {
  it('to a file stays a link, and the file is replaced', async () => {
    writeFileSync(join(out, 'old.tmap'), 'old');
    symlinkSync('old.tmap', map);
    await buildMap({ inputs: [small], output: map });
    expect([readlinkSync(map), readFileSync(join(out, 'old.tmap')).length > 4096]).toEqual(['old.tmap', true]);
  });

  it('to nothing is an error', async () => {
    symlinkSync('none.tmap', map);
    const { code, text } = await build(small).ended;
    expect([code, readdirSync(out)]).toEqual([1, ['same.tmap']]);
    expect(text).toMatch(
      /it is a symbolic link to a file that is not there; nothing was left behind \(OUTPUT 112\)\n$/,
    );
  });
});
