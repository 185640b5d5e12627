// SPDX-License-Identifier: MIT
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { overlayBlock } from './block.ts';
import { readOverlay } from './overlay.ts';
import { KINDS, type OverlayRow, type Point } from './rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'tomare-overlay-'));
function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const HEAD = 'kind,lat,lon,line,bearing,direction,value,vehicles,condition,roads,osm,rule';
const LINE = '139.4 35.1;139.41 35.1';
const DRAWN: Point[] = [
  [139.4, 35.1],
  [139.41, 35.1],
];
const csv = (...rows: string[]) => readOverlay(file('a.csv', [HEAD, ...rows, ''].join('\n')));

describe('overlays', () => {
  it.each<[string, Partial<OverlayRow>]>([
    ['stop,35.1,139.4,,90,,,,', { kind: 'stop', line: [[139.4, 35.1]], bearing: 90 }],
    ['stop,35.1,139.4,,360,,,,', { kind: 'stop', line: [[139.4, 35.1]], bearing: 0 }],
    [`oneway,,,${LINE},,,,,`, { kind: 'oneway', line: DRAWN }],
    [`closure,,,${LINE},,,,car;bus,07:30-08:30`, { closure: 'no', vehicles: ['car', 'bus'], condition: '07:30-08:30' }],
    [`closure,,,${LINE},,along,permit,,`, { closure: 'permit', along: true }],
    ['closure,35.1,139.4,,90,,,,', { kind: 'closure', line: [[139.4, 35.1]], bearing: 90, along: true, closure: 'no' }],
    [`limit,,,${LINE},,both,40,,`, { kind: 'limit', kmh: 40 }],
    [`limit,,,${LINE},,,none,,`, { kmh: 'none' }],
    [`limit,,,${LINE},,,variable,,`, { kmh: 'variable' }],
    [`turn_ban,,,${LINE};139.41 35.11,,,only,,`, { kind: 'turn_ban', only: true }],
    [`u_turn_ban,,,${LINE},,,,,`, { kind: 'u_turn_ban', line: DRAWN }],
    ['level_crossing,35.1,139.4,,,,,,', { kind: 'level_crossing', line: [[139.4, 35.1]] }],
    [`centre_line,,,${LINE},,,,,`, { kind: 'centre_line' }],
    [`expressway,,,${LINE},,,,,`, { kind: 'expressway' }],
    [`limit,,,${LINE},,,80,,,motorway`, { kmh: 80, roads: 'motorway' }],
    [
      'unsure,,,,,,,,,,way/7,wrong-way',
      { kind: 'unsure', line: [], object: { type: 'way', id: 7 }, rule: 'wrong-way' },
    ],
    ['unsure,35.1,139.4,,,,,,,,node/8000000001,', { line: [], object: { type: 'node', id: 8000000001 } }],
    ['unsure,,,,,,,,,,relation/9,turn-ban', { object: { type: 'relation', id: 9 }, rule: 'turn-ban' }],
  ])('CSV: %s', (row, expected) => {
    const { rows, leftOut } = csv(row);
    expect(leftOut).toEqual([]);
    expect(rows).toMatchObject([{ row: 2, ...expected }]);
  });

  it.each([
    ['stop,35.1,139.4,,,,,,', 'no direction of approach'],
    ['stop,x,139.4,,0,,,,', 'no position'],
    [`oneway,,,139.4 95;139.5 35,,,,,`, 'no position'],
    ['stop,35.1,139.4,,-5,,,,', 'bearing is not 0 to 360'],
    [`limit,,,${LINE},,,fast,,`, 'value is not a limit in km/h'],
    [`limit,,,${LINE},,,,,`, 'value is not a limit in km/h'],
    [`closure,,,${LINE},,,maybe,,`, 'value maybe is none of no, private, destination, delivery, customers, permit'],
    [`oneway,,,${LINE},,left,,,`, 'direction is neither both nor along'],
    [`turn_ban,,,${LINE},,,no_entry,,`, 'value no_entry is not a turn ban'],
    ['turn_ban,35.1,139.4,,,,no_left_turn,,', 'no direction of approach'],
    [`limit,,,${LINE},,,40,tank,`, /^vehicle tank is none of car, /],
    [`limit,,,${LINE},,,80,,,rail`, 'roads is neither motorway nor ordinary'],
    ['unsure,35.1,139.4,,,,,,,,,', 'no osm object'],
    ['unsure,,,,,,,,,,7,', 'osm is not way/…, node/… or relation/… with an id'],
    ['unsure,,,,,,,,,,area/7,', 'osm is not way/…, node/… or relation/… with an id'],
    ['unsure,,,,,,,,,,way/0,', 'osm is not way/…, node/… or relation/… with an id'],
    ['unsure,,,,,,,,,,way/7,speeding', /^rule speeding is none of wrong-way, no-entry, /],
    ['unsure,,,,,,,,,,way/7,stop-sign', 'rule stop-sign rests on a node, not on a way'],
    [`parking,,,${LINE},,,,,`, /^kind parking is none of stop, oneway, /],
  ])('CSV: %s is left out', (row, reason) => {
    const { rows, leftOut } = csv(`stop,35.1,139.4,,90,,,,`, row);
    expect(rows.map((r) => r.row)).toEqual([2]);
    expect(leftOut.map((l) => l.row)).toEqual([3]);
    expect(leftOut[0]?.reason).toMatch(reason);
  });

  it('a turn by its name becomes the positions before the junction, at it, and of the exit', () => {
    const turn = (value: string) => csv(`turn_ban,35.1,139.4,,90,,${value},,`).rows[0];
    expect(turn('no_left_turn')?.line[0]?.[0]).toBeLessThan(139.4);
    expect(turn('no_left_turn')?.line[2]?.[1]).toBeGreaterThan(35.1);
    expect(turn('no_right_turn')?.line[2]?.[1]).toBeLessThan(35.1);
    expect(turn('only_straight_on')?.line[2]?.[0]).toBeGreaterThan(139.4);
    expect(turn('only_straight_on')?.only).toBe(true);
    expect(turn('no_u_turn')?.line[2]).toEqual(turn('no_u_turn')?.line[0]);
  });

  it('GeoJSON has the same properties', () => {
    const feature = (type: string, coordinates: unknown, properties: object) => ({
      type: 'Feature',
      geometry: { type, coordinates },
      properties,
    });
    const features = [
      feature('Point', [139.4, 35.1], { kind: 'stop', bearing: 90 }),
      feature('LineString', DRAWN, { kind: 'limit', value: 40, direction: 'along', vehicles: 'car' }),
      feature('Polygon', [[[139.4, 35.1]]], { kind: 'closure' }),
      feature('LineString', DRAWN, { kind: 'stop' }),
      { type: 'Feature', geometry: null, properties: { kind: 'unsure', osm: 'way/7', rule: 'no-entry' } },
      { type: 'Feature', geometry: null, properties: { kind: 'limit', value: 40 } },
    ];
    const path = file('a.geojson', JSON.stringify({ type: 'FeatureCollection', features }));
    expect(readOverlay(path)).toEqual({
      rows: [
        { row: 1, kind: 'stop', line: [[139.4, 35.1]], bearing: 90 },
        { row: 2, kind: 'limit', line: DRAWN, along: true, vehicles: ['car'], kmh: 40 },
        { row: 5, kind: 'unsure', line: [], object: { type: 'way', id: 7 }, rule: 'no-entry' },
      ],
      leftOut: [
        { row: 3, reason: 'no position' },
        { row: 4, reason: 'no direction of approach' },
        { row: 6, reason: 'no position' },
      ],
    });
  });

  it('the example and the kinds of OVERLAY.md', () => {
    const page = readFileSync(join(import.meta.dirname, '../../mapdata/OVERLAY.md'), 'utf8');
    const example = /```csv\n([^`]+)```/.exec(page)?.[1] ?? '';
    const { rows, leftOut } = readOverlay(file('example.csv', example));
    expect(leftOut).toEqual([]);
    expect(rows.length).toBe(9);
    const named = [...page.matchAll(/^\| `(\w+)` \| (?:the|a) /gm)].map((m) => m[1]);
    expect([...new Set(named)]).toEqual([...KINDS]);
  });

  it('something else says what is wrong', () => {
    expect(() => readOverlay(file('b.geojson', '{"type": "Feature"}'))).toThrow(/b\.geojson/);
    expect(() => readOverlay(file('c.geojson', '{'))).toThrow(/c\.geojson: not JSON/);
    expect(() => readOverlay(join(folder, 'none.csv'))).toThrow(/cannot be read/);
  });

  it('the block of the boundary', () => {
    const row: OverlayRow = {
      row: 7,
      kind: 'limit',
      line: DRAWN,
      along: true,
      kmh: 40,
      condition: 'Mo',
      vehicles: ['car'],
    };
    const bytes = overlayBlock([row]);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    expect(bytes.byteLength).toBe(32 + 2 * 8 + 4);
    expect([0, 12, 16].map((at) => view.getUint32(at, true))).toEqual([7, 2, 2]);
    expect([4, 5, 6].map((at) => view.getUint8(at))).toEqual([4, 1, 1]);
    expect([8, 10].map((at) => view.getUint16(at, true))).toEqual([400, 0xffff]);
    expect([32, 36].map((at) => view.getInt32(at, true))).toEqual([351000000, 1394000000]);
  });

  it('an unsure row in the block', () => {
    const object = { type: 'way', id: 8_000_000_001 } as const;
    const block = overlayBlock([
      { row: 1, kind: 'unsure', line: [], object },
      { row: 2, kind: 'unsure', line: [], object, rule: 'no-entry' },
    ]);
    const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
    expect(block.byteLength).toBe(2 * 32);
    expect([4, 7, 36, 39].map((at) => view.getUint8(at))).toEqual([10, 2, 10, 2]);
    expect([8, 40].map((at) => view.getUint16(at, true))).toEqual([3, 2]);
    expect([24, 56].map((at) => view.getBigInt64(at, true))).toEqual([8_000_000_001n, 8_000_000_001n]);
  });
});

// a fixture of our own in the published form: cp932, all fields quoted, 170 columns
describe('the police open data of Japan', () => {
  const { rows, leftOut } = readOverlay(join(import.meta.dirname, 'fixtures/police.csv'));
  const place: Point = [139.7, 35.6];
  const entry: Point = [139.7, 35.5998];
  const east: Point = [139.7002, 35.6];
  const line: Point[] = [place, [139.701, 35.6]];

  it.each<[string, number, object[]]>([
    ['63 a stop, with the bearing from the point of approach', 2, [{ kind: 'stop', line: [place], bearing: 0 }]],
    ['112 a limit', 5, [{ kind: 'limit', line, kmh: 40 }]],
    [
      '11 a one-way street, against its vertices, and not on Sundays and holidays',
      8,
      [{ kind: 'oneway', line: line.toReversed(), condition: '07:30-09:00; Su,PH off' }],
    ],
    [
      '12 designated directions, for 自動車',
      9,
      [
        {
          kind: 'turn_ban',
          only: true,
          line: [entry, place, [139.7, 35.6002], east],
          vehicles: ['car', 'light_goods', 'large_goods', 'trailer', 'bus', 'motorcycle'],
        },
      ],
    ],
    ['12 a banned direction, all day', 10, [{ kind: 'turn_ban', line: [entry, place, east] }]],
    ['13 no entry', 11, [{ kind: 'closure', line: [place], bearing: 0, along: true, closure: 'no' }]],
    [
      '1 a street for pedestrians by the hour, with permits',
      12,
      [{ kind: 'closure', line, closure: 'permit', condition: '07:30-08:30; Sa,Su,PH off' }],
    ],
    ['51 no turning round along a road', 14, [{ kind: 'u_turn_ban', line }]],
    ['17 a line that is not to be crossed is a centre line', 16, [{ kind: 'centre_line', line }]],
    [
      '112 on a national expressway names it too',
      17,
      [
        { kind: 'expressway', line, roads: 'motorway' },
        { kind: 'limit', line, kmh: 100, roads: 'motorway' },
      ],
    ],
    ['113 a variable limit', 18, [{ kind: 'limit', line, kmh: 'variable' }]],
    [
      '5 closed to large goods at the weekend',
      19,
      [
        {
          kind: 'closure',
          line,
          closure: 'no',
          vehicles: ['large_goods'],
          condition: 'Sa 22:00-06:00, Su 00:00-07:00',
        },
      ],
    ],
    ['20 lanes are marked', 24, [{ kind: 'centre_line', line }]],
    ['51 no turning round at a junction', 25, [{ kind: 'turn_ban', line: [entry, place, entry] }]],
  ])('%s', (_, row, expected) => {
    expect(rows.filter((r) => r.row === row)).toEqual(expected.map((values) => ({ row, ...values })));
  });

  it('rows that cannot be used are left out with the reason; others and abolished ones are passed over', () => {
    expect(leftOut).toEqual([
      { row: 3, reason: 'no direction of approach' },
      { row: 6, reason: 'no position in Japan' },
      { row: 7, reason: 'the point of approach is the place itself' },
      { row: 13, reason: 'areas are not read' },
      { row: 15, reason: 'it is for one side, and the side is not given' },
      { row: 20, reason: 'it binds no kind of vehicle that is known' },
      { row: 21, reason: 'it holds in a season, which is not read' },
      { row: 22, reason: 'its days are in free text' },
      { row: 26, reason: 'it closes an expressway to vehicles that are not cars' },
      { row: 27, reason: 'no speed' },
    ]);
    const used = new Set(rows.map((r) => r.row));
    expect([4, 23].filter((row) => used.has(row))).toEqual([]);
  });
});
