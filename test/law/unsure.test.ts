// SPDX-License-Identifier: MIT
// Facts that an overlay calls unsure: what rests on them is undetermined, and said; nothing else changes.
import { describe, expect, it } from 'vitest';
import { Analyzer } from '../../src/analyzer.ts';
import type { OsmObject, OverlayRow, UnsureRule } from '../../src/overlay/rows.ts';
import { buildStreet, type Drive, drive, MIDDLE, place, type Street } from './street.ts';

const START = '2026-10-05T10:00:00+09:00'; // a Monday
const MORNING = '2026-10-05T08:00:00+09:00';
const PLAIN = { highway: 'residential', maxspeed: '80' };

const unsure = (type: OsmObject['type'], id: number, rule?: UnsureRule): OverlayRow => ({
  row: 2,
  kind: 'unsure',
  line: [],
  object: { type, id },
  ...(rule ? { rule } : {}),
});
const judged = async (street: Street, plan: Partial<Drive> = {}) =>
  (await drive(street, { start: START, kmh: 30, ...plan })).map((f) => [f.rule, f.verdict, ...f.reasons].join(' '));
const leftOut = async (street: Street) => (await buildStreet(street)).leftOut.map((l) => l.reason);

describe('an unsure one-way street', () => {
  const street: Street = { tags: { ...PLAIN, oneway: 'yes' }, ends: PLAIN };
  const marked = (...overlay: OverlayRow[]) => judged({ ...street, overlay }, { westward: true });

  it('is undetermined against its arrow', async () => {
    expect(await marked()).toEqual(['wrong-way violated']);
    expect(await marked(unsure('way', MIDDLE, 'wrong-way'))).toEqual(['wrong-way undetermined map_contradiction']);
    expect(await marked(unsure('way', MIDDLE))).toEqual(['wrong-way undetermined map_contradiction']);
  });

  it('by the hour too', async () => {
    const tags = { ...PLAIN, 'oneway:conditional': 'yes @ (07:00-09:00)' };
    const hours: Street = { tags, ends: PLAIN, overlay: [unsure('way', MIDDLE, 'wrong-way')] };
    expect(await judged(hours, { westward: true, start: MORNING })).toEqual([
      'wrong-way undetermined map_contradiction',
    ]);
    expect(await judged(hours, { westward: true })).toEqual([]);
  });

  it('that a row of the same overlay made', async () => {
    const line = [place(302, 5), place(897, 4)];
    const overlay: OverlayRow[] = [{ row: 2, kind: 'oneway', line }, unsure('way', MIDDLE, 'wrong-way')];
    expect(await judged({ tags: PLAIN, ends: PLAIN, overlay }, { westward: true })).toEqual([
      'wrong-way undetermined map_contradiction',
    ]);
  });

  it('does not spare the one-way streets before and after it', async () => {
    const path: [number, number][] = [
      [1195, 0],
      [5, 0],
    ];
    const ends = { ...PLAIN, oneway: 'yes' };
    const all = await drive(
      { tags: ends, ends, overlay: [unsure('way', MIDDLE, 'wrong-way')] },
      { start: START, kmh: 30, path },
    );
    expect(all.map((f) => `${f.way} ${f.rule} ${f.verdict}`).toSorted()).toEqual([
      '101 wrong-way violated',
      '102 wrong-way undetermined',
      '103 wrong-way violated',
    ]);
  });

  it('of another rule changes nothing, and is listed', async () => {
    expect(await marked(unsure('way', MIDDLE, 'no-entry'))).toEqual(['wrong-way violated']);
    expect(await leftOut({ ...street, overlay: [unsure('way', MIDDLE, 'no-entry')] })).toEqual([
      'the way is closed to no vehicle',
    ]);
  });
});

describe('an unsure closure', () => {
  it.each([
    ['no', 'no-entry violated'],
    ['permit', 'no-entry possible permit_possible'],
  ])('motor_vehicle=%s', async (value, before) => {
    const street: Street = { tags: { ...PLAIN, motor_vehicle: value }, ends: PLAIN };
    expect(await judged(street)).toEqual([before]);
    const [after, ...more] = await judged({ ...street, overlay: [unsure('way', MIDDLE, 'no-entry')] });
    expect(more).toEqual([]);
    expect(after).toMatch(/^no-entry undetermined .*map_contradiction/);
  });

  it('for destinations, where the drive ends inside, is complied with in any case', async () => {
    const tags = { ...PLAIN, motor_vehicle: 'destination' };
    const street: Street = { tags, ends: PLAIN, overlay: [unsure('way', MIDDLE)] };
    expect(await judged(street)).toEqual(['no-entry complied destination_possible']);
  });

  it('of a class that is closed', async () => {
    const street: Street = { tags: { highway: 'pedestrian' }, ends: PLAIN, overlay: [unsure('way', MIDDLE)] };
    expect(await judged(street)).toEqual(['no-entry undetermined map_contradiction']);
  });

  it('outside its hours is complied with in any case', async () => {
    const tags = { ...PLAIN, 'motor_vehicle:conditional': 'no @ (07:30-08:30)' };
    const street: Street = { tags, ends: PLAIN, overlay: [unsure('way', MIDDLE)] };
    expect(await judged(street)).toEqual(['no-entry complied']);
    expect(await judged(street, { start: MORNING })).toEqual(['no-entry undetermined map_contradiction']);
  });
});

