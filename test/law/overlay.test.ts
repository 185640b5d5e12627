// SPDX-License-Identifier: MIT
// Regulations that only an overlay knows are judged like those of the map, and say where they come from.
import { describe, expect, it } from 'vitest';
import { Analyzer } from '../../src/analyzer.ts';
import { overlayBlock } from '../../src/overlay/block.ts';
import type { OverlayRow } from '../../src/overlay/rows.ts';
import type { Finding } from '../../src/types.ts';
import { buildStreet, type Drive, drive, place, type Street } from './street.ts';

const START = '2026-10-05T10:00:00+09:00'; // a Monday
const MORNING = '2026-10-05T08:00:00+09:00';
const PLAIN = { highway: 'residential', maxspeed: '80' };
const line = (...places: [number, number][]) => places.map(([x, y]) => place(x, y));
/** The middle way as somebody draws it: a few metres aside, with a bend. */
const MIDDLE_LINE = line([302, 5], [610, -6], [897, 4]);
const row = (values: Omit<OverlayRow, 'row'>): OverlayRow => ({ row: 2, ...values });
const street = (...overlay: OverlayRow[]): Street => ({ tags: PLAIN, ends: PLAIN, overlay });

const brief = (findings: Finding[]) => findings.map((f) => `${f.rule} ${f.verdict} ${f.sourceTag}`);
const judged = async (what: Street, plan: Partial<Drive>) =>
  brief(await drive(what, { start: START, kmh: 30, ...plan }));

async function leftOut(...overlay: OverlayRow[]): Promise<string[]> {
  const { map, leftOut } = await buildStreet(street(...overlay));
  const analyzer = new Analyzer(map);
  for (let tile = 0; tile < analyzer.mapInfo().tiles; tile++) expect(analyzer.verifyTile(tile)).toBeUndefined();
  return leftOut.map((l) => l.reason);
}

describe('a one-way street of an overlay', () => {
  it('binds travel against the line, on the way that it lies on', async () => {
    const oneway = street(row({ kind: 'oneway', line: MIDDLE_LINE }));
    expect(await judged(oneway, { westward: true })).toEqual(['wrong-way violated overlay:oneway']);
    expect(await judged(oneway, {})).toEqual([]);
  });

  it('and its hours and vehicles', async () => {
    const condition = '07:00-09:00';
    const oneway = street(row({ kind: 'oneway', line: MIDDLE_LINE, condition, vehicles: ['car', 'light_goods'] }));
    expect(await judged(oneway, { westward: true, start: MORNING })).toEqual([
      'wrong-way violated overlay:oneway=yes @ (07:00-09:00)',
    ]);
    expect(await judged(oneway, { westward: true })).toEqual([]);
    expect(await judged(oneway, { westward: true, start: MORNING, vehicle: 'motorcycle' })).toEqual([]);
  });

  it('is left out where the map says the contrary, or the same', async () => {
    const tags = { ...PLAIN, oneway: 'yes' };
    const of = async (...places: [number, number][]) =>
      (await buildStreet({ tags, overlay: [row({ kind: 'oneway', line: line(...places) })] })).leftOut.map(
        (l) => l.reason,
      );
    expect(await of([300, 0], [900, 0])).toEqual(['the map has this one-way street']);
    expect(await of([900, 0], [300, 0])).toEqual(['the map has the opposite direction']);
  });
});

describe('a closure of an overlay', () => {
  const school = row({ kind: 'closure', line: MIDDLE_LINE, closure: 'no', condition: 'Mo-Fr 07:30-08:30; PH off' });
  const tag = 'overlay:closure=no @ (Mo-Fr 07:30-08:30; PH off)';

  it.each([
    [MORNING, 'violated', 'inside its hours'],
    [START, 'complied', 'outside'],
    ['2026-10-05T07:28:00+09:00', 'undetermined', 'at their edge'],
  ])('%s: %s (%s)', async (start, verdict) => {
    const [finding, ...others] = await drive(street(school), { start, kmh: 28 });
    expect([finding?.rule, finding?.verdict, others]).toEqual(['no-entry', verdict, []]);
    if (verdict !== 'complied') expect(finding?.sourceTag).toBe(tag);
  });

  it('binds its vehicles alone, and goes before the tags of the map', async () => {
    const cars: Street = {
      tags: { ...PLAIN, motorcar: 'yes' },
      ends: PLAIN,
      overlay: [row({ kind: 'closure', line: MIDDLE_LINE, closure: 'no', vehicles: ['car'] })],
    };
    expect(await judged(cars, {})).toEqual(['no-entry violated overlay:closure=no']);
    expect(await judged(cars, { vehicle: 'bus' })).toEqual([]);
  });

  it('by permit is possible', async () => {
    const permit = street(row({ kind: 'closure', line: MIDDLE_LINE, closure: 'permit' }));
    expect(await judged(permit, {})).toEqual(['no-entry possible overlay:closure=permit']);
  });

  it('along its line binds that direction', async () => {
    const along = street(row({ kind: 'closure', line: MIDDLE_LINE, closure: 'no', along: true }));
    expect(await judged(along, {})).toEqual(['no-entry violated overlay:closure=no']);
    expect(await judged(along, { westward: true })).toEqual([]);
  });

  it('a sign at the mouth closes the road behind it up to the next junction, for who comes that way', async () => {
    const sign = street(row({ kind: 'closure', line: line([306, 3]), bearing: 90, along: true, closure: 'no' }));
    expect(await judged(sign, {})).toEqual(['no-entry violated overlay:closure=no']);
    expect(await judged(sign, { westward: true })).toEqual([]);
  });
});

