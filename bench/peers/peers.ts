// SPDX-License-Identifier: MIT
// Tomare beside the open-source map matchers: the same extract and drives, one thread, warm. On demand, for
// installing the peers takes minutes. Rates are of the thread's CPU time. usage: npm run bench -- peers [--keep]
import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AnalyzerModule } from '../../src/abi/module.ts';
import { driveBlock } from '../../src/analyzer.ts';
import { loadProfile } from '../../src/settings/profile.ts';
import { loadSettings } from '../../src/settings/settings.ts';
import { threadCpuMs } from '../clock.ts';
import { machine } from '../machine.ts';
import { ROOT } from '../natives.ts';
import { CACHE, extract, mapOf } from '../places.ts';
import { keep } from '../results.ts';
import { median } from '../statistics.ts';
import { driveOn, thinned } from '../walk.ts';
import { HOME, type Peer, python, setUp, writeDrives } from './peer_runs.ts';

const profile = loadProfile('jp');

const INTERVALS = [1, 5, 10];
const ROUNDS = 7;
const source = extract('malta');
const hour = driveOn(source, 3600, 7);

function tomare(map: string): Peer {
  const settings = loadSettings();
  const module = AnalyzerModule.open(map, 64 << 20);
  const rates: Peer['rates'] = {};
  for (const interval of INTERVALS) {
    const drive = driveBlock(thinned(hour, interval), { settings, route: true, profile });
    const times: number[] = [];
    for (let i = 0; i < ROUNDS + 5; i++) {
      const begin = threadCpuMs();
      module.analyze(drive);
      if (i >= 5) times.push(threadCpuMs() - begin);
    }
    rates[interval] = { fixes_per_s: (thinned(hour, interval).count / median(times)) * 1000 };
  }
  return { ...buildTomare(), bytes: statSync(map).size, peak_mib: process.memoryUsage.rss() / 2 ** 20, rates };
}

/** A process of its own, as the peers' builds are. */
function buildTomare(): { build_s: number; build_mib: number } {
  const out = join(CACHE, 'peers.tmap');
  const probe = "data:text/javascript,process.on('exit',()=>console.error('@'+process.resourceUsage().maxRSS))";
  const begin = performance.now();
  const command = ['--import', probe, 'src/cli/main.ts', 'map', 'build', source, '-o', out];
  const run = spawnSync(process.execPath, command, { cwd: ROOT, encoding: 'utf8' });
  const build_s = (performance.now() - begin) / 1000;
  return { build_s, build_mib: Number(/@(\d+)/.exec(run.stderr)?.[1]) / 1024 };
}

function graphhopper(drives: string): Peer {
  const folder = join(HOME, 'graphhopper');
  rmSync(join(folder, 'graph'), { recursive: true, force: true });
  const program = ['-cp', '.:lib/*', 'GraphHopperPeer', source, drives, 'graph'];
  const out = execFileSync('java', program, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return JSON.parse(out.trim().split('\n').at(-1) ?? '') as Peer;
}

setUp();
const drives = writeDrives(hour, INTERVALS);
const peers: Record<string, Peer> = {
  'tomare (WASM, rules too)': tomare(await mapOf('malta')),
  'Valhalla Meili 3.9.1': python('valhalla', source, drives),
  'OSRM 26.10.0 (CH)': python('osrm', source, drives),
  'GraphHopper 10.2': graphhopper(drives),
};
console.log('                            build s     map MB   peak MiB     fixes/s at 1 s       5 s      10 s');
for (const [name, p] of Object.entries(peers)) {
  const rates = INTERVALS.map((s) =>
    Math.round(p.rates[s]?.fixes_per_s ?? 0)
      .toLocaleString('en')
      .padStart(10),
  );
  const figures = [p.build_s.toFixed(2), (p.bytes / 1e6).toFixed(1), p.peak_mib.toFixed(0)].map((v) => v.padStart(10));
  console.log(`${name.padEnd(25)} ${figures.join(' ')}         ${rates.join('')}`);
}
if (process.argv.includes('--keep')) console.error(`kept as ${keep('peers', { machine: machine(), peers } as never)}`);
