// SPDX-License-Identifier: MIT
// `npm run local` and `npm run invoke` as a user has them: what they print, and that SIGTERM leaves no process and no file,
// early and late.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../tools/local/servers.ts';
import { INPUT, STATE } from '../../tools/local/stack.ts';

const root = join(import.meta.dirname, '..', '..');
/** SeaweedFS listens on these unless it is told not to. */
const FIXED_PORTS = [8181, 9101];

interface Local {
  child: ChildProcess;
  said(): string;
}

/** `tmp`: where its folders are made, so that they can be told from those of others. */
function start(tmp: string): Local {
  const env = { ...process.env, TMPDIR: tmp };
  const child = spawn(process.execPath, ['tools/local/run.ts'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout?.on('data', (chunk) => {
    text += chunk;
  });
  return { child, said: () => text };
}

/** Command lines of this machine that name the folder, and of processes below a process. */
function processes(tmp: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const of = (file: string) => readFileSync(`/proc/${pid}/${file}`, 'utf8').replaceAll('\0', ' ');
        return of('environ').includes(`TMPDIR=${tmp} `) ? [of('cmdline')] : [];
      } catch {
        return [];
      }
    });
}

/** Ports of 127.0.0.1 and of all addresses that something listens on. */
function listening(): number[] {
  const lines = ['tcp', 'tcp6'].flatMap((name) => readFileSync(`/proc/net/${name}`, 'utf8').split('\n').slice(1));
  return lines.flatMap((line) => {
    const [, , local = '', , state] = line.split(/\s+/);
    return state === '0A' ? [Number.parseInt(local.split(':')[1] ?? '', 16)] : [];
  });
}

function invoke(folder: string, body?: unknown): { status: number | null; text: string } {
  const file = join(folder, 'event.json');
  writeFileSync(file, JSON.stringify(body ?? null));
  const args = ['tools/local/invoke.ts', ...(body === undefined ? [] : [file])];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  return { status, text: stdout };
}

async function ended({ child }: Local, tmp: string, what: string, wrong: string[]): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
  await until('the end of all processes', async () => processes(tmp).length === 0, 10).catch(() => {});
  const left = [...processes(tmp), ...readdirSync(tmp)];
  const bundle = join(root, 'build', 'lambda', `bundle-${child.pid}`);
  if (existsSync(bundle)) left.push(bundle);
  if (left.length > 0) wrong.push(`${what}, SIGTERM leaves ${left}`);
}

export async function local(): Promise<string[]> {
  const wrong: string[] = [];
  const tmp = mkdtempSync(join(tmpdir(), 'tomare-local-'));
  const files = mkdtempSync(join(tmpdir(), 'tomare-events-'));
  const before = new Set(listening());
  let running: Local | undefined;
  try {
    for (const ms of [400, 2_000]) {
      const early = start(tmp);
      await sleep(ms);
      await ended(early, tmp, `after ${ms} ms`, wrong);
    }
    running = start(tmp);
    const { said: heard } = running;
    await until('the bundled drives', async () => heard().includes('logs/stop-run.csv: stop-sign violated'), 90);
    const taken = FIXED_PORTS.filter((port) => !before.has(port) && listening().includes(port));
    if (taken.length > 0) wrong.push(`it listens on the fixed ports ${taken}`);
    const said = (what: string, body: unknown, words: string[]) => {
      const { text } = invoke(files, body);
      for (const word of words)
        if (!text.includes(word)) wrong.push(`invoke, ${what}: no "${word}" in ${text.slice(0, 300)}`);
    };
    said('a log', { bucket: INPUT, key: 'logs/stop-run.csv', all: true }, [
      '"tomare.result/2"',
      's3://',
      '"stop-sign"',
    ]);
    said('no log', { bucket: INPUT, key: 'none' }, ['"tomare.failure/1"', 'letter LOG_MISSING']);
    const { status, text } = invoke(files);
    if (status !== 2 || !text.startsWith('usage:')) wrong.push(`invoke without an argument: ${status} ${text}`);
    await ended(running, tmp, 'while it serves', wrong);
    if (existsSync(STATE)) wrong.push('SIGTERM leaves local.json');
  } finally {
    running?.child.kill('SIGTERM');
    for (const folder of [tmp, files]) rmSync(folder, { recursive: true, force: true });
  }
  return wrong;
}
