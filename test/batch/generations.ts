// SPDX-License-Identifier: MIT
// A month of drives under two laws: the view counts each drive once. Then a driver, a vehicle and a prefix of keys are
// erased, and every bucket and queue is listed for what is left.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GetObjectCommand, HeadObjectCommand, PutBucketVersioningCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { DEMO_FOLDER } from '../../src/cli/demo.ts';
import { isPacked, linesOf } from '../../src/days/lines.ts';
import { versions } from '../../src/erase/objects.ts';
import { CREDENTIALS, REGION, tool } from '../../tools/local/servers.ts';
import { INPUT, OUTPUT, Stack } from '../../tools/local/stack.ts';
import { startCompact } from './compact.ts';
import { drain } from './drain.ts';

const root = join(import.meta.dirname, '..', '..');
/** Days of the month with drives; in batches few, so that one object has results of several drivers. */
const DAYS = { log: 30, batch: 3 } as const;
type Objects = keyof typeof DAYS;
const DRIVES = 60;
/** The law of the place, and none but what the map says. */
const LAWS = ['auto', 'none'] as const;

interface Drive {
  key: string;
  text: string;
  driver: string;
  vehicle: string;
  /** How the drive's owner is known: by the message, the object's metadata, or the log's own columns. */
  by: 'message' | 'metadata' | 'column';
}

/** A drive on another day, with its owner in columns of its own when these name it. */
function onDay(text: string, day: number, columns: string): string {
  const date = `2026-10-${String(day).padStart(2, '0')}`;
  const [head = '', ...rows] = text.trim().split('\n');
  const moved = rows.map((row) => row.replace(/^2026-\d\d-\d\d/, date));
  if (columns === '') return [head, ...moved, ''].join('\n');
  return [`${head},driver_id,vehicle_id`, ...moved.map((row) => `${row},${columns}`), ''].join('\n');
}

function month(objects: Objects): Drive[] {
  const names = readdirSync(join(DEMO_FOLDER, 'drives')).sort();
  const ways = ['message', 'metadata', 'column'] as const;
  return Array.from({ length: DRIVES }, (_, i) => {
    const by = ways[i % 3] ?? 'message';
    const [driver, vehicle] = [`佐藤 ${i % 4}`, `truck-${i % 5}`];
    const csv = readFileSync(join(DEMO_FOLDER, 'drives', names[i % names.length] ?? ''), 'utf8');
    const key = `fleet ${i % 2}/drive+${i}.csv`;
    return {
      key,
      text: onDay(csv, 1 + (i % DAYS[objects]), by === 'column' ? `${driver},${vehicle}` : ''),
      driver,
      vehicle,
      by,
    };
  });
}

async function put(stack: Stack, { key, text, driver, vehicle, by }: Drive): Promise<void> {
  const ids = { 'driver-id': encodeURIComponent(driver), 'vehicle-id': encodeURIComponent(vehicle) };
  const Metadata = by === 'metadata' ? ids : {};
  await stack.s3.send(new PutObjectCommand({ Bucket: INPUT, Key: key, Body: Buffer.from(text), Metadata }));
}

async function judge(stack: Stack, drives: readonly Drive[], profile: string): Promise<void> {
  for (const { key, driver, vehicle, by } of drives) {
    const owner = by === 'message' ? { driver_id: driver, vehicle_id: vehicle } : {};
    await stack.send({ bucket: INPUT, key, profile, formats: ['geojson'], ...owner });
  }
  await drain(stack, 150);
}

interface Row {
  key: string;
  driver: string;
  generation: string;
  findings: number;
}

