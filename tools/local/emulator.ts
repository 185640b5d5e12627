// SPDX-License-Identifier: MIT
// The Lambda runtime interface emulator with the function in aws-lambda-ric, as in the image.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, Server, tool, until } from './servers.ts';

const root = join(import.meta.dirname, '..', '..');
/** As the image has it, but for the folders. */
export const runtimeCommand = (handler: string) => [
  process.execPath,
  ...NODE_FLAGS,
  join(root, 'node_modules', 'aws-lambda-ric', 'index.mjs'),
  handler,
];
/** Those of the image's ENTRYPOINT; test/batch/image.ts holds them equal. */
export const NODE_FLAGS = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=8'];
const MACHINE = { x64: 'x86_64', arm64: 'arm64' }[process.arch as string] ?? process.arch;

/** What the image starts, by its Dockerfile. */
export function imageCommand(): string[] {
  const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
  return ['ENTRYPOINT', 'CMD'].flatMap((word) => {
    const [, list = '[]'] = new RegExp(`^${word} (\\[.*\\])$`, 'm').exec(dockerfile) ?? [];
    return JSON.parse(list) as string[];
  });
}

export function emulatorPath(): string {
  const lib = join(tool('.'), '..', 'lib');
  const [python = ''] = readdirSync(lib);
  return join(lib, python, 'site-packages', 'samcli', 'local', 'rapid', `aws-lambda-rie-${MACHINE}`);
}

export interface Invocation {
  /** HTTP status: 502 when the function's process ended. */
  status: number;
  body: string;
}

export class Emulator {
  private readonly server: Server;
  readonly url: string;

  private constructor(server: Server, url: string) {
    this.server = server;
    this.url = url;
  }

  /** `runtime`: the command that starts the function; `inside`: one that runs the emulator within an image. */
  static async start(
    runtime: string[],
    log: string,
    environment: NodeJS.ProcessEnv,
    inside: string[] = [emulatorPath()],
  ): Promise<Emulator> {
    const [outside, api] = [await freePort(), await freePort()];
    const variables = {
      AWS_LAMBDA_FUNCTION_NAME: 'tomare',
      AWS_LAMBDA_FUNCTION_TIMEOUT: '60',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1024',
      ...environment,
    };
    const given = Object.entries(variables).map(([name, value]) => `--env=${name}=${value}`);
    const command = [
      ...inside.flatMap((word) => (word === 'ENVIRONMENT' ? given : [word])),
      '--runtime-interface-emulator-address',
      `127.0.0.1:${outside}`,
      '--runtime-api-address',
      `127.0.0.1:${api}`,
      ...runtime,
    ];
    const server = new Server(command, log, variables);
    server.start();
    const url = `http://127.0.0.1:${outside}/2015-03-31/functions/function/invocations`;
    await until('the emulator', async () => (await fetch(`http://127.0.0.1:${outside}/`)).status > 0, 20);
    return new Emulator(server, url);
  }

  /** One at a time: the emulator falls over overlapping invocations. */
  async invoke(event: unknown): Promise<Invocation> {
    const answer = await fetch(this.url, { method: 'POST', body: JSON.stringify(event) });
    return { status: answer.status, body: await answer.text() };
  }

  /** Process ids of the function: children of the emulator. */
  runtimePids(): number[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => {
        try {
          const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
          return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === this.server.pid;
        } catch {
          return false;
        }
      })
      .map(Number);
  }

  stop(): Promise<void> {
    return this.server.stop();
  }
}
