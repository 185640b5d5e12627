// SPDX-License-Identifier: MIT
// Which places a batch calls into question, from results drawn here.
import { describe, expect, it } from 'vitest';
import type { Result } from '../report/result.ts';
import { loadSettings } from '../settings/settings.ts';
import { withDisputes } from './dispute.ts';
import { disputedPlaces } from './places.ts';
import { renderPlaces } from './rows.ts';
import { Tally } from './tally.ts';

const { audit } = loadSettings();
type Finding = Result['findings'][number];

const finding = (over: Partial<Finding>): Finding =>
  ({
    rule: 'wrong-way',
    verdict: 'violated',
    start: '2026-10-05T10:00:00+09:00',
    end: '2026-10-05T10:00:20+09:00',
    place: { lat: 35.1, lon: 139.4 },
    road: { way: 7, forward: false, name: 'East Street' },
    source: { tag: 'oneway=yes' },
    measured: {},
    confidence: 0.9,
    factors: { match: 0.9, map: 1, observation: 1 },
    reasons: [],
    offence: { code: 'jp.oneway', article: '8-1', points: 2 },
    evidence: { first_fix: 1, last_fix: 9 },
    ...over,
  }) as Finding;

const on = (way: number, forward: boolean): NonNullable<Result['route']>[number] => ({
  way,
  forward,
  from_m: 0,
  to_m: 120,
  enter: '2026-10-05T10:00:00+09:00',
  exit: '2026-10-05T10:00:20+09:00',
});

function drive(id: string, findings: Finding[], route = findings.map((f) => on(f.road.way, f.road.forward))): Result {
  const rules = [...new Set(findings.map((f) => f.rule))];
  const of = (rule: string, verdict: string) => findings.filter((f) => f.rule === rule && f.verdict === verdict).length;
  const exposure = rules.map((rule) => ({
    rule,
    passed: findings.filter((f) => f.rule === rule).length,
    complied: of(rule, 'complied'),
    violated: of(rule, 'violated'),
    undetermined: of(rule, 'undetermined'),
  }));
  return { drive: { id, vehicle_id: null }, exposure, findings, route } as unknown as Result;
}

function places(...results: Result[]) {
  const tally = new Tally(audit);
  for (const result of results) tally.add(result);
  return disputedPlaces(tally, audit);
}
const many = (n: number, make: (i: number) => Result) => Array.from({ length: n }, (_, i) => make(i));

describe('a one-way street', () => {
  const against = (n: number) => many(n, (i) => drive(`against-${i}`, [finding({})]));
  const along = (n: number) => many(n, (i) => drive(`along-${i}`, [], [on(7, true)]));

  it('that six of seven drive against is disputed', () => {
    const [place, ...more] = places(...against(6), ...along(1));
    expect(more).toEqual([]);
    expect(place).toMatchObject({ way: 7, passes: 7, breaks: 6, vehicles: 7, vehicles_breaking: 6 });
    expect(place?.link).toBe('https://www.openstreetmap.org/way/7');
  });
  it('that four of six drive against is disputed', () => expect(places(...against(4), ...along(2))).toHaveLength(1));
  it('that three of forty drive against is not', () => expect(places(...against(3), ...along(37))).toEqual([]));
  it('that half drive against is not', () => expect(places(...against(5), ...along(5))).toEqual([]));
  it('that two drive against is not: too few to tell', () => expect(places(...against(2))).toEqual([]));

  it('that one vehicle drives against every day is not', () => {
    const daily = many(20, (i) => {
      const result = drive(`day-${i}`, [finding({})]);
      return { ...result, drive: { ...result.drive, vehicle_id: 'van' } };
    });
    expect(places(...daily)).toEqual([]);
  });
});

