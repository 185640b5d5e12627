// SPDX-License-Identifier: MIT
// A finding cites the tag that is on the road: for every key and value of access, every closed class, every
// movement of a turn restriction, and every other source.
import { describe, expect, it } from 'vitest';
import { CLOSURES } from '../../src/overlay/rows.ts';
import { loadSettings } from '../../src/settings/settings.ts';
import type { Vehicle } from '../../src/types.ts';
import { type Drive, drive, driveStretches, place, type Street } from './street.ts';

const MORNING = '2026-10-05T10:00:00+09:00';
const settings = (groups: Record<string, Record<string, boolean>>) => {
  const all = loadSettings() as unknown as Record<string, Record<string, unknown>>;
  return Object.fromEntries(Object.entries(groups).map(([k, v]) => [k, { ...all[k], ...v }]));
};

/** The tags that findings of a rule cite. */
async function cited(rule: string, street: Street, plan: Partial<Drive> = {}): Promise<string[]> {
  const findings = await drive(street, { start: MORNING, kmh: 30, ...plan });
  return [...new Set(findings.filter((f) => f.rule === rule).map((f) => f.sourceTag))];
}

const KEYS: [key: string, vehicle: Vehicle][] = [
  ['access', 'car'],
  ['vehicle', 'car'],
  ['motor_vehicle', 'car'],
  ['motorcar', 'car'],
  ['goods', 'light_goods'],
  ['hgv', 'large_goods'],
  ['trailer', 'trailer'],
  ['psv', 'bus'],
  ['bus', 'bus'],
  ['motorcycle', 'motorcycle'],
  ['moped', 'moped'],
];
const RESTRICTING = ['no', 'private', 'destination', 'delivery', 'customers', 'permit', 'forestry', 'other'];
const OPEN = ['yes', 'permissive', 'designated'];

describe('access', () => {
  it.each(KEYS)('%s', async (key, vehicle) => {
    const closed = key === 'access' ? {} : { access: 'no' }; // which a more specific key opens
    const stretches = [...RESTRICTING, ...OPEN].map((value) => ({ highway: 'tertiary', ...closed, [key]: value }));
    const findings = await driveStretches(stretches, { start: MORNING, kmh: 40, vehicle });
    const tags = findings.map((all) => all.filter((f) => f.rule === 'no-entry').map((f) => f.sourceTag));
    expect(tags).toEqual([...RESTRICTING.map((value) => [`${key}=${value}`]), ...OPEN.map(() => [])]);
  });

  it.each([
    ['agricultural', 'forestry'],
    ['residents', 'permit'],
    ['muddy', 'other'],
  ])('access=%s is cited as %s', async (value, as) => {
    expect(await cited('no-entry', { tags: { highway: 'residential', access: value } })).toEqual([`access=${as}`]);
  });

  it.each(['pedestrian', 'busway', 'raceway'])('of the class %s', async (highway) => {
    expect(await cited('no-entry', { tags: { highway } })).toEqual([`highway=${highway}`]);
  });

  it.each(CLOSURES)('of an overlay: %s', async (closure) => {
    const line = [place(300, 0), place(900, 0)];
    const overlay = [{ row: 2, kind: 'closure' as const, line, closure }];
    expect(await cited('no-entry', { tags: { highway: 'residential' }, overlay })).toEqual([
      `overlay:closure=${closure}`,
    ]);
  });
});

describe('turn restrictions', () => {
  const tags = { highway: 'residential' };
  it.each(['left_turn', 'right_turn', 'straight_on', 'u_turn', 'entry', 'exit'])('no_%s', async (turn) => {
    const street = { tags, restriction: { restriction: `no_${turn}` } };
    expect(await cited('turn-ban', street, { turn: true })).toEqual([`restriction=no_${turn}`]);
  });

  it.each(['left_turn', 'right_turn', 'straight_on'])('only_%s', async (turn) => {
    const street = { tags, restriction: { restriction: `only_${turn}` } };
    const path: [number, number][] = [
      [5, 0],
      [1195, 0],
    ];
    expect(await cited('turn-ban', street, { path })).toEqual([`restriction=only_${turn}`]);
  });
});

describe('other sources', () => {
  const line = [place(300, 0), place(900, 0)];
  const residential = { highway: 'residential' };
  it.each<[string, string, Street, Partial<Drive>]>([
    [
      'highway=stop',
      'stop-sign',
      { tags: residential, points: [[590, { highway: 'stop', direction: 'forward' }]] },
      {},
    ],
    [
      'railway=level_crossing',
      'level-crossing',
      { tags: residential, points: [[300, { railway: 'level_crossing' }]] },
      {},
    ],
    ['oneway=yes', 'wrong-way', { tags: { ...residential, oneway: 'yes' } }, { westward: true }],
    ['junction=roundabout', 'wrong-way', { tags: { ...residential, junction: 'roundabout' } }, { westward: true }],
    ['highway=motorway', 'wrong-way', { tags: { highway: 'motorway' } }, { westward: true }],
    ['maxspeed', 'speeding', { tags: { ...residential, maxspeed: '40' } }, { kmh: 80 }],
    [
      'maxspeed:type',
      'speeding',
      { tags: { ...residential, 'maxspeed:type': 'DE:urban' } },
      { kmh: 80, profile: 'de' },
    ],
    ['law', 'speeding', { tags: { highway: 'primary' } }, { kmh: 110 }],
    [
      'minspeed',
      'minimum-speed',
      { tags: { highway: 'motorway', minspeed: '50' } },
      { kmh: 25, settings: settings({ rules: { minimum_speed: true } }) },
    ],
    [
      'overlay:stop',
      'stop-sign',
      { tags: residential, overlay: [{ row: 2, kind: 'stop', line: [place(890, 0)], bearing: 90 }] },
      {},
    ],
    [
      'overlay:oneway',
      'wrong-way',
      { tags: residential, overlay: [{ row: 2, kind: 'oneway', line }] },
      { westward: true },
    ],
    [
      'overlay:limit',
      'speeding',
      { tags: residential, overlay: [{ row: 2, kind: 'limit', line, kmh: 40 }] },
      { kmh: 80 },
    ],
    [
      'overlay:turn_ban=no_left_turn',
      'turn-ban',
      {
        tags: residential,
        overlay: [{ row: 2, kind: 'turn_ban', line: [place(280, 0), place(300, 0), place(300, 20)] }],
      },
      { turn: true },
    ],
    [
      'overlay:level_crossing',
      'level-crossing',
      { tags: residential, overlay: [{ row: 2, kind: 'level_crossing', line: [place(600, 0)] }] },
      {},
    ],
  ])('%s', async (tag, rule, street, plan) => {
    expect(await cited(rule, street, plan)).toEqual([tag]);
  });
});