/** The output bucket as files, and what Athena's view shows of them. */
async function view(stack: Stack, name: string): Promise<{ results: Row[]; current_results: Row[] }> {
  const folder = join(stack.folder, name);
  for (const [key, text] of await stack.outputs()) {
    if (!/^(results|generations)\/.*\.ndjson(\.gz)?$/.test(key)) continue;
    const path = join(folder, key.replace(/\.gz$/, ''));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return JSON.parse(execFileSync(tool('python'), ['test/batch/view.py', folder], { cwd: root, encoding: 'utf8' }));
}

/** An older generation comes into use again, by the commands of docs/OPERATIONS.md. */
async function useAgain(stack: Stack, generation: string): Promise<void> {
  const [row = ''] = (await stack.outputs(`generations/${generation}`)).values();
  const again = `${JSON.stringify({ ...JSON.parse(row), since: new Date().toISOString() })}\n`;
  const Key = `generations/${generation}-again.ndjson`;
  await stack.s3.send(new PutObjectCommand({ Bucket: OUTPUT, Key, Body: Buffer.from(again) }));
}

async function generations(stack: Stack, drives: readonly Drive[], wrong: string[]): Promise<void> {
  const used: string[] = [];
  for (const law of LAWS) {
    await judge(stack, drives, law);
    const { results, current_results: current } = await view(stack, law);
    const shown = [...new Set(current.map((row) => row.generation))];
    const keys = new Set(current.map((row) => row.key));
    if (results.length !== drives.length * (used.length + 1)) wrong.push(`${law}: ${results.length} results`);
    if (current.length !== drives.length || keys.size !== drives.length) wrong.push(`${law}: view ${current.length}`);
    if (shown.length !== 1 || used.includes(shown[0] ?? '')) wrong.push(`${law}: generations ${shown}, before ${used}`);
    const owners = new Map(current.map((row) => [row.key, row.driver]));
    const mistaken = drives.filter(({ key, driver }) => owners.get(key) !== driver);
    if (mistaken.length > 0) wrong.push(`${law}: ${mistaken.length} drivers, as of ${mistaken[0]?.by}`);
    used.push(shown[0] ?? '');
  }
  await useAgain(stack, used[0] ?? '');
  const { current_results: back } = await view(stack, 'back');
  if (back.length !== drives.length || back.some((row) => row.generation !== used[0])) wrong.push('no way back');
  process.stdout.write(`${drives.length} drives under ${LAWS.length} laws: the view shows each once\n`);
}

interface Days {
  drives: number;
  keys: number;
  days: number;
  findings: number;
  exposed: number;
  people: string[][];
}

/** The daily tables as an analyst reads them. */
async function days(stack: Stack, name: string): Promise<Days> {
  const folder = join(stack.folder, name);
  for (const key of (await stack.outputs('days/')).keys()) {
    if (!key.endsWith('.parquet')) continue;
    mkdirSync(dirname(join(folder, key)), { recursive: true });
    writeFileSync(join(folder, key), await stack.output(key));
  }
  const args = ['test/batch/days.py', join(folder, 'days')];
  return JSON.parse(execFileSync(tool('python'), args, { cwd: root, encoding: 'utf8' }));
}

/** The daily job, by its own function: each day of the month, as its state machine asks for them. */
async function compacted(stack: Stack, drives: readonly Drive[], wrong: string[]): Promise<void> {
  const emulator = await startCompact(stack);
  const asked = JSON.parse((await emulator.invoke({ last: 2 })).body) as { day: string }[];
  if (asked.length !== 2 || !/^\d{4}-\d\d-\d\d$/.test(asked[0]?.day ?? ''))
    wrong.push(`days: ${JSON.stringify(asked)}`);
  for (let day = 1; day <= 31; day++) {
    const { body } = await emulator.invoke({ day: `2026-10-${String(day).padStart(2, '0')}` });
    const { results, drives: ranked } = JSON.parse(body);
    if (results !== LAWS.length * ranked) wrong.push(`day ${day}: ${body.slice(0, 200)}`);
  }
  await emulator.stop();
  const found = await days(stack, 'compacted');
  const { current_results: current } = await view(stack, 'ranked');
  const shown = current.reduce((sum, row) => sum + row.findings, 0);
  if (found.findings !== shown) wrong.push(`daily tables: ${found.findings} findings, the view ${shown}`);
  const right = found.drives === drives.length && found.keys === drives.length && found.findings > 0;
  if (!right || found.exposed !== drives.length)
    wrong.push(`daily tables: ${JSON.stringify({ ...found, people: [] })}`);
  process.stdout.write(`daily tables: ${found.drives} drives of ${found.days} days, ${found.findings} findings\n`);
}

/** Everything that lies in the buckets and queues, as text: keys, metadata, contents, bodies; of packed results each line once. */
async function everything(stack: Stack): Promise<string[]> {
  const found = new Set<string>();
  for (const Bucket of [INPUT, OUTPUT]) {
    for await (const page of versions(stack.s3, Bucket, '')) {
      for (const { key: Key, version, marker } of page) {
        if (marker) continue;
        const place = { Bucket, Key, ...(version === 'null' ? {} : { VersionId: version }) };
        const { Metadata = {} } = await stack.s3.send(new HeadObjectCommand(place));
        const { Body } = await stack.s3.send(new GetObjectCommand(place));
        const labels = Object.entries(Metadata).map(([name, value]) => `${name}=${decodeURIComponent(value)}`);
        const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
        if (isPacked(Key)) for (const line of linesOf(bytes)) found.add([Bucket, dirname(Key), line].join('\n'));
        else found.add([Bucket, Key, ...labels, Buffer.from(bytes).toString()].join('\n'));
      }
    }
  }
  for (const letter of await stack.deadLetters()) found.add(letter.Body ?? '');
  return [...found];
}

function eraseCommand(stack: Stack, ...subject: string[]): string {
  const args = ['--results', OUTPUT, '--prefix', '', '--logs', INPUT];
  const queues = ['--dead-letters', stack.dead, '--queue', stack.queue];
  const keys = { AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId, AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey };
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'src/cli/main.ts', 'erase', ...args, ...queues, ...subject],
    { cwd: root, encoding: 'utf8', env: { ...process.env, ...stack.environment, ...keys, AWS_REGION: REGION } },
  );
  if (status !== 0) throw new Error(`tomare erase: ${status} ${stderr}`);
  return stdout;
}

