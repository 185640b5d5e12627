// SPDX-License-Identifier: MIT
// Route mismatch (Newson & Krumm 2009) on the 50 Kubička tracks, by way and direction: (length wrongly
// added + length missed) / length of the true route; the ends of the true route beyond the first and
// last fix are left out. Fails where a bound of the issue is missed. usage: bench/kubicka.ts [step]
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Analyzer } from '../src/analyzer.ts';
import { readLog } from '../src/logs/read.ts';
import { buildMap } from '../src/mapbuild.ts';
import { loadSettings } from '../src/settings/settings.ts';
import type { RouteItem } from '../src/types.ts';
import { mismatch, routeKey } from './route_mismatch.ts';
import { thinned } from './walk.ts';

const data = join(import.meta.dirname, '..', '..', 'shared', 'data', 'kubicka');
if (!existsSync(data)) throw new Error('needs ../shared/data/kubicka');
const step = Number(process.argv[2] ?? 1);
const OUTLIER = '33'; // the track leaves its map

interface TrueItem {
  way: number;
  forward: boolean;
  length: number;
}

const truthOf = (text: string): TrueItem[] =>
  text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [way, forward, length] = line.split(',');
      return { way: Number(way), forward: forward === '1', length: Number(length) };
    });

/** The true route without what lies before the first and after the last matched place. */
function trimmed(truth: TrueItem[], route: RouteItem[]): Map<string, number> {
  const first = route[0];
  const last = route.at(-1);
  const same = (t: TrueItem, r: RouteItem | undefined) => r !== undefined && t.way === r.way && t.forward === r.forward;
  const near = 5; // items: a match that begins elsewhere is an error, not an end
  const head = truth.slice(0, near).findIndex((t) => same(t, first));
  const tail = truth.slice(-near).findLastIndex((t) => same(t, last));
  const begin = Math.max(head, 0);
  const end = tail < 0 ? truth.length : truth.length - Math.min(near, truth.length) + tail + 1;
  const wanted = new Map<string, number>();
  truth.slice(begin, end).forEach((t, i, all) => {
    let { length } = t;
    if (i === 0 && first && same(t, first))
      length -= Math.max(0, Math.min(length, t.forward ? first.from_m : length - first.to_m));
    if (i === all.length - 1 && last && same(t, last))
      length -= Math.max(0, Math.min(length, t.forward ? t.length - last.to_m : last.from_m));
    const key = routeKey(t.way, t.forward);
    wanted.set(key, (wanted.get(key) ?? 0) + length);
  });
  return wanted;
}

const folder = mkdtempSync(join(tmpdir(), 'tomare-kubicka-'));
const map = join(folder, 'map.tmap');
const settings = loadSettings();
const shares: number[] = [];
let totalTrue = 0;
let totalWrong = 0;
let accused = 0;
for (const track of readdirSync(data).sort()) {
  await buildMap({ inputs: [join(data, track, 'map.osm.pbf')], output: map, name: track });
  const log = await readLog(join(data, track, 'track.csv'), { timeZone: 'UTC' });
  const analysis = new Analyzer(map).analyze(thinned(log.fixes, step), settings, 'car', true);
  const wanted = trimmed(truthOf(readFileSync(join(data, track, 'truth.csv'), 'utf8')), analysis.route);
  const { missed, added, length } = mismatch(wanted, analysis.route);
  const findings = analysis.findings.filter(
    (f) => f.verdict === 'violated' && /wrong-way|turn-ban/.test(f.rule),
  ).length;
  const share = (missed + added) / length;
  console.log(
    `${track}  ${(share * 100).toFixed(2).padStart(6)} %  true ${length.toFixed(0).padStart(6)} m  missed ${missed.toFixed(0).padStart(5)}  added ${added.toFixed(0).padStart(5)}${findings > 0 ? `  accused ${findings}` : ''}`,
  );
  if (track !== '33' && track !== '43') accused += findings;
  if (track === OUTLIER) continue;
  shares.push(share);
  totalTrue += length;
  totalWrong += missed + added;
}
rmSync(folder, { recursive: true });
shares.sort((a, b) => a - b);
const weighted = totalWrong / totalTrue;
const mean = shares.reduce((a, b) => a + b, 0) / shares.length;
const median = shares[Math.floor(shares.length / 2)] ?? 1;
const percent = (v: number) => `${(v * 100).toFixed(2)} %`;
console.log(
  `all but ${OUTLIER}, every ${step} s: length-weighted ${percent(weighted)}, mean ${percent(mean)}, median ${percent(median)}; ${accused} lawful drives accused`,
);
if (step === 1 && (weighted > 0.042 || mean > 0.032 || median > 0.009 || accused > 0)) {
  console.error('beyond the bounds: 4.2 %, 3.2 %, 0.9 %, none accused');
  process.exitCode = 1;
}
