// SPDX-License-Identifier: MIT
// How long from a change to the function that serves it? A release is played with local parts: the image built (buildah, as
// test/batch/image.sh builds it), pushed to a registry on this machine, and the emulator inside it answering with the new
// version. Beside it the way without layers: bundle, copy everything to a new machine's disk, start, answer. As root, with
// buildah and docker-registry of Debian; needs 20 GB of disk.
// usage: npm run bench -- lead-time [--size 2GB] [--keep]
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { demoTown } from '../../src/cli/demo.ts';
import { makeCheckSet } from '../../tools/check_set.ts';
import { Emulator, emulatorPath, imageCommand, runtimeCommand } from '../../tools/local/emulator.ts';
import { freePort, Server, until } from '../../tools/local/servers.ts';
import { machine } from '../machine.ts';
import { ROOT } from '../natives.ts';
import { grid, mapOf } from '../places.ts';
import { keep } from '../results.ts';
import { leadTable, type Release, total } from './lead_table.ts';

const CACHE = process.env['TOMARE_CACHE'] ?? join(homedir(), '.cache', 'tomare');
const work = mkdtempSync(join(tmpdir(), 'tomare-lead-'));
const context = join(work, 'context');
const stored = join(work, 'registry');
const IMAGE = 'localhost/tomare-lead';
const ENVIRONMENT = {
  TOMARE_INPUT_BUCKETS: 'logs',
  TOMARE_OUTPUT_BUCKET: 'results',
  TOMARE_DEAD_LETTER_URL: 'http://127.0.0.1/dead',
  AWS_REGION: 'ap-northeast-1',
};
/** Below this size no grid is made. */
const SMALL = 50e6;

const buildah = (...args: string[]) =>
  execFileSync('buildah', ['--root', join(CACHE, 'images'), '--runroot', join(work, 'run'), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 << 20,
  }).trim();

function bud(): void {
  const node = process.versions.node;
  const mounts = ['/etc/ssl/certs:/etc/ssl/certs:ro', '/etc/resolv.conf:/etc/resolv.conf:ro'];
  const bases = ['TOOLCHAIN_IMAGE=localhost/tomare-emscripten:3.1.69', `BASE_IMAGE=localhost/tomare-node:${node}`];
  const own = process.env['NODE_EXTRA_CA_CERTS'];
  if (own) mounts.push(`${own}:${own}:ro`);
  const npmrc = join(homedir(), '.npmrc');
  if (statSync(npmrc, { throwIfNoEntry: false })) mounts.push(`${npmrc}:/root/.npmrc:ro`);
  const args = ['MAP=build/map.tmap', ...bases, ...(own ? ['NODE_EXTRA_CA_CERTS'] : [])];
  const options = [...mounts.flatMap((m) => ['--volume', m]), ...args.flatMap((a) => ['--build-arg', a])];
  buildah('bud', '--isolation', 'chroot', '--layers', '-q', ...options, '-t', IMAGE, context);
}

/** A registry that keeps its layers below `stored`; its port. */
async function startRegistry(): Promise<{ server: Server; port: number }> {
  const port = await freePort();
  const config = join(work, 'registry.yaml');
  const storage = { filesystem: { rootdirectory: stored }, delete: { enabled: false } };
  writeFileSync(config, JSON.stringify({ version: 0.1, storage, http: { addr: `127.0.0.1:${port}` } }));
  const server = new Server(['docker-registry', 'serve', config], join(work, 'registry.log'));
  server.start();
  await until('the registry', async () => (await fetch(`http://127.0.0.1:${port}/v2/`)).ok);
  return { server, port };
}

/** Only layers that the registry lacks are sent. */
const push = (port: number) =>
  buildah('push', '-q', '--tls-verify=false', IMAGE, `docker://127.0.0.1:${port}/tomare:live`);

const bytesIn = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);

async function timed<T>(action: () => T | Promise<T>): Promise<[number, T]> {
  const begin = performance.now();
  const value = await action();
  return [(performance.now() - begin) / 1000, value];
}

/** Asks for the self-check, which no older version answers so. */
async function answer(emulator: Emulator, isNew: (body: string) => boolean): Promise<void> {
  const { body } = await emulator.invoke({ check: 'tomare.check' });
  if (!isNew(body)) throw new Error(`it is not the new version that answers: ${body.slice(0, 300)}`);
}

async function byImage(port: number, change: string, isNew: (body: string) => boolean): Promise<Release> {
  const [build_s] = await timed(bud);
  const before = bytesIn(stored);
  const [move_s] = await timed(() => push(port));
  const [start_s] = await timed(async () => {
    const container = buildah('from', IMAGE);
    const run = [
      'buildah',
      '--root',
      join(CACHE, 'images'),
      '--runroot',
      join(work, 'run'),
      'run',
      '--isolation',
      'chroot',
    ];
    const inside = [
      ...run,
      '--user',
      '1000:1000',
      '--volume',
      `${emulatorPath()}:/rie:ro`,
      'ENVIRONMENT',
      container,
      '--',
      '/rie',
    ];
    const emulator = await Emulator.start(imageCommand(), join(work, 'image.log'), ENVIRONMENT, inside);
    await answer(emulator, isNew);
    await emulator.stop();
    buildah('rm', container);
  });
  return { change, way: 'image', build_s, move_s, start_s, moved_bytes: bytesIn(stored) - before };
}