describe('a limit of an overlay', () => {
  it('holds from its first to its last metre, inside a way', async () => {
    const [finding, ...others] = await drive(street(row({ kind: 'limit', line: line([450, 3], [750, -3]), kmh: 40 })), {
      start: START,
      kmh: 70,
    });
    expect([finding?.rule, finding?.verdict, finding?.sourceTag, others]).toEqual([
      'speeding',
      'violated',
      'overlay:limit',
      [],
    ]);
    expect(finding?.measured['limit_kmh']).toBe(40);
    // 300 m less what counts as near its ends
    expect(finding?.measured['length_m']).toBeGreaterThan(200);
    expect(finding?.measured['length_m']).toBeLessThan(260);
  });

  it('ends in mid-way do not keep rule points from their places', async () => {
    const signed = { ...street(row({ kind: 'limit', line: line([450, 3], [750, -3]), kmh: 60 })) };
    signed.points = [[400, { highway: 'stop', direction: 'forward' }]];
    expect(await judged(signed, { kmh: 40 })).toEqual(['stop-sign violated highway=stop']);
    expect(await judged(signed, { kmh: 40, westward: true })).toEqual([]);
  });

  it('is kept by hour, by vehicle and by direction', async () => {
    const night = street(row({ kind: 'limit', line: MIDDLE_LINE, kmh: 30, condition: '22:00-06:00' }));
    const late = '2026-10-05T23:00:00+09:00';
    expect(await judged(night, { kmh: 50, start: late })).toEqual([
      'speeding violated overlay:limit=30 @ (22:00-06:00)',
    ]);
    expect(await judged(night, { kmh: 50 })).toEqual([]);
    const one = street(row({ kind: 'limit', line: MIDDLE_LINE, kmh: 30, along: true, vehicles: ['large_goods'] }));
    expect(await judged(one, { kmh: 50, vehicle: 'large_goods' })).toEqual(['speeding violated overlay:limit']);
    expect(await judged(one, { kmh: 50 })).toEqual([]);
    expect(await judged(one, { kmh: 50, vehicle: 'large_goods', westward: true })).toEqual([]);
  });

  it('over several ways is one row', async () => {
    const all = street(row({ kind: 'limit', line: line([3, 2], [600, 4], [1195, -2]), kmh: 40 }));
    const findings = await drive(all, {
      start: START,
      kmh: 60,
      path: [
        [5, 0],
        [1195, 0],
      ],
    });
    expect(findings.map((f) => [f.rule, f.way, f.sourceTag])).toEqual([['speeding', 101, 'overlay:limit']]);
    expect(findings[0]?.measured['length_m']).toBeGreaterThan(1000);
  });

  it('goes to the roads that it is of', async () => {
    const of = (roads: 'motorway' | 'ordinary') => street(row({ kind: 'limit', line: MIDDLE_LINE, kmh: 40, roads }));
    expect(await judged(of('ordinary'), { kmh: 60 })).toEqual(['speeding violated overlay:limit']);
    expect(await leftOut(...(of('motorway').overlay ?? []))).toEqual(['no road within 20 m']);
  });

  it('that changes by signs is not known', async () => {
    expect(await judged(street(row({ kind: 'limit', line: MIDDLE_LINE, kmh: 'variable' })), { kmh: 120 })).toEqual([]);
  });
});