it('a run against several one-way streets breaks each of them', () => {
  const run = (i: number) =>
    drive(
      `d${i}`,
      [finding({ end: '2026-10-05T10:01:00+09:00' })],
      [
        on(7, false),
        { ...on(9, false), enter: '2026-10-05T10:00:20+09:00', exit: '2026-10-05T10:00:50+09:00' },
        { ...on(10, true), enter: '2026-10-05T10:00:55+09:00', exit: '2026-10-05T10:01:30+09:00' },
      ],
    );
  const runs = many(5, run);
  expect(places(...runs).map((p) => p.way)).toEqual([7, 9]);
  const other = withDisputes(runs[0] as Result, new Set(['wrong-way way 9 false']));
  expect(other.findings[0]?.verdict).toBe('undetermined');
});

describe('a stop sign', () => {
  const stop = (verdict: Finding['verdict'], lowest: number) =>
    finding({
      rule: 'stop-sign',
      verdict,
      road: { way: 3, forward: true, node: 11 },
      source: { tag: 'highway=stop' },
      measured: { lowest_possible_kmh: lowest },
    });
  it('that nobody slows down for is disputed', () => {
    expect(places(...many(6, (i) => drive(`d${i}`, [stop('violated', 38)])))).toMatchObject([
      { node: 11, link: 'https://www.openstreetmap.org/node/11' },
    ]);
  });
  it('that all roll through slowly is not: that is how people drive', () => {
    expect(places(...many(30, (i) => drive(`d${i}`, [stop('violated', 6)])))).toEqual([]);
  });
  it('undetermined passes say nothing', () => {
    expect(places(...many(30, (i) => drive(`d${i}`, [stop('undetermined', 38)])))).toEqual([]);
  });
});

it('a finding at a disputed place is undetermined in the batch, without an offence, and the result stays', () => {
  const later = { enter: '2026-10-05T11:00:00+09:00', exit: '2026-10-05T11:00:20+09:00' };
  const other = finding({ road: { way: 8, forward: true }, start: later.enter, end: later.exit });
  const result = drive('d', [finding({}), other], [on(7, false), { ...on(8, true), ...later }]);
  const before = structuredClone(result);
  const disputed = withDisputes(result, new Set(['wrong-way way 7 false']));
  expect(result).toEqual(before);
  expect(disputed.findings.map((f) => [f.verdict, f.reasons, f.offence?.code])).toEqual([
    ['undetermined', ['place_disputed'], undefined],
    ['violated', [], 'jp.oneway'],
  ]);
  expect(disputed.exposure).toMatchObject([{ violated: 1, undetermined: 1 }]);
});

it.each([
  ['without a route', { ...drive('d', [finding({})]), route: undefined }],
  [
    'without complied findings',
    { ...drive('d', []), exposure: [{ rule: 'stop-sign', passed: 3, complied: 3, violated: 0, undetermined: 0 }] },
  ],
])('a result %s is refused: its passes are not known', (_, result) => {
  expect(() => new Tally(audit).add(result as Result)).toThrow(/--all --route/);
});

it('places as CSV, GeoJSON and overlay rows', () => {
  const found = places(
    ...many(6, (i) => drive(`d${i}`, [finding({ road: { way: 7, forward: false, name: 'A, "B"' } })])),
  );
  const csv = renderPlaces(found, 'csv', 6).split('\n');
  expect(csv[1]).toBe(
    'wrong-way,35.1,139.4,7,false,0,0,"A, ""B""",oneway=yes,6,6,6,6,0.9999,https://www.openstreetmap.org/way/7',
  );
  expect(JSON.parse(renderPlaces(found, 'geojson', 6)).features[0].geometry.coordinates).toEqual([139.4, 35.1]);
  expect(renderPlaces(found, 'overlay', 6)).toBe(
    'kind,osm,lat,lon,rule,link\nunsure,way/7,35.1,139.4,wrong-way,https://www.openstreetmap.org/way/7\n',
  );
  expect(renderPlaces(found, 'table', 6)).toContain('broken by 6 of 6 passes, 6 of 6 vehicles');
  expect(renderPlaces([], 'table', 6)).toBe('no place is disputed (6 drives)\n');
});
