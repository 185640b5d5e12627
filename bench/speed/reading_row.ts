// SPDX-License-Identifier: MIT
// One log for reading.ts, alone in its process: `node reading_row.ts LOG MAP RUNS` prints its times as JSON.
import { Analyzer } from '../../src/analyzer.ts';
import { readLog } from '../../src/logs/read.ts';
import { compose } from '../../src/report/compose.ts';
import { loadProfile } from '../../src/settings/profile.ts';
import { loadSettings } from '../../src/settings/settings.ts';
import { threadCpuMs } from '../clock.ts';
import { median } from '../statistics.ts';

/** Milliseconds of a log end to end, of reading it and of the engine. */
export interface LogTimes {
  fixes: number;
  all_ms: number;
  reading_ms: number;
  engine_ms: number;
}

const [path = '', map = '', runs = ''] = process.argv.slice(2);

async function timed(work: () => Promise<void> | void): Promise<number> {
  await work(); // warm
  const times: number[] = [];
  for (let run = 0; run < Number(runs); run++) {
    const begin = threadCpuMs();
    await work();
    times.push(threadCpuMs() - begin);
  }
  return median(times);
}

const [analyzer, settings, profile] = [new Analyzer(map), loadSettings(), loadProfile('jp')];
const info = analyzer.mapInfo();
const read = () => readLog(path, { timeZone: 'UTC' });
const log = await read();
const judge = (l: typeof log) => analyzer.analyze(l.fixes, { settings, profile });
const whole = async () => {
  const l = await read();
  const context = {
    log: l,
    version: '',
    map: info,
    places: [0],
    lawAt: () => ({ zone: 'Asia/Tokyo', profile }),
    warnings: [],
    settings,
    vehicle: 'car',
    all: false,
    route: false,
  } as const;
  JSON.stringify(compose(judge(l), context));
};
const times: LogTimes = {
  fixes: log.fixes.count,
  all_ms: await timed(whole),
  reading_ms: await timed(async () => void (await read())),
  engine_ms: await timed(() => void judge(log)),
};
process.stdout.write(`${JSON.stringify(times)}\n`);