describe('an unsure node', () => {
  const HALT = { highway: 'stop', direction: 'forward' };
  const stop = (...overlay: OverlayRow[]): Street => ({ tags: PLAIN, points: [[590, HALT]], overlay });
  const crossing = (...overlay: OverlayRow[]): Street => ({
    tags: PLAIN,
    points: [[300, { railway: 'level_crossing' }]],
    overlay,
  });

  it('with a stop sign', async () => {
    const marked = stop(unsure('node', 50, 'stop-sign'));
    expect(await judged(stop())).toEqual(['stop-sign violated']);
    expect(await judged(marked)).toEqual(['stop-sign undetermined map_contradiction']);
    expect(await judged(marked, { stops: [887] })).toEqual(['stop-sign complied']);
  });

  it('with a level crossing', async () => {
    const marked = crossing(unsure('node', 50));
    expect(await judged(crossing())).toEqual(['level-crossing violated']);
    expect(await judged(marked)).toEqual(['level-crossing undetermined map_contradiction']);
    expect(await judged(marked, { stops: [594] })).toEqual(['level-crossing complied']);
  });

  it('one of two tracks of a crossing is enough, from either side', async () => {
    const street = crossing(unsure('node', 51, 'level-crossing'));
    street.points = [300, 306].map((at) => [at, { railway: 'level_crossing' }]);
    expect(await judged(street)).toEqual(['level-crossing undetermined map_contradiction']);
    expect(await judged(street, { westward: true })).toEqual(['level-crossing undetermined map_contradiction']);
  });
});

describe('an unsure turn restriction', () => {
  const turn = (kind: string, ...overlay: OverlayRow[]): Street => ({
    tags: PLAIN,
    ends: PLAIN,
    restriction: { restriction: kind },
    overlay,
  });
  const row = unsure('relation', 900, 'turn-ban');

  it('is undetermined where it is broken, and complied with elsewhere', async () => {
    expect(await judged(turn('no_left_turn'), { turn: true })).toEqual(['turn-ban violated']);
    expect(await judged(turn('no_left_turn', row), { turn: true })).toEqual([
      'turn-ban undetermined map_contradiction',
    ]);
    const straight: Partial<Drive> = {
      path: [
        [5, 0],
        [600, 0],
      ],
    };
    expect(await judged(turn('no_left_turn', row), straight)).toEqual(['turn-ban complied']);
    expect(await judged(turn('only_left_turn', row), straight)).toEqual(['turn-ban undetermined map_contradiction']);
  });
});

describe('rows that no object answers', () => {
  it.each<[string, OverlayRow]>([
    ['the way is no road of the extract', unsure('way', 999)],
    ['the way is not one-way', unsure('way', MIDDLE, 'wrong-way')],
    ['the way is neither one-way nor closed to a vehicle', unsure('way', MIDDLE)],
    ['the map has neither a stop sign nor a level crossing at the node', unsure('node', 2)],
    ['the map has no stop sign at the node', unsure('node', 2, 'stop-sign')],
    ['the map has no level crossing at the node', unsure('node', 999, 'level-crossing')],
    ['the map has no such turn restriction', unsure('relation', 900)],
    ['it names no node, way or relation', { row: 2, kind: 'unsure', line: [] }],
    ['its rule is of another kind of object', unsure('way', MIDDLE, 'turn-ban')],
  ])('%s', async (reason, row) => {
    expect(await leftOut({ tags: PLAIN, ends: PLAIN, overlay: [row] })).toEqual([reason]);
  });

  it('are not counted among those used', async () => {
    const tags = { ...PLAIN, oneway: 'yes' };
    const overlay = [unsure('way', MIDDLE), { ...unsure('way', 999), row: 3 }];
    const { map, leftOut: rows } = await buildStreet({ tags, ends: PLAIN, overlay });
    expect(rows).toEqual([{ row: 3, reason: 'the way is no road of the extract' }]);
    expect(new Analyzer(map).mapInfo().statistics.overlay_unsure).toBe(1);
  });
});
