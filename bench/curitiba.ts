// SPDX-License-Identifier: MIT
// The five real Curitiba drives: share of moving fixes matched, and speeding by time against the
// study's own limit column, restricted to fixes where the map has the same limit.
// Fails below 98 % matched, or precision or recall below 0.95.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { Analyzer } from '../src/analyzer.ts';
import { readLog } from '../src/logs/read.ts';
import { buildMap } from '../src/mapbuild.ts';
import { loadSettings, type Settings } from '../src/settings/settings.ts';
import type { Fixes } from '../src/types.ts';

const data = join(import.meta.dirname, '..', '..', 'shared', 'data');
if (!existsSync(data)) throw new Error('needs ../shared/data');
const folder = mkdtempSync(join(tmpdir(), 'tomare-curitiba-'));
const map = join(folder, 'map.tmap');
await buildMap({ inputs: [join(data, 'maps', 'curitiba-roads.osm.pbf')], output: map });
const analyzer = new Analyzer(map);
const settings = loadSettings();
const speeding = settings as unknown as { speeding: Record<string, number> };

/** Fixes inside speeding events under the settings. */
function flagged(fixes: Fixes, policy: Settings): Set<number> {
  const found = new Set<number>();
  for (const f of analyzer.analyze(fixes, policy).findings) {
    if (f.rule === 'speeding' && f.verdict === 'violated') for (let i = f.first_fix; i <= f.last_fix; i++) found.add(i);
  }
  return found;
}

/** The limit of the map at each fix: what the car exceeds is found by asking with doctored speeds. */
function mapLimits(fixes: Fixes): Map<number, number> {
  const fast = { ...fixes, speed_mps: fixes.speed_mps.map(() => 60) };
  const limits = new Map<number, number>();
  const policy = structuredClone(settings) as unknown as { speeding: Record<string, number> };
  Object.assign(policy.speeding, { edge_m: 0, min_duration_s: 0, min_distance_m: 0, max_accel_mps2: 100000 });
  for (const f of analyzer.analyze(fast, policy as unknown as Settings).findings) {
    if (f.rule !== 'speeding') continue;
    for (let i = f.first_fix; i <= f.last_fix; i++) limits.set(i, f.measured['limit_kmh'] ?? 0);
  }
  return limits;
}

let moving = 0;
let matched = 0;
let both = 0;
let ours = 0;
let theirs = 0;
for (const file of readdirSync(join(data, 'drives', 'curitiba')).sort()) {
  const path = join(data, 'drives', 'curitiba', file);
  const { fixes } = await readLog(path, { timeZone: 'UTC' });
  const rows = parse(readFileSync(path), { columns: true }) as Record<string, string>[];
  const limit = rows.filter((r) => r['lat'] !== '' && r['lon'] !== '').map((r) => Number(r['limit_kmh']));
  const onlyMoving = Array.from(fixes.speed_mps.keys()).filter((i) => (fixes.speed_mps[i] ?? 0) > 1);
  const analysis = analyzer.analyze(fixes, settings);
  const share = analysis.matched / analysis.fixes;
  moving += onlyMoving.length;
  matched += onlyMoving.length * share;
  const limits = mapLimits(fixes);
  const found = flagged(fixes, settings);
  const tolerance = (l: number) =>
    Math.max(speeding.speeding['tolerance_kmh'] ?? 0, (l * (speeding.speeding['tolerance_pct'] ?? 0)) / 100);
  let comparable = 0;
  for (let i = 0; i < fixes.count; i++) {
    const truth = limit[i] ?? 0;
    if (!(truth > 0) || limits.get(i) !== truth) continue;
    comparable++;
    const over = (fixes.speed_mps[i] ?? 0) * 3.6 > truth + tolerance(truth);
    if (found.has(i)) ours++;
    if (over) theirs++;
    if (found.has(i) && over) both++;
  }
  console.log(
    `${file}  fixes ${fixes.count}  matched ${(share * 100).toFixed(1)} %  comparable ${comparable}  flagged ${found.size}`,
  );
}
rmSync(folder, { recursive: true });
const precision = both / ours;
const recall = both / theirs;
console.log(
  `matched ${((matched / moving) * 100).toFixed(2)} %, speeding by time: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)} (ours ${ours} s, true ${theirs} s)`,
);
if (matched / moving < 0.98 || precision < 0.95 || recall < 0.95) {
  console.error('beyond the bounds: 98 % matched, precision and recall 0.95');
  process.exitCode = 1;
}
