// SPDX-License-Identifier: MIT
// What the law makes of one road at one minute for one vehicle. docs/RULES.md names these scenarios.
import { describe, expect, it } from 'vitest';
import { loadSettings, type Permit } from '../../src/settings/settings.ts';
import { drive, MIDDLE, place, verdicts } from './street.ts';

const SCHOOL = {
  tags: {
    highway: 'residential',
    maxspeed: '30',
    'motor_vehicle:conditional': 'no @ (Mo-Fr 07:30-08:30; PH off)',
  },
};

describe('no entry in a time window', () => {
  it.each([
    ['2026-10-05T08:00:00+09:00', 'no-entry violated', 'a Monday inside'],
    ['2026-10-05T10:00:00+09:00', 'no-entry complied', 'after it'],
    ['2026-10-04T08:00:00+09:00', 'no-entry complied', 'a Sunday'],
    ['2026-10-12T08:00:00+09:00', 'no-entry complied', 'スポーツの日, a holiday'],
    ['2026-10-05T07:28:00+09:00', 'no-entry undetermined', 'within two minutes of the edge'],
  ])('%s: %s (%s)', async (start, expected) => {
    expect(await verdicts(SCHOOL, { start, kmh: 28 })).toEqual([expected]);
  });

  it('names the tag, and the edge as the reason', async () => {
    const [finding] = await drive(SCHOOL, { start: '2026-10-05T07:28:00+09:00', kmh: 28 });
    expect(finding?.reasons).toEqual(['time_window_edge']);
    expect(finding?.sourceTag).toBe('motor_vehicle:conditional=no @ (Mo-Fr 07:30-08:30; PH off)');
  });

  it('without a list of holidays a Monday is not sure', async () => {
    const [finding] = await drive(SCHOOL, { start: '2026-10-05T08:00:00+09:00', kmh: 28, profile: 'generic' });
    expect([finding?.verdict, finding?.reasons]).toEqual(['undetermined', ['holiday_unknown']]);
  });

  it('is read in the zone of the place', async () => {
    const output = { time_zone: 'Europe/Berlin' };
    expect(await verdicts(SCHOOL, { start: '2026-10-05T08:00:00+09:00', kmh: 28, settings: { output } })).toEqual([
      'no-entry complied',
    ]);
  });

  it('a condition that is not understood keeps the unconditional value and is marked', async () => {
    const odd = { tags: { highway: 'residential', maxspeed: '30', 'motor_vehicle:conditional': 'no @ (Easter)' } };
    const [finding] = await drive(odd, { start: '2026-10-05T08:00:00+09:00', kmh: 28 });
    expect([finding?.verdict, finding?.reasons]).toEqual(['undetermined', ['condition_unparsed']]);
  });

  it('a more specific key that opens the road goes before', async () => {
    const cars = { tags: { ...SCHOOL.tags, motorcar: 'yes' } };
    const plan = { start: '2026-10-05T08:00:00+09:00', kmh: 28 };
    expect(await verdicts(cars, plan)).toEqual([]);
    expect(await verdicts(cars, { ...plan, vehicle: 'motorcycle' as const })).toEqual(['no-entry violated']);
  });
});

describe('no entry by vehicle and permit', () => {
  const start = '2026-10-05T10:00:00+09:00';
  it('a weight limit binds the vehicle that is heavier, and leaves one of unknown weight undetermined', async () => {
    const street = { tags: { highway: 'residential', maxspeed: '30', maxweight: '5' } };
    const of = (vehicle: 'car' | 'large_goods', weight?: number) =>
      verdicts(street, { start, kmh: 28, vehicle, ...(weight ? { settings: { vehicle: { weight } } } : {}) });
    expect(await of('large_goods', 8)).toEqual(['no-entry violated']);
    expect(await of('large_goods', 4)).toEqual(['no-entry complied']);
    expect(await of('large_goods')).toEqual(['no-entry undetermined']);
    expect(await of('car')).toEqual(['no-entry complied']);
  });

  it('private is possible, and lawful with a permit of the settings', async () => {
    const street = { tags: { highway: 'residential', maxspeed: '30', access: 'private' } };
    expect(await verdicts(street, { start, kmh: 28 })).toEqual(['no-entry possible']);
    const permits = [{ ways: [MIDDLE], from: '2026-10-01', until: '2026-11-01' }];
    expect(await verdicts(street, { start, kmh: 28, settings: { permits } })).toEqual(['no-entry complied']);
    const over = [{ ways: [MIDDLE], until: '2026-10-01' }];
    expect(await verdicts(street, { start, kmh: 28, settings: { permits: over } })).toEqual(['no-entry possible']);
  });
});

