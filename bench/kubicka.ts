// SPDX-License-Identifier: MIT
// Route mismatch (Newson & Krumm 2009) on the 50 Kubička tracks, by way and direction: (length wrongly
// added + length missed) / length of the true route; the ends of the true route beyond the first and
// last fix are left out. Fails where a bound of the issue is missed. usage: bench/kubicka.ts [step]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Analyzer } from '../src/analyzer.ts';
import { buildMap } from '../src/mapbuild.ts';
import { loadSettings } from '../src/settings/settings.ts';
import { kubickaTracks, OUTLIER, trimmed } from './kubicka_tracks.ts';
import { mismatch } from './route_mismatch.ts';
import { thinned } from './walk.ts';

const step = Number(process.argv[2] ?? 1);

const folder = mkdtempSync(join(tmpdir(), 'tomare-kubicka-'));
const map = join(folder, 'map.tmap');
const settings = loadSettings();
const shares: number[] = [];
let totalTrue = 0;
let totalWrong = 0;
let accused = 0;
for (const { track, extract, truth, fixes } of await kubickaTracks()) {
  await buildMap({ inputs: [extract], output: map, name: track });
  const analysis = new Analyzer(map).analyze(thinned(fixes, step), settings, 'car', true);
  const wanted = trimmed(truth, analysis.route);
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