/** A new machine's disk, with all that the image has but for Debian and Node, which a machine's own image brings. */
function copied(target: string): void {
  const files = ['package.json', 'settings.yaml', 'mapdata/profiles', 'wasm/tomare.wasm', 'build/bundle'];
  for (const file of files) cpSync(join(context, file), join(target, file), { recursive: true });
  cpSync(join(ROOT, 'node_modules', 'aws-lambda-ric'), join(target, 'node_modules', 'aws-lambda-ric'), {
    recursive: true,
  });
  copyFileSync(join(context, 'build', 'map.tmap'), join(target, 'map.tmap'));
  execFileSync('sync', ['-f', target]);
}

async function byCopy(change: string, isNew: (body: string) => boolean): Promise<Release> {
  const target = join(work, 'machine');
  mkdirSync(target);
  const [build_s] = await timed(async () => {
    execFileSync(process.execPath, [join(context, 'tools/bundle.ts'), 'function', join(context, 'build/bundle')], {
      cwd: context,
    });
    await makeCheckSet(join(target, 'check'));
  });
  const [move_s] = await timed(() => copied(target));
  const [start_s] = await timed(async () => {
    const environment = { ...ENVIRONMENT, LAMBDA_TASK_ROOT: target, TOMARE_MAP: join(target, 'map.tmap') };
    const emulator = await Emulator.start(
      runtimeCommand('build/bundle/main.handler'),
      join(work, 'copy.log'),
      environment,
    );
    await answer(emulator, isNew);
    await emulator.stop();
  });
  const moved_bytes = bytesIn(target);
  rmSync(target, { recursive: true });
  return { change, way: 'copy', build_s, move_s, start_s, moved_bytes };
}

function edit(file: string, from: RegExp | string, to: string): void {
  const path = join(context, file);
  const text = readFileSync(path, 'utf8');
  if (text.replace(from, to) === text) throw new Error(`${file} has no ${from}`);
  writeFileSync(path, text.replace(from, to));
}

/** Each change, made in the context, and how the new version is known by its answer. */
const CHANGES: { change: string; make: (other: string) => void; isNew: (body: string) => boolean }[] = [
  {
    change: 'code',
    make: () => edit('src/lambda/self_check.ts', 'drives: expected.length', 'drives: expected.length + 1000'),
    isNew: (body) => JSON.parse(body).drives > 1000,
  },
  {
    change: 'settings',
    make: () => edit('settings.yaml', /stop_sign: true/, 'stop_sign: false'),
    isNew: (body) => JSON.parse(body).wrong.some((line: string) => line.startsWith('stop-run')),
  },
  {
    change: 'map',
    make: (other) => copyFileSync(other, join(context, 'build', 'map.tmap')),
    isNew: (body) => JSON.parse(body).drives > 1000,
  },
];

/** The map and its successor: grids of the size, or for a quick look two small maps. */
async function mapsOf(bytes: number): Promise<[string, string]> {
  if (bytes < SMALL) return [await demoTown(), await mapOf('malta')];
  return [grid(bytes).map, grid(1.1 * bytes).map];
}

async function play(bytes: number, port: number): Promise<Release[]> {
  const maps = await mapsOf(bytes);
  execFileSync('test/batch/image.sh', { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] }); // bases, and a first look
  mkdirSync(context, { recursive: true });
  // with their times, for which the builder's cache looks
  execFileSync('sh', ['-c', `git ls-files | xargs cp -a --parents -t '${context}'`], { cwd: ROOT });
  execFileSync('ln', ['-s', join(ROOT, 'node_modules'), join(context, 'node_modules')]);
  mkdirSync(join(context, 'build'));
  copyFileSync(maps[0], join(context, 'build', 'map.tmap'));
  bud();
  push(port);
  const releases: Release[] = [];
  for (const { change, make, isNew } of CHANGES) {
    make(maps[1]);
    releases.push(await byImage(port, change, isNew), await byCopy(change, isNew));
    console.log(
      `${change}: ${releases
        .slice(-2)
        .map((r) => `${r.way} ${total(r).toFixed(1)} s`)
        .join(', ')}`,
    );
  }
  return releases;
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { size: { type: 'string', default: '2GB' }, keep: { type: 'boolean' } } });
  const bytes = Number.parseFloat(values.size) * (/GB$/i.test(values.size) ? 1e9 : 1e6);
  const { server, port } = await startRegistry();
  try {
    const releases = await play(bytes, port);
    console.log(leadTable(releases).join('\n'));
    if (values.keep) console.log(keep('lead_time', { machine: machine(), bytes, releases } as never));
  } finally {
    await server.stop();
    rmSync(work, { recursive: true, force: true });
  }
}
