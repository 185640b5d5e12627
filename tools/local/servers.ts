// SPDX-License-Identifier: MIT
// Processes that stand in for AWS: SeaweedFS as S3, ElasticMQ as SQS. Each on free ports of 127.0.0.1.
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { constants, homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const cache = process.env['TOMARE_CACHE'] ?? join(homedir(), '.cache', 'tomare');
export const tool = (name: string) => join(cache, 'batch-2', 'bin', name);
export const CREDENTIALS = { accessKeyId: 'tomare', secretAccessKey: 'tomare-local' };
/** Of the function, which may do what the template lets it. */
export const FUNCTION_CREDENTIALS = { accessKeyId: 'function', secretAccessKey: 'function-local' };
export const REGION = 'ap-northeast-1';

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Each is given once: a server listens on its port only some time after it was told it. */
const given = new Set<number>();

/**
 * A port that is free, and 10,000 above it too, where SeaweedFS listens as well. Both lie below those that
 * the kernel hands out, and no first is another's second.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = 11_000 + Math.floor(Math.random() * 10_000);
    if (given.has(port)) continue;
    given.add(port);
    if ((await isFree(port)) && (await isFree(port + 10_000))) return port;
  }
  throw new Error('no free port');
}

/** Nothing outlives this process, however it ends: no process, and none of these files and folders. */
const running = new Set<ChildProcess>();
export const leftovers = new Set<string>();
process.on('exit', () => {
  for (const child of running) process.kill(-(child.pid as number), 'SIGKILL');
  for (const path of leftovers) rmSync(path, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => process.exit(128 + constants.signals[signal]));
}

export class Server {
  private child: ChildProcess | undefined;
  private readonly command: string[];
  private readonly log: string;
  private readonly env: NodeJS.ProcessEnv;

  constructor(command: string[], log: string, env: NodeJS.ProcessEnv = {}) {
    this.command = command;
    this.log = log;
    this.env = env;
  }

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  start(): void {
    const [program = '', ...args] = this.command;
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...this.env },
      detached: true,
    });
    const log = createWriteStream(this.log, { flags: 'a' });
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    running.add(child);
    child.once('exit', () => {
      running.delete(child);
      log.end();
    });
    this.child = child;
  }

  async stop(): Promise<void> {
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    // its own group: the emulator has the function's process below it
    process.kill(-(child.pid as number), 'SIGTERM');
    const late = setTimeout(() => process.kill(-(child.pid as number), 'SIGKILL'), 5_000);
    await gone;
    clearTimeout(late);
  }
}

export async function until(what: string, works: () => Promise<boolean>, seconds = 60): Promise<void> {
  for (let waited = 0; waited < seconds * 10; waited++) {
    if (await works().catch(() => false)) return;
    await sleep(100);
  }
  throw new Error(`${what} did not answer within ${seconds} s`);
}

export interface Address {
  server: Server;
  url: string;
}

/** `rights`: of the function, as SeaweedFS names them. */
export async function startS3(folder: string, rights: string[]): Promise<Address> {
  const data = join(folder, 's3');
  mkdirSync(data, { recursive: true });
  const identity = (name: string, keys: typeof CREDENTIALS, actions: string[]) => ({
    name,
    credentials: [{ accessKey: keys.accessKeyId, secretKey: keys.secretAccessKey }],
    actions,
  });
  const identities = [identity('admin', CREDENTIALS, ['Admin']), identity('function', FUNCTION_CREDENTIALS, rights)];
  const config = join(folder, 's3.json');
  writeFileSync(config, JSON.stringify({ identities }));
  const [master, volume, filer, s3] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const server = new Server(
    [
      tool('weed'),
      `-logdir=${folder}`,
      'server',
      '-ip=127.0.0.1',
      '-ip.bind=127.0.0.1',
      `-dir=${data}`,
      `-master.port=${master}`,
      `-volume.port=${volume}`,
      '-filer',
      `-filer.port=${filer}`,
      '-s3',
      `-s3.port=${s3}`,
      `-s3.config=${config}`,
      // these two would listen on ports of their own
      '-s3.port.iceberg=0',
      '-s3.port.lance=0',
      '-volume.max=50',
      '-master.volumeSizeLimitMB=64',
      '-master.telemetry=false',
    ],
    join(folder, 's3.log'),
  );
  server.start();
  return { server, url: `http://127.0.0.1:${s3}` };
}

export interface QueueOptions {
  visibilitySeconds: number;
  maxReceives: number;
}

/** Queues "logs" and "heavy" with their dead-letter queue "dead". */
export async function startSqs(folder: string, options: QueueOptions): Promise<Address> {
  const port = await freePort();
  const config = join(folder, 'sqs.conf');
  const queue = (name: string) => `  ${name} {
    defaultVisibilityTimeout = ${options.visibilitySeconds} seconds
    deadLettersQueue { name = "dead", maxReceiveCount = ${options.maxReceives} }
  }`;
  writeFileSync(
    config,
    `include classpath("application.conf")
node-address { protocol = http, host = "127.0.0.1", port = ${port}, context-path = "" }
rest-sqs { enabled = true, bind-port = ${port}, bind-hostname = "127.0.0.1" }
rest-stats { enabled = false }
queues {
${['logs', 'heavy'].map(queue).join('\n')}
  dead { }
}
`,
  );
  const libs = join(cache, 'elasticmq-1.6.14', 'lib', '*');
  const command = ['java', '-Xmx256m', `-Dconfig.file=${config}`, '-cp', libs, 'org.elasticmq.server.Main'];
  const server = new Server(command, join(folder, 'sqs.log'));
  server.start();
  return { server, url: `http://127.0.0.1:${port}` };
}