describe('permits', () => {
  const start = '2026-10-05T10:00:00+09:00';
  // not delivery: the road ends behind the street, and who goes there may deliver (test/scenarios/no_entry.test.ts)
  const VALUES = ['private', 'permit', 'residents', 'customers', 'license', 'agricultural'];

  it.each(VALUES)('motor_vehicle=%s is possible, and lawful with a permit', async (value) => {
    const street = { tags: { highway: 'residential', maxspeed: '30', motor_vehicle: value } };
    expect(await verdicts(street, { start, kmh: 28 })).toEqual(['no-entry possible']);
    const settings = { permits: [{ ways: [MIDDLE] }] };
    const [finding] = await drive(street, { start, kmh: 28, settings });
    expect([finding?.verdict, finding?.reasons]).toEqual(['complied', ['permit_listed']]);
  });

  const closed = { tags: { highway: 'residential', maxspeed: '30', motor_vehicle: 'no' } };
  const corner = (x: number, y: number): [number, number] => [place(x, y)[1], place(x, y)[0]];
  const polygon = (west: number, east: number) => [
    corner(west, -50),
    corner(east, -50),
    corner(east, 50),
    corner(west, 50),
  ];
  const circle = (x: number, radius_m: number) => ({ lat: place(x, 0)[1], lon: place(x, 0)[0], radius_m });

  it.each<[string, Permit, string]>([
    ['a polygon that holds the street', { polygon: polygon(250, 950) }, 'complied'],
    ['a polygon that holds half of it', { polygon: polygon(250, 600) }, 'violated'],
    ['a polygon beside it', { polygon: polygon(1000, 1100) }, 'violated'],
    ['a circle that holds it', { circle: circle(600, 320) }, 'complied'],
    ['a circle that does not', { circle: circle(600, 280) }, 'violated'],
    ['an area for other vehicles', { circle: circle(600, 320), vehicles: ['bus'] }, 'violated'],
    ['an area that is not permitted yet', { circle: circle(600, 320), from: '2026-10-06' }, 'violated'],
    ['an area that is not permitted any more', { circle: circle(600, 320), until: '2026-10-05' }, 'violated'],
    ['an area on the day', { circle: circle(600, 320), from: '2026-10-05', until: '2026-10-06' }, 'complied'],
  ])('%s: %s', async (_, permit, verdict) => {
    expect(await verdicts(closed, { start, kmh: 28, settings: { permits: [permit] } })).toEqual([
      `no-entry ${verdict}`,
    ]);
  });

  it('that open no road keep the rest closed: the first area that holds it counts', async () => {
    const permits: Permit[] = [{ polygon: polygon(1000, 1100) }, { ways: [9] }, { polygon: polygon(250, 950) }];
    expect(await verdicts(closed, { start, kmh: 28, settings: { permits } })).toEqual(['no-entry complied']);
  });
});

describe('days that are not every week', () => {
  const street = (condition: string) => ({
    tags: { highway: 'residential', maxspeed: '30', 'motor_vehicle:conditional': `no @ (${condition})` },
  });
  it.each([
    ['Su[1] 09:00-12:00', '2026-10-04T10:00:00+09:00', 'violated'],
    ['Su[1] 09:00-12:00', '2026-10-11T10:00:00+09:00', 'complied'],
    ['Su[2,4] 09:00-12:00', '2026-10-11T10:00:00+09:00', 'violated'],
    ['Su[-1] 09:00-12:00', '2026-10-25T10:00:00+09:00', 'violated'],
    ['Su[-1] 09:00-12:00', '2026-10-18T10:00:00+09:00', 'complied'],
    ['Mo,Su[1] 09:00-12:00', '2026-10-05T10:00:00+09:00', 'violated'],
  ])('%s at %s: %s', async (condition, start, verdict) => {
    expect(await verdicts(street(condition), { start, kmh: 28 })).toEqual([`no-entry ${verdict}`]);
  });

  it('school holidays are known to nobody', async () => {
    const [finding] = await drive(street('SH Mo-Fr 09:00-12:00'), { start: '2026-10-05T10:00:00+09:00', kmh: 28 });
    const [always] = await drive(street('SH 09:00-12:00'), { start: '2026-10-05T10:00:00+09:00', kmh: 28 });
    expect([always?.verdict, always?.reasons]).toEqual(['undetermined', ['holiday_unknown']]);
    // readers differ on what two kinds of days side by side mean
    expect([finding?.verdict, finding?.reasons]).toEqual(['undetermined', ['condition_unparsed']]);
  });
});

describe('one-way under a condition', () => {
  const street = {
    tags: { highway: 'residential', maxspeed: '30', 'oneway:conditional': 'yes @ (07:00-19:00)' },
  };
  it('binds in the window only', async () => {
    const plan = { kmh: 28, westward: true };
    expect(await verdicts(street, { ...plan, start: '2026-10-05T10:00:00+09:00' })).toEqual(['wrong-way violated']);
    expect(await verdicts(street, { ...plan, start: '2026-10-05T21:00:00+09:00' })).toEqual([]);
  });
});

