// SPDX-License-Identifier: MIT
// Tomare beside the open-source map matchers: the same extract and drives, one thread, warm. On demand, for
// installing the peers takes minutes. Rates are of the thread's CPU time. usage: npm run bench:peers [-- --keep]
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AnalyzerModule } from '../src/abi/module.ts';
import { driveBlock } from '../src/analyzer.ts';
import { loadProfile } from '../src/settings/profile.ts';
import { loadSettings } from '../src/settings/settings.ts';
import { threadCpuMs } from './clock.ts';
import { machine } from './machine.ts';
import { ROOT } from './natives.ts';
import { CACHE, extract, mapOf } from './places.ts';
import { keep } from './report.ts';
import { median } from './statistics.ts';
import { driveOn, thinned } from './walk.ts';

const profile = loadProfile('jp');

interface Peer {
  build_s: number;
  build_mib?: number;
  bytes: number;
  peak_mib: number;
  rates: Record<string, { fixes_per_s: number }>;
}

const HOME = dirname(CACHE);
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

function python(peer: string, drives: string): Peer {
  const chroot = join(HOME, 'peers');
  const folder = join(chroot, 'work');
  rmSync(join(folder, peer), { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [from, to] of [
    [source, 'extract.osm.pbf'],
    [drives, 'drives.json'],
    [join(import.meta.dirname, 'peers', 'python_peer.py'), 'python_peer.py'],
  ] as const) {
    rmSync(join(folder, to), { force: true });
    copyFileSync(from, join(folder, to));
  }
  const program = ['/venv/bin/python', '/work/python_peer.py', peer, '/work/extract.osm.pbf', '/work/drives.json'];
  const out = execFileSync('chroot', [chroot, ...program, `/work/${peer}`], { encoding: 'utf8' });
  return JSON.parse(out.trim().split('\n').at(-1) ?? '') as Peer;
}

function graphhopper(drives: string): Peer {
  const folder = join(HOME, 'graphhopper');
  rmSync(join(folder, 'graph'), { recursive: true, force: true });
  const program = ['-cp', '.:lib/*', 'GraphHopperPeer', source, drives, 'graph'];
  const out = execFileSync('java', program, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return JSON.parse(out.trim().split('\n').at(-1) ?? '') as Peer;
}

execFileSync(join(import.meta.dirname, 'peers', 'setup.sh'), [HOME], { stdio: ['ignore', 'ignore', 'inherit'] });
const drives = join(CACHE, 'peer-drives.json');
const rows = (interval: number) => {
  const f = thinned(hour, interval);
  return Array.from({ length: f.count }, (_, i) => [Math.round((f.time_ms[i] ?? 0) / 1000), f.lat[i], f.lon[i]]);
};
writeFileSync(drives, JSON.stringify(Object.fromEntries(INTERVALS.map((s) => [s, rows(s)]))));
const peers: Record<string, Peer> = {
  'tomare (WASM, rules too)': tomare(await mapOf('malta')),
  'Valhalla Meili 3.9.1': python('valhalla', drives),
  'OSRM 26.10.0 (CH)': python('osrm', drives),
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
