// SPDX-License-Identifier: MIT
// A stop that only an overlay knows is judged like one of the map, and says where it comes from.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeOsmPbf } from '../../mapdata/demo/osm_pbf.ts';
import { Plane } from '../../mapdata/demo/plane.ts';
import { Path, simulate } from '../../mapdata/demo/simulate.ts';
import { Analyzer } from '../../src/analyzer.ts';
import { readLog } from '../../src/logs/read.ts';
import { buildMap } from '../../src/mapbuild.ts';
import type { LeftOut, OverlayStop } from '../../src/overlay/rows.ts';
import { loadSettings } from '../../src/settings/settings.ts';

const PLANE = new Plane(35.1, 139.42);
const at = (x: number, y: number) => PLANE.position({ x, y });
const stop = (row: number, x: number, y: number, bearing: number): OverlayStop => ({ ...at(x, y), bearing, row });

/** A crossroads at (0, 0) with arms of 200 m; the map's own stop is on the western arm, eastbound. */
async function crossroads(overlay: OverlayStop[], start: [number, number], end: [number, number]) {
  const folder = mkdtempSync(join(tmpdir(), 'tomare-overlay-'));
  const ends: [number, number][] = [
    [0, 0],
    [-200, 0],
    [200, 0],
    [0, -200],
    [0, 200],
  ];
  const nodes = ends.map(([x, y], i) => ({ id: i + 1, ...at(x, y) }));
  const tags = { highway: 'residential', maxspeed: '40' };
  const sign = { id: 9, ...at(-7, 0), tags: { highway: 'stop', direction: 'forward' } };
  const ways = [
    { id: 11, refs: [2, 9, 1], tags },
    { id: 12, refs: [1, 3], tags },
    { id: 13, refs: [4, 1], tags },
    { id: 14, refs: [1, 5], tags },
  ];
  const input = join(folder, 'x.osm.pbf');
  writeFileSync(input, writeOsmPbf({ nodes: [...nodes, sign], ways, relations: [] }));
  let leftOut: LeftOut[] = [];
  const output = join(folder, 'x.tmap');
  await buildMap({
    inputs: [input],
    output,
    overlay,
    onLeftOut: (rows) => {
      leftOut = rows;
    },
  });
  const path = new Path([start, end].map(([x, y]) => ({ x, y })));
  const fixes = simulate(path, PLANE, {
    speedAt: () => 35,
    stops: [],
    slow: [],
    start: '2026-10-05T01:00:00Z',
    seed: 3,
  });
  const rows = fixes.map((f) => `${f.time},${f.lat},${f.lon},${f.speed_kmh},${f.heading_deg}`);
  writeFileSync(join(folder, 'd.csv'), ['time,lat,lon,speed_kmh,heading_deg', ...rows].join('\n'));
  const log = await readLog(join(folder, 'd.csv'), { timeZone: 'Asia/Tokyo' });
  const analyzer = new Analyzer(output);
  for (let tile = 0; tile < analyzer.mapInfo().tiles; tile++) expect(analyzer.verifyTile(tile)).toBeUndefined();
  return { findings: analyzer.analyze(log.fixes, loadSettings()).findings, leftOut, info: analyzer.mapInfo() };
}

describe('an overlay', () => {
  it('a stop before the line binds the approach that it names', async () => {
    const overlay = [stop(2, 1, -9, 0)];
    const north = await crossroads(overlay, [0, -195], [0, 195]);
    expect(north.findings.map((f) => [f.rule, f.verdict, f.sourceTag])).toEqual([
      ['stop-sign', 'violated', 'overlay:stop'],
    ]);
    expect(north.info.statistics['overlay_stops']).toBe(1);
    expect(north.leftOut).toEqual([]);
    const south = await crossroads(overlay, [0, 195], [0, -195]);
    expect(south.findings).toEqual([]);
  });

  it('a point at the centre of the junction goes to the road that leads there', async () => {
    const { findings } = await crossroads([stop(2, 0.5, 0.5, 180)], [0, 195], [0, -195]);
    expect(findings.map((f) => [f.way, f.verdict])).toEqual([[14, 'violated']]);
    expect(findings[0]?.reasons).toContain('line_position_uncertain');
  });

  it('lists what no road takes, and what the map has', async () => {
    const overlay = [stop(2, 90, 90, 0), stop(3, 1, -100, 0), stop(4, -8, 1, 90), stop(5, 1, -100, 90)];
    const { leftOut, info } = await crossroads(overlay, [0, -195], [0, 195]);
    expect(leftOut).toEqual([
      { row: 2, reason: 'no road within 25 m' },
      { row: 3, reason: 'no junction within 60 m ahead' },
      { row: 4, reason: 'the map has this stop' },
      { row: 5, reason: 'no road in the direction of approach' },
    ]);
    expect(info.statistics['overlay_stops']).toBe(0);
  });
});