/** Logs that end in letters: broken ones of a driver, and one that is not there. */
async function breakSome(stack: Stack): Promise<void> {
  const Metadata = { 'driver-id': encodeURIComponent('佐藤 1') };
  for (const key of ['fleet 1/broken.csv', 'fleet 0/broken.csv']) {
    await stack.s3.send(new PutObjectCommand({ Bucket: INPUT, Key: key, Body: Buffer.from('a,b\n1,2\n'), Metadata }));
    await stack.send({ bucket: INPUT, key, driver_id: '佐藤 1' });
  }
  await stack.send({
    Records: [
      {
        eventSource: 'aws:s3',
        eventName: 'ObjectCreated:Put',
        s3: { bucket: { name: INPUT }, object: { key: 'fleet+1%2Fgone.csv' } },
      },
    ],
  });
  const report = JSON.stringify([{ Input: JSON.stringify({ Items: [{ log: { key: 'fleet 1/drive+1.csv' } }] }) }]);
  await stack.s3.send(
    new PutObjectCommand({ Bucket: OUTPUT, Key: 'backfill/a/SUCCEEDED_0.json', Body: Buffer.from(report) }),
  );
  await drain(stack, 150);
}

/** Objects with results that name the driver, and one old version, which this puts under a packed one. */
async function resultVersions(stack: Stack, driver: string): Promise<number> {
  let [count, doubled] = [0, false];
  for await (const page of versions(stack.s3, OUTPUT, 'results/')) {
    for (const { key: Key } of page) {
      const Body = await stack.output(Key);
      if (!linesOf(Body).some((line) => line.includes(driver))) continue;
      count++;
      if (doubled || !isPacked(Key)) continue;
      await stack.s3.send(new PutObjectCommand({ Bucket: OUTPUT, Key, Body }));
      [count, doubled] = [count + 1, true];
    }
  }
  return count;
}

async function erasures(stack: Stack, drives: readonly Drive[], objects: Objects, wrong: string[]): Promise<void> {
  await breakSome(stack);
  const theirs = drives.filter(({ driver }) => driver === '佐藤 1').length;
  const results = objects === 'log' ? 2 * theirs : await resultVersions(stack, '佐藤 1');
  const dry = eraseCommand(stack, '--driver', '佐藤 1', '--dry-run');
  const done = eraseCommand(stack, '--driver', '佐藤 1');
  // for each drive and law a result, or those of a batch, and its GeoJSON; failures with two letters, and the report that names a log
  // a failure is written anew once its letter is sent, which a bucket with versions keeps
  const failures = objects === 'log' ? 2 : 4;
  const expected = `${results + 2 * theirs + failures + 1} objects, 2 letters, ${theirs + 2} logs`;
  if (!done.startsWith(`erased: ${expected}\n`)) wrong.push(`${done.trim()}, expected ${expected}`);
  if (dry !== `would erase: ${expected}\n`) wrong.push(`dry run: ${dry.trim()}`);
  process.stdout.write(done + eraseCommand(stack, '--vehicle', 'truck-2') + eraseCommand(stack, '--key', 'fleet 1/'));
  const left = drives.filter(
    ({ key, driver, vehicle }) => driver !== '佐藤 1' && vehicle !== 'truck-2' && !key.startsWith('fleet 1/'),
  );
  const all = await everything(stack);
  const traces = all.filter((text) => /佐藤 1|truck-2\b|fleet 1|fleet\+1/.test(text));
  const { people, drives: rows } = await days(stack, 'erased');
  traces.push(...people.flat().filter((text) => /佐藤 1|truck-2$|fleet 1/.test(text)));
  if (rows !== left.length) wrong.push(`the daily tables have ${rows} drives, not ${left.length}`);
  if (traces.length > 0) wrong.push(`${traces.length} traces are left: ${traces[0]?.slice(0, 200)}`);
  const kept = all.filter((text) => /^[\w-]+\n(results|exports)\//.test(text)).length;
  if (kept !== 4 * left.length) wrong.push(`${kept} results and GeoJSONs of others are left, not ${4 * left.length}`);
  const logs = all.filter((text) => text.startsWith(`${INPUT}\n`)).length;
  if (logs !== left.length) wrong.push(`${logs} logs of others are left, not ${left.length}`);
  process.stdout.write(`nothing is left of them in ${all.length} objects and letters; ${left.length} drives stay\n`);
}

export async function generationsAndErase(map: string, objects: Objects = 'log'): Promise<string[]> {
  const environment = { TOMARE_RESULT_OBJECTS: objects };
  const stack = await Stack.start({ map, visibilitySeconds: 30, environment });
  const wrong: string[] = [];
  try {
    const drives = month(objects);
    const VersioningConfiguration = { Status: 'Enabled' as const };
    if (objects === 'batch')
      await stack.s3.send(new PutBucketVersioningCommand({ Bucket: OUTPUT, VersioningConfiguration }));
    for (const drive of drives) await put(stack, drive);
    await generations(stack, drives, wrong);
    await compacted(stack, drives, wrong);
    await erasures(stack, drives, objects, wrong);
  } finally {
    await stack.stop();
  }
  return wrong;
}