describe('turn bans under a condition', () => {
  const tags = { highway: 'residential', maxspeed: '60' };
  const morning = { start: '2026-10-05T08:00:00+09:00', kmh: 28, turn: true };
  const noon = { ...morning, start: '2026-10-05T12:00:00+09:00' };

  it.each([
    ['restriction:conditional', { 'restriction:conditional': 'no_left_turn @ (Mo-Fr 07:00-09:00)' }],
    [
      'day_on and hour_on',
      { restriction: 'no_left_turn', day_on: 'Monday', day_off: 'Friday', hour_on: '07:00', hour_off: '09:00' },
    ],
    ['the flipped form', { restriction: 'no_left_turn', 'restriction:conditional': 'none @ (09:00-07:00)' }],
  ])('%s binds in the morning only', async (_, restriction) => {
    expect(await verdicts({ tags, ends: tags, restriction }, morning)).toEqual(['turn-ban violated']);
    expect(await verdicts({ tags, ends: tags, restriction }, noon)).toEqual(['turn-ban complied']);
  });

  it('restriction:hgv:conditional binds large goods only', async () => {
    const restriction = { 'restriction:hgv:conditional': 'no_left_turn @ (07:00-09:00)' };
    expect(await verdicts({ tags, ends: tags, restriction }, morning)).toEqual([]);
    const lorry = { ...morning, vehicle: 'large_goods' as const };
    expect(await verdicts({ tags, ends: tags, restriction }, lorry)).toEqual(['turn-ban violated']);
  });
});

describe('speed limits', () => {
  const plain = { highway: 'residential', lane_markings: 'no' };
  const before = '2026-08-31T10:00:00+09:00';
  const after = '2026-09-01T10:00:00+09:00';

  it('a street without a centre line has 60 until 2026-08-31 and 30 from 2026-09-01', async () => {
    expect(await verdicts({ tags: plain }, { start: before, kmh: 45 })).toEqual([]);
    const [finding] = await drive({ tags: plain }, { start: after, kmh: 45 });
    expect([finding?.rule, finding?.verdict, finding?.measured['limit_kmh']]).toEqual(['speeding', 'possible', 30]);
    expect(finding?.reasons).toEqual(['limit_assumed']);
    expect(finding?.sourceTag).toBe('law');
  });

  it('a sign goes before the default', async () => {
    expect(await verdicts({ tags: { ...plain, maxspeed: '40' } }, { start: after, kmh: 42 })).toEqual([]);
  });

  it('with a centre line, and on a divided road, it stays 60', async () => {
    const marked = { highway: 'tertiary', lane_markings: 'yes', lanes: '2' };
    const divided = { highway: 'secondary', oneway: 'yes', dual_carriageway: 'yes' };
    expect(await verdicts({ tags: marked }, { start: after, kmh: 55 })).toEqual([]);
    expect(await verdicts({ tags: divided }, { start: after, kmh: 55 })).toEqual([]);
  });

  it('an unknown centre line gives 30 to 60, and so never a violation', async () => {
    const [finding] = await drive({ tags: { highway: 'tertiary' } }, { start: after, kmh: 75 });
    expect([finding?.verdict, finding?.measured['limit_low_kmh'], finding?.measured['limit_kmh']]).toEqual([
      'possible',
      30,
      60,
    ]);
  });

  it('highway=motorway alone is no national expressway: 60 to 100, for large goods to 90', async () => {
    const motorway = { highway: 'motorway', oneway: 'yes' };
    const street = { tags: motorway, ends: { ...motorway, maxspeed: '130' } };
    const [car] = await drive(street, { start: after, kmh: 120 });
    expect([car?.verdict, car?.measured['limit_low_kmh'], car?.measured['limit_kmh']]).toEqual(['possible', 60, 100]);
    const [lorry] = await drive(street, { start: after, kmh: 110, vehicle: 'large_goods' });
    expect(lorry?.measured['limit_kmh']).toBe(90);
    const [earlier] = await drive(street, { start: '2024-03-01T10:00:00+09:00', kmh: 110, vehicle: 'large_goods' });
    expect(earlier?.measured['limit_kmh']).toBe(80);
  });

  it('exclude_assumed leaves them out', async () => {
    const settings = loadSettings() as unknown as Record<string, Record<string, unknown>>;
    const speeding = { ...settings['speeding'], exclude_assumed: true };
    expect(await verdicts({ tags: plain }, { start: after, kmh: 45, settings: { speeding } as never })).toEqual([]);
  });

  it('no profile, no default', async () => {
    expect(await verdicts({ tags: plain }, { start: after, kmh: 45, profile: 'generic' })).toEqual([]);
  });

  it('a conditional limit holds in its hours', async () => {
    const street = { tags: { highway: 'tertiary', maxspeed: '50', 'maxspeed:conditional': '30 @ (22:00-06:00)' } };
    expect(await verdicts(street, { start: '2026-10-05T23:00:00+09:00', kmh: 46 })).toEqual(['speeding violated']);
    expect(await verdicts(street, { start: '2026-10-05T12:00:00+09:00', kmh: 46 })).toEqual([]);
  });

  it('wet or not, nobody knows: undetermined between the two, violated above both', async () => {
    const street = { tags: { highway: 'tertiary', maxspeed: '60', 'maxspeed:conditional': '40 @ wet' } };
    const [finding] = await drive(street, { start: after, kmh: 52 });
    expect([finding?.verdict, finding?.reasons]).toEqual(['undetermined', ['limit_interval', 'condition_unknowable']]);
    expect(await verdicts(street, { start: after, kmh: 75 })).toEqual(['speeding violated']);
  });

  it('of the vehicle’s class go before the general one', async () => {
    const street = { tags: { highway: 'tertiary', maxspeed: '60', 'maxspeed:hgv': '40' } };
    expect(await verdicts(street, { start: after, kmh: 55 })).toEqual([]);
    expect(await verdicts(street, { start: after, kmh: 55, vehicle: 'large_goods' })).toEqual(['speeding violated']);
  });
});

