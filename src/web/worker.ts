// SPDX-License-Identifier: MIT
// The engine beside the page: compiles the map, reads logs one after another, seals the report. Knows no element.
import { describe, TomareError } from '../errors.ts';
import { packageBytes, packageNames } from '../host/node.ts';
import { Report } from '../html/report.ts';
import { type ArchivedLog, logsOf } from '../logs/archive.ts';
import { driveIds } from '../logs/ids.ts';
import { readLog } from '../logs/read.ts';
import { buildMapBytes } from '../mapbuild.ts';
import { VERSION } from '../report/version.ts';
import { openSession } from '../session.ts';
import { profileNames } from '../settings/profile.ts';
import { loadSettings } from '../settings/settings.ts';
import { kindOf } from './files.ts';
import type { Done, Failure, Job, Told } from './messages.ts';

/** Where tools/web.ts puts the bundled town. */
const TOWN = 'web/town';

const tell = (told: Told) => postMessage(told);

function failureOf(about: Failure['about'], file: string, error: unknown): Failure {
  if (error instanceof TomareError)
    return { about, file, code: error.code, name: error.errorName, message: error.message };
  return { about, file, code: 0, name: '', message: describe(error) };
}

/** The town as files that a user could have chosen. */
function town(): { map: File; logs: File[] } {
  const file = (name: string) => new File([packageBytes(`${TOWN}/${name}`)], name);
  const names = packageNames(TOWN);
  return { map: file('town.osm.pbf'), logs: names.filter((name) => name.endsWith('.csv')).map(file) };
}

/** The road map, compiled where it is none yet. */
async function mapOf(files: readonly File[]): Promise<{ map: File; made: Done['map'] }> {
  const kinds = await Promise.all(files.map(kindOf));
  const [first] = files;
  if (first === undefined || kinds.includes('log')) throw new TomareError('USAGE', 'a .tmap or .osm.pbf map is needed');
  if (kinds.includes('tmap')) {
    if (files.length === 1) return { map: first, made: undefined };
    throw new TomareError('USAGE', 'give one .tmap, or OpenStreetMap extracts alone');
  }
  const onProgress = (done: number, total: number) =>
    tell({ kind: 'progress', stage: 'map', done, total, file: first.name });
  const name = first.name.replace(/(\.osm)?(\.pbf)?$/i, '.tmap');
  const map = new File([await buildMapBytes({ inputs: files, onProgress })], name);
  return { map, made: map };
}

interface NamedLog {
  name: string;
  log: Blob | ArchivedLog;
}

/** The logs of the files, those of archives by themselves. */
async function logsIn(files: readonly File[]): Promise<NamedLog[]> {
  const all: NamedLog[] = [];
  for (const file of files) {
    for (const log of await logsOf(file, () => undefined)) {
      all.push({ name: 'archive' in log ? `${file.name}/${log.entry}` : file.name, log });
    }
  }
  return all;
}

async function analyzed(job: Job, files: { map: File; made: Done['map']; logs: readonly File[] }): Promise<Done> {
  const { vehicle, lang, anonymous, profile } = job;
  const session = openSession({ map: files.map, profile });
  const plan = session.plan({ vehicle, all: true, route: true });
  const logs = await logsIn(files.logs);
  const ids = driveIds(logs.map(({ name }) => name));
  const made = new Report({ session, settings: loadSettings(), vehicle, drives: logs.length, lang, anonymous });
  const lines: string[] = [];
  const failures: Failure[] = [];
  for (const [i, { name, log: given }] of logs.entries()) {
    tell({ kind: 'progress', stage: 'logs', done: i, total: logs.length, file: name });
    try {
      const log = await readLog(given, plan.reading);
      const result = plan.analyze(log);
      result.drive.id = ids[i] ?? name;
      made.add({ result, trace: plan.trace(log), fixes: log.fixes, zone: plan.zoneOf(log) });
      lines.push(`${JSON.stringify(result)}\n`);
    } catch (error) {
      failures.push(failureOf('log', name, error));
    }
  }
  tell({ kind: 'progress', stage: 'report', done: logs.length, total: logs.length, file: '' });
  const sealed = lines.length === 0 ? '' : await made.sealed();
  return { kind: 'done', sealed, drives: lines.length, failures, results: new Blob(lines), map: files.made };
}

async function run(job: Job): Promise<void> {
  let about = '';
  try {
    const bundled = job.maps.length === 0 ? town() : undefined;
    const maps = bundled ? [bundled.map] : job.maps;
    about = maps.map((file) => file.name).join(', ');
    const { map, made } = await mapOf(maps);
    const logs = bundled && job.logs.length === 0 ? bundled.logs : job.logs;
    tell(await analyzed(job, { map, made, logs }));
  } catch (error) {
    tell({ kind: 'failed', failures: [failureOf('map', about, error)] });
  }
}

addEventListener('message', ({ data }: MessageEvent<Job>) => void run(data));
tell({ kind: 'ready', profiles: profileNames(), version: VERSION });
