// SPDX-License-Identifier: MIT
// `npm run bench -- porto`: 280 taxi trips over a map of Porto with all its tags. Nobody drove to break the law: every accusation
// is listed with what the map says there, and how many trips pass it. Fails when a banned turn is found against geometry.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const data = join(root, '..', 'shared', 'data', 'porto');
if (!existsSync(data)) throw new Error('needs ../shared/data/porto');

interface Finding {
  rule: string;
  verdict: string;
  road: { way: number; relation?: number; name?: string };
  source: { tag: string };
  measured: Record<string, number>;
  confidence: number;
  reasons: string[];
}
interface Result {
  drive: { id: string; distance_m: number };
  findings: Finding[];
}
interface Place {
  accused: number;
  drives: Set<string>;
  first: Finding;
}

const folder = mkdtempSync(join(tmpdir(), 'tomare-porto-'));
const run = (args: string[]): string => {
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 1 << 30 } as const;
  const done = spawnSync(process.execPath, ['src/cli/main.ts', ...args], options);
  if (done.status !== 0) throw new Error(done.stderr);
  return done.stdout;
};

function analyse(): Result[] {
  const map = join(folder, 'porto.tmap');
  run(['map', 'build', join(data, 'map.osm.pbf'), '-o', map]);
  const settings = join(folder, 'settings.yaml'); // the times are made up, so that speeds mean nothing
  const shipped = readFileSync(join(root, 'settings.yaml'), 'utf8');
  writeFileSync(settings, shipped.replace(/^( {2}speeding:) true/m, '$1 false'));
  const drives = readdirSync(join(data, 'drives')).map((name) => join(data, 'drives', name));
  const options = [
    '--map',
    map,
    '--settings',
    settings,
    '--profile',
    'generic',
    '--tz',
    'Europe/Lisbon',
    '--format',
    'ndjson',
    '--all',
  ];
  const lines = run(['analyze', ...options, ...drives]).split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Result);
}

const claims = (f: Finding) => f.verdict === 'violated' || f.verdict === 'possible';

/** What can be told of the cause from the findings alone. */
function causeOf(place: Place): string {
  if (place.drives.size > 1) return `${place.drives.size} trips do it: map and street may disagree`;
  if (place.first.verdict === 'possible') return 'a permit is possible';
  return place.first.confidence < 0.8 ? 'the match is weak' : 'one trip';
}

const results = analyse();
const places = new Map<string, Place>();
let contradicted = 0;
for (const result of results) {
  for (const f of result.findings) {
    if (f.rule === 'turn-ban' && f.reasons.includes('map_contradiction')) contradicted++;
    if (!claims(f)) continue;
    const key = `${f.rule} ${f.road.relation ? `relation ${f.road.relation}` : `way ${f.road.way}`} [${f.source.tag}]`;
    const place = places.get(key) ?? { accused: 0, drives: new Set(), first: f };
    place.accused++;
    place.drives.add(result.drive.id);
    places.set(key, place);
  }
}
rmSync(folder, { recursive: true });
const km = results.reduce((sum, r) => sum + r.drive.distance_m, 0) / 1000;
process.stdout.write(
  `${results.length} trips, ${km.toFixed(0)} km, ${contradicted} banned turns left undetermined against geometry\n`,
);
for (const [key, place] of [...places].sort((a, b) => b[1].accused - a[1].accused)) {
  process.stdout.write(`${String(place.accused).padStart(3)} ${place.first.verdict} ${key}: ${causeOf(place)}\n`);
}
const against = [...places].filter(([, { first: f }]) => {
  const turn = f.measured['turn_deg'];
  if (turn === undefined || !f.source.tag.includes('=no_')) return false;
  if (f.source.tag.includes('left')) return turn > -25;
  if (f.source.tag.includes('right')) return turn < 25;
  return f.source.tag.includes('u_turn') && Math.abs(turn) < 120;
});
for (const [key] of against) process.stdout.write(`AGAINST GEOMETRY: ${key}\n`);
process.exitCode = against.length > 0 ? 1 : 0;
