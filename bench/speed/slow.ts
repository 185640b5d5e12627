// SPDX-License-Identifier: MIT
// Drives built to be slow: dense grids, stars of roads, roads in a heap, fixes a minute apart, told errors and settings as
// large as they may be. Prints milliseconds a fix of each, and fails when the worst is more than 50 times the median.
// usage: npm run bench -- slow [--fixes 40]
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type OsmData, writeOsmPbf } from '../../mapdata/demo/osm_pbf.ts';
import { Plane, type Point } from '../../mapdata/demo/plane.ts';
import { buildMap } from '../../src/mapbuild.ts';
import { openSession } from '../../src/session.ts';
import type { Fixes } from '../../src/types.ts';
import { changedSettings } from '../changed_settings.ts';

const MOST = 50;
const { values } = parseArgs({ options: { fixes: { type: 'string', default: '40' } } });
const plane = new Plane(35, 139);

function drawn(nodes: Point[], ways: number[][]): OsmData {
  return {
    nodes: nodes.map((p, i) => ({ id: i + 1, ...plane.position(p) })),
    ways: ways.map((refs, i) => ({ id: i + 1, refs: refs.map((n) => n + 1), tags: { highway: 'residential' } })),
    relations: [],
  };
}

/** Streets every `apart` metres both ways. */
function grid(side: number, apart: number): OsmData {
  const at = (x: number, y: number) => y * side + x;
  const range = Array.from({ length: side }, (_, i) => i);
  const nodes = range.flatMap((y) => range.map((x) => ({ x: x * apart, y: y * apart })));
  const rows = range.map((y) => range.map((x) => at(x, y)));
  const columns = range.map((x) => range.map((y) => at(x, y)));
  return drawn(nodes, [...rows, ...columns]);
}

/** Stars of `arms` roads each, joined in a row. */
function stars(count: number, arms: number): OsmData {
  const nodes: Point[] = [];
  const ways: number[][] = [];
  for (let star = 0; star < count; star++) {
    const middle = nodes.push({ x: star * 60, y: 0 }) - 1;
    for (let arm = 0; arm < arms; arm++) {
      const angle = (2 * Math.PI * arm) / arms;
      ways.push([middle, nodes.push({ x: star * 60 + 25 * Math.cos(angle), y: 25 * Math.sin(angle) }) - 1]);
    }
    if (star > 0) ways.push([middle - arms - 1, middle]);
  }
  return drawn(nodes, ways);
}

/** A fix each `seconds`, `metres` apart, eastward through the middle and back again. */
function drive(y: number, length: number, seconds: number, metres: number, accuracy: (i: number) => number): Fixes {
  const count = Number(values.fixes);
  const positions = Array.from({ length: count }, (_, i) => {
    const gone = (i * metres) % (2 * length);
    return plane.position({ x: gone > length ? 2 * length - gone : gone, y: y + 3 * Math.sin(i) });
  });
  return {
    count,
    time_ms: Float64Array.from(positions, (_, i) => 1_700_000_000_000 + 1000 * seconds * i),
    lat: Float64Array.from(positions, (p) => p.lat),
    lon: Float64Array.from(positions, (p) => p.lon),
    speed_mps: new Float32Array(count).fill(Number.NaN),
    heading_deg: new Float32Array(count).fill(Number.NaN),
    accuracy_m: Float32Array.from(positions, (_, i) => accuracy(i)),
  };
}

const MAPS: Record<string, { data: OsmData; y: number; length: number }> = {
  '50 m grid': { data: grid(60, 50), y: 1500, length: 2900 },
  '10 m grid': { data: grid(120, 10), y: 600, length: 1150 },
  '2 m grid': { data: grid(120, 2), y: 120, length: 230 },
  'stars of 60': { data: stars(40, 60), y: 0, length: 2300 },
};
const STEPS = [
  { seconds: 1, metres: 20 },
  { seconds: 10, metres: 150 },
  { seconds: 60, metres: 700 },
];
const WIDE = ['match.radius_m=100000', 'match.max_candidates=100000', 'match.off_road_cost=100000'];
const KINDS = [
  { kind: 'as shipped', set: [] as string[], accuracy: () => Number.NaN },
  { kind: 'told 5 to 100 m', set: [] as string[], accuracy: (i: number) => (i % 2 === 0 ? 100 : 5) },
  { kind: 'widest settings', set: WIDE, accuracy: (i: number) => (i % 2 === 0 ? 100 : 5) },
];

const folder = mkdtempSync(join(tmpdir(), 'tomare-slow-'));
const found: { name: string; ms: number }[] = [];
for (const [name, { data, y, length }] of Object.entries(MAPS)) {
  const map = join(folder, 'map.tmap');
  writeFileSync(join(folder, 'map.osm.pbf'), writeOsmPbf(data));
  await buildMap({ inputs: [join(folder, 'map.osm.pbf')], output: map, name: 'slow' });
  for (const { kind, set, accuracy } of KINDS) {
    const session = openSession({ map, settings: changedSettings(set), profile: 'none' });
    for (const { seconds, metres } of STEPS) {
      const fixes = drive(y, length, seconds, metres, accuracy);
      const times = [0, 1, 2].map(() => {
        const start = process.cpuUsage();
        session.analysis(fixes);
        const { user, system } = process.cpuUsage(start);
        return (user + system) / 1000 / fixes.count;
      });
      found.push({ name: `${name}, every ${seconds} s, ${kind}`, ms: Math.min(...times) });
    }
  }
}
rmSync(folder, { recursive: true });
found.sort((a, b) => a.ms - b.ms);
for (const { name, ms } of found) console.log(`${ms.toFixed(3).padStart(9)} ms a fix  ${name}`);
const median = found[Math.floor(found.length / 2)]?.ms ?? 0;
const worst = found.at(-1)?.ms ?? 0;
console.log(
  `worst ${worst.toFixed(2)} ms, median ${median.toFixed(3)} ms: ${(worst / median).toFixed(1)} times, at most ${MOST}`,
);
if (!(worst <= MOST * median)) process.exitCode = 1;
