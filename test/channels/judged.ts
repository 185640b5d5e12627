// SPDX-License-Identifier: MIT
// The town's drives with a spoilt channel, judged beside the same drives with true ones.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDemo } from '../../mapdata/demo/make.ts';
import { Analyzer } from '../../src/analyzer.ts';
import { readStream } from '../../src/logs/read.ts';
import { buildMap } from '../../src/mapbuild.ts';
import { loadProfile } from '../../src/settings/profile.ts';
import { loadSettings } from '../../src/settings/settings.ts';
import type { Analysis, Finding, Fixes } from '../../src/types.ts';
import type { Damage } from './damage.ts';

export interface Drive {
  id: string;
  /** Rules that the drive breaks. */
  breaks: string[];
  fixes: Fixes;
}

export interface Town {
  analyzer: Analyzer;
  drives: Drive[];
}

async function* once(text: Buffer): AsyncGenerator<Buffer> {
  yield text;
}

export async function openTown(folder: string): Promise<Town> {
  mkdirSync(folder, { recursive: true });
  const entries = makeDemo(folder);
  const map = join(folder, 'town.tmap');
  await buildMap({ inputs: [join(folder, 'town.osm.pbf')], output: map });
  const drives: Drive[] = [];
  for (const { id, expect } of entries) {
    const csv = readFileSync(join(folder, 'drives', `${id}.csv`));
    const { fixes } = await readStream(`${id}.csv`, once(csv), { timeZone: 'Asia/Tokyo' });
    drives.push({ id, breaks: expect, fixes });
  }
  if (readdirSync(join(folder, 'drives')).length !== drives.length) throw new Error('drives of another run');
  return { analyzer: new Analyzer(map), drives };
}

/** Every `n`-th fix. */
export function thinned(fixes: Fixes, n: number): Fixes {
  const keep = <T extends Float32Array | Float64Array>(values: T) => values.filter((_, i) => i % n === 0) as T;
  const count = Math.ceil(fixes.count / n);
  return {
    count,
    time_ms: keep(fixes.time_ms),
    lat: keep(fixes.lat),
    lon: keep(fixes.lon),
    speed_mps: keep(fixes.speed_mps),
    heading_deg: keep(fixes.heading_deg),
    accuracy_m: keep(fixes.accuracy_m),
  };
}

const settings = loadSettings();
const profile = loadProfile('jp');

export function judge(town: Town, fixes: Fixes): Analysis {
  return town.analyzer.analyze(fixes, { settings, vehicle: 'car', route: false, profile });
}

const placeOf = (f: Finding) => `${f.rule} ${f.node || f.relation || `way ${f.way}`}`;

/** The same place, or for a rule of stretches the same time: where an event begins and ends depends on the speeds. */
const same = (a: Finding, b: Finding) =>
  a.rule === b.rule &&
  (a.node || a.relation ? placeOf(a) === placeOf(b) : a.start_ms <= b.end_ms && b.start_ms <= a.end_ms);

export interface Comparison {
  drive: string;
  damage: string;
  /** Violations that the drive does not earn, and places called complied that it did not comply at. */
  unearned: string[];
  acquitted: string[];
  violated: number;
  undetermined: number;
  analysis: Analysis;
}

/** What the truth is: the rules that the drive breaks, at the places where true channels at 1 s show it. */
export function compare(town: Town, drive: Drive, damage: Damage, every: number): Comparison {
  const truth = judge(town, drive.fixes).findings;
  const shown = (f: Finding, verdict: string) => truth.some((t) => t.verdict === verdict && same(t, f));
  const thin = thinned(drive.fixes, every);
  const analysis = judge(town, { ...thin, ...damage.spoil(thin) });
  const of = (verdict: string) => analysis.findings.filter((f) => f.verdict === verdict);
  const claims = [...of('violated'), ...of('possible')];
  return {
    drive: drive.id,
    damage: damage.name,
    unearned: claims.filter((f) => !drive.breaks.includes(f.rule) || !shown(f, 'violated')).map(placeOf),
    acquitted: of('complied')
      .filter((f) => !shown(f, 'complied'))
      .map(placeOf),
    violated: of('violated').length,
    undetermined: of('undetermined').length,
    analysis,
  };
}