describe('a turn ban of an overlay', () => {
  const turn = (values: Partial<OverlayRow>) =>
    street(row({ kind: 'turn_ban', line: line([280, 2], [302, 3], [300, 25]), ...values }));

  it('is that of the junction near its middle position', async () => {
    expect(await judged(turn({}), { turn: true })).toEqual(['turn-ban violated overlay:turn_ban=no_left_turn']);
    expect(
      await judged(turn({}), {
        path: [
          [5, 0],
          [600, 0],
        ],
      }),
    ).toEqual(['turn-ban complied overlay:turn_ban=no_left_turn']);
  });

  it('by the hour', async () => {
    const morning = turn({ condition: 'Mo-Fr 07:00-09:00' });
    expect(await judged(morning, { turn: true, start: MORNING })).toEqual([
      'turn-ban violated overlay:turn_ban=no_left_turn @ (Mo-Fr 07:00-09:00)',
    ]);
    expect((await judged(morning, { turn: true }))[0]).toMatch(/^turn-ban complied/);
  });

  it('with the only exits bans the others', async () => {
    const only = turn({ only: true, line: line([280, 2], [302, 3], [330, 0]) });
    expect(await judged(only, { turn: true })).toEqual(['turn-ban violated overlay:turn_ban=no_left_turn']);
    expect(await judged(turn({ only: true }), { turn: true })).toEqual([
      'turn-ban complied overlay:turn_ban=no_straight_on',
    ]);
  });

  it('of turning round, at a junction and along a road', async () => {
    const round = {
      path: [
        [5, 0],
        [300, 0],
        [5, 0],
      ] as [number, number][],
      kmh: 20,
    };
    const at = street(row({ kind: 'turn_ban', line: line([280, 2], [302, 3], [280, 2]) }));
    expect(await judged(at, round)).toEqual(['turn-ban violated overlay:turn_ban=no_u_turn']);
    const along = street(row({ kind: 'u_turn_ban', line: line([100, 2], [600, 3]) }));
    expect(await judged(along, round)).toEqual(['turn-ban violated overlay:turn_ban=no_u_turn']);
  });
});

describe('facts of an overlay', () => {
  it('a level crossing', async () => {
    const crossing = street(row({ kind: 'level_crossing', line: line([600, 4]) }));
    expect(await judged(crossing, {})).toEqual(['level-crossing violated overlay:level_crossing']);
    expect(await judged(crossing, { stops: [594] })).toEqual(['level-crossing complied overlay:level_crossing']);
  });

  it('a centre line makes the default limit sure', async () => {
    const unknown = { highway: 'tertiary' };
    const overlay = [row({ kind: 'centre_line', line: MIDDLE_LINE })];
    const [before] = await drive({ tags: unknown }, { start: START, kmh: 75 });
    const [after] = await drive({ tags: unknown, overlay }, { start: START, kmh: 75 });
    expect([before?.measured['limit_low_kmh'], before?.measured['limit_kmh']]).toEqual([30, 60]);
    expect([after?.measured['limit_low_kmh'], after?.measured['limit_kmh']]).toEqual([undefined, 60]);
    expect(after?.verdict).toBe('possible');
  });

  it('a national expressway has its default limit', async () => {
    const motorway = { highway: 'motorway', oneway: 'yes' };
    const of = async (overlay: OverlayRow[]) =>
      (await drive({ tags: motorway, ends: { ...motorway, maxspeed: '130' }, overlay }, { start: START, kmh: 120 }))[0];
    expect((await of([]))?.measured['limit_low_kmh']).toBe(60);
    const named = await of([row({ kind: 'expressway', line: MIDDLE_LINE })]);
    expect([named?.measured['limit_low_kmh'], named?.measured['limit_kmh']]).toEqual([undefined, 100]);
  });
});

describe('a stop of an overlay', () => {
  const tags = { highway: 'residential', maxspeed: '40' };
  const stop = (x: number, y: number, bearing: number) =>
    ({ tags, ends: tags, overlay: [row({ kind: 'stop', line: line([x, y]), bearing })] }) satisfies Street;

  it('before the line binds the approach that it names', async () => {
    expect(await judged(stop(892, 2, 90), {})).toEqual(['stop-sign violated overlay:stop']);
    expect(await judged(stop(892, 2, 90), { stops: [890] })).toEqual(['stop-sign complied overlay:stop']);
    expect(await judged(stop(892, 2, 90), { westward: true })).toEqual([]);
  });

  it('at the centre of the junction goes to the road that leads there', async () => {
    const [finding] = await drive(stop(900.5, 0.5, 90), { start: START, kmh: 30 });
    expect([finding?.verdict, finding?.reasons]).toEqual(['violated', ['line_position_uncertain']]);
  });
});

