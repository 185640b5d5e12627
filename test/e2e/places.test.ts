// SPDX-License-Identifier: MIT
// Where the program lies and where its user stands: folders with spaces and Japanese names, relative paths, the cache.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDemo } from '../../mapdata/demo/make.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { cacheFolder } from '../../src/cli/cache.ts';
import { nodeProblem, OLDEST_NODE } from '../../src/node_version.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'tomare-places-'));
const project = join(folder, '車 project');
const logs = join(folder, '走行 記録');
const cache = join(folder, 'cache');

beforeAll(() => {
  const parts = ['package.json', 'package-lock.json', 'settings.yaml', 'src', 'mapdata', 'tools', 'wasm'];
  for (const part of parts) {
    cpSync(join(root, part), join(project, part), { recursive: true, preserveTimestamps: true });
  }
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'));
  mkdirSync(logs);
  makeDemo(logs);
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(program: string, args: string[], env: NodeJS.ProcessEnv = {}) {
  const all = { ...process.env, XDG_CACHE_HOME: cache, NODE_OPTIONS: '--disable-warning=ExperimentalWarning', ...env };
  const done = spawnSync(program, args, { cwd: logs, encoding: 'utf8', env: all });
  return { code: done.status, out: done.stdout, err: done.stderr };
}
const drive = join('drives', 'stop-run.csv');

describe('a checkout in a folder named 車 project', () => {
  const main = join(project, 'src', 'cli', 'main.ts');
  const ofRun = (out: string) => JSON.parse(out).findings.map((f: { rule: string }) => f.rule);

  it('builds a map by relative paths, and analyzes, in workers too', () => {
    const built = run(process.execPath, [main, 'map', 'build', 'town.osm.pbf', '-o', '町 の 地図.tmap']);
    expect([built.code, built.err]).toEqual([0, '']);
    const { code, out, err } = run(process.execPath, [main, 'analyze', '--map', '町 の 地図.tmap', drive]);
    expect([code, ofRun(out)]).toEqual([0, ['stop-sign']]);
    expect(err).toMatch(/^tomare: drives\/stop-run\.csv: csv; 209 fixes of 209 rows; .*\n$/);
    const args = ['analyze', '--map', '町 の 地図.tmap', '--jobs', '2', '--format', 'ndjson', drive, drive];
    const two = run(process.execPath, [main, ...args]);
    expect([two.code, two.out.trim().split('\n').map(ofRun)]).toEqual([0, [['stop-sign'], ['stop-sign']]]);
    expect(two.err.match(/: csv; 209 fixes of 209 rows; /g)).toHaveLength(2);
  });

  it('npm --prefix: paths hold from where the user stands, and its map is in the cache of the user', () => {
    const before = readdirSync(project);
    const npm = ['--prefix', project, 'run', '--silent', 'tomare', '--', 'analyze', drive];
    const { code, out, err } = run('npm', npm, { INIT_CWD: undefined });
    expect(code).toBe(0);
    expect(err).toMatch(
      /^tomare: no --map was given; the bundled town is used\ntomare: drives\/stop-run\.csv: csv; .*\n$/,
    );
    expect(ofRun(out)).toEqual(['stop-sign']);
    expect(readdirSync(project)).toEqual(before);
    expect(readdirSync(join(cache, 'tomare'))).toEqual([expect.stringMatching(/^town-[0-9a-f]{16}\.tmap$/)]);
  });

  it('a cache that cannot be made does no harm', () => {
    const { code, out } = run(process.execPath, [main, 'analyze', drive], { XDG_CACHE_HOME: '/dev/null' });
    expect([code, ofRun(out)]).toEqual([0, ['stop-sign']]);
  });
});

describe('the cache folder', () => {
  const home = homedir();
  it.each([
    ['linux', {}, join(home, '.cache', 'tomare')],
    ['linux', { XDG_CACHE_HOME: '/x' }, join('/x', 'tomare')],
    ['linux', { XDG_CACHE_HOME: 'relative' }, join(home, '.cache', 'tomare')],
    ['darwin', { XDG_CACHE_HOME: '/x' }, join(home, 'Library', 'Caches', 'tomare')],
    ['win32', { LOCALAPPDATA: '/l' }, join('/l', 'tomare', 'Cache')],
    ['win32', {}, join(home, 'AppData', 'Local', 'tomare', 'Cache')],
  ])('%s %o', (platform, env, expected) => expect(cacheFolder(env, platform)).toBe(expected));
});

describe('the Node it runs on', () => {
  it('is the one that package.json asks for, or is refused in one line', () => {
    expect(packageJson.engines.node).toBe(`>=${OLDEST_NODE.join('.')}`);
    expect(nodeProblem()).toBeUndefined();
    expect(['22.18.0', '22.23.5', '24.0.0', '100.0.0'].map((v) => nodeProblem(v))).toEqual(Array(4).fill(undefined));
    for (const old of ['12.22.0', '20.20.2', '22.17.9']) {
      expect(nodeProblem(old)).toMatch(new RegExp(`^tomare needs Node 22.18 or newer, and this is ${old}: .*$`));
    }
  });

  const system = '/usr/bin/node';
  it.skipIf(
    !existsSync(system) ||
      !nodeProblem(spawnSync(system, ['-p', 'process.versions.node'], { encoding: 'utf8' }).stdout),
  )('the command set up by an old Node brings a newer one', () => {
    const args = [join(root, 'tools', 'run.mjs'), 'node', '-p', 'process.versions.node'];
    const { out } = run(system, args, { NODE_OPTIONS: '' });
    expect(nodeProblem(out.trim())).toBeUndefined();
  });
});