describe('Germany outside built-up areas', () => {
  const rural = { highway: 'primary', 'source:maxspeed': 'DE:rural' };
  const plan = { start: '2026-10-05T10:00:00+09:00', kmh: 125, profile: 'de' };
  const of = (tags: Record<string, string>) => verdicts({ tags, ends: { highway: 'primary', maxspeed: '130' } }, plan);

  it('100, and none on roads of two marked lanes in each direction and on divided ones', async () => {
    expect(await of({ ...rural, lanes: '2' })).toEqual(['speeding violated']);
    expect(await of(rural)).toEqual(['speeding violated']);
    expect(await of({ ...rural, lanes: '4' })).toEqual([]);
    expect(await of({ ...rural, oneway: 'yes', dual_carriageway: 'yes' })).toEqual([]);
  });

  it('without a zone it is assumed', async () => {
    expect(await of({ highway: 'primary' })).toEqual(['speeding possible']);
    expect(await of({ highway: 'primary', lanes: '4' })).toEqual([]);
  });
});

describe('minimum speed', () => {
  const street = { tags: { highway: 'trunk', maxspeed: '80', minspeed: '50' } };
  it('slower than a minimum is possible at most, and off by default', async () => {
    const plan = { start: '2026-10-05T10:00:00+09:00', kmh: 30 };
    expect(await verdicts(street, plan)).toEqual([]);
    const settings = loadSettings() as unknown as Record<string, Record<string, unknown>>;
    const rules = { ...settings['rules'], minimum_speed: true };
    const [finding] = await drive(street, { ...plan, settings: { rules } as never });
    expect([finding?.rule, finding?.verdict, finding?.reasons]).toEqual([
      'minimum-speed',
      'possible',
      ['congestion_possible'],
    ]);
    expect(await verdicts(street, { ...plan, kmh: 48, settings: { rules } as never })).toEqual([]);
  });
});

describe('level crossing', () => {
  const start = '2026-10-05T10:00:00+09:00';
  const rail = { railway: 'level_crossing' };
  const street = { tags: { highway: 'residential', maxspeed: '40' }, points: [[300, rail]] as [number, typeof rail][] };

  it('must be stopped at in Japan', async () => {
    expect(await verdicts(street, { start, kmh: 35 })).toEqual(['level-crossing violated']);
    expect(await verdicts(street, { start, kmh: 35, stops: [594] })).toEqual(['level-crossing complied']);
  });

  it('is no duty where the profile has none', async () => {
    expect(await verdicts(street, { start, kmh: 35, profile: 'generic' })).toEqual([]);
  });

  it('several tracks are one crossing, and its line lies before the first', async () => {
    const double = {
      ...street,
      points: [
        [300, rail],
        [312, rail],
        [330, rail],
      ] as [number, typeof rail][],
    };
    expect(await verdicts(double, { start, kmh: 35, stops: [594] })).toEqual(['level-crossing complied']);
    expect(await verdicts(double, { start, kmh: 35 })).toEqual(['level-crossing violated']);
  });

  it('a road signal at the crossing leaves it undetermined', async () => {
    const points: [number, Record<string, string>][] = [
      [292, { highway: 'traffic_signals' }],
      [300, rail],
    ];
    const [finding] = await drive({ ...street, points }, { start, kmh: 35 });
    expect([finding?.verdict, finding?.reasons]).toEqual(['undetermined', ['signal_present']]);
  });
});
