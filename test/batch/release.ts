// SPDX-License-Identifier: MIT
// The check before traffic, as CodeDeploy would call it: the hook in one emulator, the version in service and the new one
// in two more. A good version may take over; one that finds other things, has a wrong map or does not start may not.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import { writeOsmPbf } from '../../mapdata/demo/osm_pbf.ts';
import { buildTown } from '../../mapdata/demo/town.ts';
import { mapDigest } from '../../src/map_digest.ts';
import { buildMap } from '../../src/mapbuild.ts';
import { makeCheckSet } from '../../tools/check_set.ts';
import { Emulator, runtimeCommand } from '../../tools/local/emulator.ts';
import { REGION } from '../../tools/local/servers.ts';
import { Stack } from '../../tools/local/stack.ts';

const root = join(import.meta.dirname, '..', '..');
const SET = join('build', 'lambda', `check-${process.pid}`);

/** Takes what the hook tells CodeDeploy. */
async function deployments() {
  const told: { target: string | undefined; deploymentId?: string; status?: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      told.push({ target: String(request.headers['x-amz-target']).split('.').at(-1), ...JSON.parse(body) });
      response.setHeader('content-type', 'application/x-amz-json-1.1').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { told, server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** One address for two versions, as Lambda has it: the alias "live" is in service, "7" is new. */
class Versions {
  readonly service: Emulator;
  fresh: Emulator;
  private readonly server: Server;

  constructor(service: Emulator, fresh: Emulator) {
    this.service = service;
    this.fresh = fresh;
    this.server = createServer(async (request, response) => {
      const { searchParams } = new URL(request.url ?? '', 'http://127.0.0.1');
      const version = searchParams.get('Qualifier') === 'live' ? this.service : this.fresh;
      const { status, body } = await version.invoke(JSON.parse(await text(request)));
      // Lambda itself answers 200 for a function that ended; the emulator does not
      const failed = status >= 500 || body.includes('"errorType"');
      response.writeHead(200, failed ? { 'x-amz-function-error': 'Unhandled' } : {}).end(body);
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.close();
    await this.fresh.stop();
  }
}

/** The town elsewhere, and maps that a copy or a disk spoilt. */
async function otherMaps(map: string): Promise<Record<'moved' | 'cut' | 'damaged', string>> {
  const folder = join(root, SET);
  const pathOf = (name: string) => join(folder, `${name}.tmap`);
  const town = buildTown().data();
  for (const node of town.nodes) node.lon += 1;
  writeFileSync(join(folder, 'moved.osm.pbf'), writeOsmPbf(town));
  await buildMap({ inputs: [join(folder, 'moved.osm.pbf')], output: pathOf('moved'), name: 'moved' });
  const good = readFileSync(map);
  writeFileSync(pathOf('cut'), good.subarray(0, good.length >> 1));
  const damaged = Buffer.from(good);
  damaged.writeUInt8(damaged.readUInt8(5000) ^ 1, 5000);
  writeFileSync(pathOf('damaged'), damaged);
  return { moved: pathOf('moved'), cut: pathOf('cut'), damaged: pathOf('damaged') };
}

async function startHook(stack: Stack, endpoints: NodeJS.ProcessEnv): Promise<Emulator> {
  const file = join(stack.bundle, 'pre_traffic.mjs');
  execFileSync(process.execPath, ['tools/bundle.ts', 'src/lambda/pre_traffic.ts', file], { cwd: root });
  const handler = `${relative(root, stack.bundle)}/pre_traffic.handler`;
  return Emulator.start(runtimeCommand(handler), join(stack.folder, 'hook.log'), {
    ...stack.environment,
    LAMBDA_TASK_ROOT: root,
    AWS_REGION: REGION,
    CHECKED_FUNCTION: 'function', // the emulator's only name
    CHECKED_VERSION: '7',
    CHECKED_ALIAS: 'live',
    ...endpoints,
  });
}

export async function release(map: string): Promise<string[]> {
  await makeCheckSet(join(root, SET));
  const maps = await otherMaps(map);
  const wrong: string[] = [];
  const codedeploy = await deployments();
  const stack = await Stack.start({ map, environment: { TOMARE_CHECK: SET } });
  const newVersion = (more: NodeJS.ProcessEnv = {}) => stack.another(join(stack.folder, 'version.log'), more);
  const versions = new Versions(stack.emulator, await newVersion());
  const AWS_ENDPOINT_URL_LAMBDA = await versions.start();
  const check = async (what: string, status: string, says = '', CHECKED_MAP = '') => {
    const AWS_ENDPOINT_URL_CODEDEPLOY = codedeploy.url;
    const hook = await startHook(stack, { AWS_ENDPOINT_URL_LAMBDA, AWS_ENDPOINT_URL_CODEDEPLOY, CHECKED_MAP });
    const id = `d-${codedeploy.told.length}`;
    const answer = await hook.invoke({ DeploymentId: id, LifecycleEventHookExecutionId: 'e' });
    await hook.stop();
    const said = codedeploy.told.at(-1);
    const right = said?.target === 'PutLifecycleEventHookExecutionStatus' && said.deploymentId === id;
    const line = readFileSync(join(stack.folder, 'hook.log'), 'utf8')
      .trimEnd()
      .split('\n')
      .findLast((l) => l.includes('"status"'));
    if (!right || said.status !== status) wrong.push(`${what}: ${JSON.stringify(said)}, ${answer.body.slice(0, 300)}`);
    else if (!line?.includes(says)) wrong.push(`${what}: not for "${says}": ${line}`);
    else process.stdout.write(`${what}: ${status}\n`);
  };
  const checkWith = async (more: NodeJS.ProcessEnv, ...expected: Parameters<typeof check>) => {
    await versions.fresh.stop();
    versions.fresh = await newVersion(more);
    await check(...expected);
  };
  try {
    await check('a good version', 'Succeeded');
    await checkWith({ TOMARE_MAP: maps.moved }, 'the map of another region', 'Failed', 'it covers 0 % of the region');
    await check('the same, named by the release', 'Succeeded', '', mapDigest(maps.moved));
    await check('not the map that the release names', 'Failed', 'MAP_RELEASE', mapDigest(map));
    await checkWith({ TOMARE_MAP: maps.damaged }, 'a damaged map', 'Failed', 'tiles of the map are damaged: MAP_TILE');
    await checkWith({ TOMARE_MAP: maps.cut }, 'a map that is cut short', 'Failed', 'shorter than its header says');
    const file = join(root, SET, 'expected.json');
    const expected = JSON.parse(readFileSync(file, 'utf8'));
    expected[0].expect = ['speeding'];
    writeFileSync(file, JSON.stringify(expected));
    await checkWith({}, 'a version that finds other things', 'Failed', 'not speeding');
    await checkWith({ TOMARE_INPUT_BUCKETS: '' }, 'a version that does not start', 'Failed', 'TOMARE_INPUT_BUCKETS');
  } finally {
    await versions.stop();
    await stack.stop();
    codedeploy.server.close();
    rmSync(join(root, SET), { recursive: true, force: true });
  }
  return wrong;
}
