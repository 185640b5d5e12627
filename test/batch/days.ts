// SPDX-License-Identifier: MIT
// The daily job over a day on which a fleet disputes a one-way street: its places and its page beside the tables. Then a vehicle
// is erased, and the page that named it is gone until the job writes it anew.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { DEMO_FOLDER } from '../../src/cli/demo.ts';
import { unseal } from '../../src/html/envelope.ts';
import type { PageData } from '../../src/html/model.ts';
import { sealedIn } from '../../src/html/page.ts';
import { openSession } from '../../src/session.ts';
import { CREDENTIALS, REGION } from '../../tools/local/servers.ts';
import { OUTPUT, Stack } from '../../tools/local/stack.ts';
import { startCompact } from './compact.ts';

const root = join(import.meta.dirname, '..', '..');
const DAY = '2026-10-05';
const VEHICLES = 12;
const drive = (name: string) => join(DEMO_FOLDER, 'drives', `${name}.csv`);

/** Results as the function stores them, of vehicles that all drive the wrong way, and of one that has its route alone, which no audit takes. */
async function fill(stack: Stack, map: string): Promise<void> {
  const session = openSession({ map });
  for (let i = 0; i <= VEHICLES; i++) {
    const log = drive(i < VEHICLES ? 'wrong-way' : 'speeding');
    const result = await session.run(log, { route: true, all: i < VEHICLES });
    const key = `fleet/${i}.csv`;
    const vehicle = `truck-${i}`;
    const source = { bucket: 'logs', key, etag: `e${i}`, version: null, received: `${DAY}T12:00:00Z` };
    const owned = {
      ...result,
      drive: { ...result.drive, id: key, vehicle_id: vehicle, driver_id: `driver ${i % 3}`, source },
    };
    const Key = `results/date=${DAY}/generation=00/${i}.ndjson`;
    const Metadata = { work: `w${i}`, vehicle, key, bucket: 'logs' };
    await stack.s3.send(new PutObjectCommand({ Bucket: OUTPUT, Key, Body: `${JSON.stringify(owned)}\n`, Metadata }));
  }
}

async function dataOf(html: string | undefined): Promise<PageData | undefined> {
  const sealed = sealedIn(html ?? '')?.sealed;
  return sealed === undefined ? undefined : (await unseal(sealed)).data;
}

function eraseVehicle(stack: Stack, vehicle: string): void {
  const keys = { AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId, AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey };
  const words = ['erase', '--vehicle', vehicle, '--results', OUTPUT, '--prefix', '', '--dead-letters', stack.dead];
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'src/cli/main.ts', ...words],
    { cwd: root, encoding: 'utf8', env: { ...process.env, ...stack.environment, ...keys, AWS_REGION: REGION } },
  );
  if (status !== 0) throw new Error(`tomare erase: ${status} ${stderr}`);
}

export async function days(map: string): Promise<string[]> {
  const wrong: string[] = [];
  const stack = await Stack.start({ map });
  const compact = await startCompact(stack);
  const written = async () => JSON.parse((await compact.invoke({ day: DAY })).body);
  const files = () => stack.outputs('days/');
  const pageKey = `days/report/date=${DAY}/report.html`;
  try {
    await fill(stack, map);
    const answer = await written();
    if (answer.drives !== VEHICLES + 1 || answer.places < 1 || answer.page !== true)
      wrong.push(`the day: ${JSON.stringify(answer)}`);
    const places = (await files()).get(`days/places/date=${DAY}/places.csv`) ?? '';
    const [row] = places.split('\n').filter((line) => line.includes('wrong-way'));
    if (!row?.includes(String(VEHICLES))) wrong.push(`the places: ${places.slice(0, 400)}`);
    const html = (await files()).get(pageKey);
    const data = await dataOf(html);
    const violated = data?.drives.filter(({ findings }) => findings.some(({ verdict }) => verdict === 'violated'));
    if (violated?.length !== VEHICLES + 1) wrong.push(`the page has violations of ${violated?.length} drives`);
    if (!data?.places.length || data.roads.count[1] === 0) wrong.push('the page has no places or no roads');
    if ((await written()).unchanged !== true) wrong.push('a day to which nothing came is written again');
    eraseVehicle(stack, 'truck-3');
    const left = await files();
    if (left.has(pageKey)) wrong.push('after erasing the page is still there');
    if ([...left.values()].some((text) => text.includes('truck-3'))) wrong.push('a file of the day names the vehicle');
    await written();
    const anew = await dataOf((await files()).get(pageKey));
    if (anew?.drives.length !== VEHICLES || anew.drives.some(({ vehicle_id }) => vehicle_id === 'truck-3'))
      wrong.push(`the page anew has ${anew?.drives.length} drives`);
    process.stdout.write(`a day of ${VEHICLES + 1} drives: ${answer.places} places, a page of ${html?.length} bytes\n`);
    return wrong;
  } finally {
    await compact.stop();
    await stack.stop();
  }
}