describe('what no road takes', () => {
  const far = line([300, 900], [500, 900]);
  it.each<[string, Omit<OverlayRow, 'row'>]>([
    ['no road within 25 m', { kind: 'stop', line: line([600, 90]), bearing: 0 }],
    ['no junction within 60 m ahead', { kind: 'stop', line: line([600, 3]), bearing: 90 }],
    ['no road in the direction of approach', { kind: 'stop', line: line([600, 3]), bearing: 0 }],
    ['no direction of approach', { kind: 'stop', line: line([600, 3]) }],
    ['a stop is a point', { kind: 'stop', line: MIDDLE_LINE }],
    ['no road within 20 m', { kind: 'oneway', line: far }],
    ['no road in its direction', { kind: 'limit', kmh: 30, line: line([600, -15], [600, 15]) }],
    ['the line leaves the road', { kind: 'limit', kmh: 30, line: line([600, 0], [700, 0], [700, 300]) }],
    ['shorter than 8 m on the road', { kind: 'limit', kmh: 30, line: line([600, 0], [604, 0]) }],
    ['the line is longer than 100 km', { kind: 'oneway', line: line([0, 0], [150_000, 0]) }],
    ['no limit', { kind: 'limit', line: MIDDLE_LINE }],
    ['no such value', { kind: 'closure', line: MIDDLE_LINE }],
    ['it is a line', { kind: 'oneway', line: line([600, 0]) }],
    ['it binds no kind of vehicle', { kind: 'oneway', line: MIDDLE_LINE, vehicles: [] }],
    ['a turn ban has three positions at least', { kind: 'turn_ban', line: MIDDLE_LINE.slice(1) }],
    ['no junction within 25 m', { kind: 'turn_ban', line: line([560, 0], [600, 0], [600, 30]) }],
    ['no such exit', { kind: 'turn_ban', line: line([280, 0], [300, 0], [300, -30]) }],
    ['no junction along the line', { kind: 'u_turn_ban', line: line([500, 0], [700, 0]) }],
    ['no road within 25 m', { kind: 'level_crossing', line: line([600, 90]) }],
  ])('%s', async (reason, values) => {
    expect(await leftOut(row(values))).toEqual([reason]);
  });

  it('what the map has is not doubled', async () => {
    const turn = { tags: PLAIN, ends: PLAIN, restriction: { restriction: 'no_left_turn' } };
    const known: [Street, Omit<OverlayRow, 'row'>, string][] = [
      [turn, { kind: 'turn_ban', line: line([280, 0], [300, 0], [300, 20]) }, 'the map has this turn ban'],
      [
        { tags: PLAIN, points: [[590, { highway: 'stop', direction: 'forward' }]] },
        { kind: 'stop', line: line([893, 2]), bearing: 90 },
        'the map has this stop',
      ],
      [
        { tags: PLAIN, points: [[300, { railway: 'level_crossing' }]] },
        { kind: 'level_crossing', line: line([604, 3]) },
        'the map has this crossing',
      ],
      [
        { tags: { ...PLAIN, oneway: 'yes' } },
        { kind: 'closure', line: line([903, 2]), bearing: 270, along: true, closure: 'no' },
        'the map has this one-way street',
      ],
    ];
    for (const [what, values, reason] of known) {
      const { leftOut } = await buildStreet({ ...what, overlay: [row(values)] });
      expect(leftOut.map((l) => l.reason)).toEqual([reason]);
    }
  });

  it('does not keep the rest', async () => {
    const good = row({ kind: 'limit', line: MIDDLE_LINE, kmh: 40 });
    const bad = { ...row({ kind: 'oneway', line: far }), row: 7 };
    const { map, leftOut } = await buildStreet(street(bad, good));
    expect(leftOut).toEqual([{ row: 7, reason: 'no road within 20 m' }]);
    const { overlay_limits, overlay_oneways } = new Analyzer(map).mapInfo().statistics;
    expect({ overlay_limits, overlay_oneways }).toEqual({ overlay_limits: 1, overlay_oneways: 0 });
  });

  it('a block that is none is refused by the compiler', async () => {
    const cut = overlayBlock([row({ kind: 'limit', line: MIDDLE_LINE, kmh: 40 })]).subarray(0, 30);
    const { CompilerModule } = await import('../../src/abi/compiler_module.ts');
    const compiler = new CompilerModule();
    compiler.begin('x', new Uint8Array(32));
    compiler.pass(1);
    compiler.pass(2);
    expect(() => compiler.block('rows', cut)).toThrow(/BAD_BLOCK|block/i);
  });
});
