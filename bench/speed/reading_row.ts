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

/** Rounds until V8 has compiled what is measured. */
const WARM = 3;

/** Median milliseconds of each work: all of them in turn, so that what else the machine does meets all alike. */
async function timed(...works: (() => unknown)[]): Promise<number[]> {
  const times = works.map((): number[] => []);
  for (let round = -WARM; round < Number(runs); round++) {
    for (const [k, work] of works.entries()) {
      const begin = threadCpuMs();
      await work();
      if (round >= 0) times[k]?.push(threadCpuMs() - begin);
    }
  }
  return times.map(median);
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
const [all_ms = 0, reading_ms = 0, engine_ms = 0] = await timed(whole, read, () => judge(log));
const times: LogTimes = { fixes: log.fixes.count, all_ms, reading_ms, engine_ms };
process.stdout.write(`${JSON.stringify(times)}\n`);
