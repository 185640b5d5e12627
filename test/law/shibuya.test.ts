// SPDX-License-Identifier: MIT
// The conditional ways of a real district: each is read or listed with the reason, and drives along its streets
// inside, outside and at the edge of their hours are judged by them.
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeOsmPbf } from '../../mapdata/demo/osm_pbf.ts';
import { type OsmFile, type OsmWay, readOsm } from '../../mapdata/demo/osm_reader.ts';
import { simulate, toCsv } from '../../mapdata/demo/simulate.ts';
import { readStream } from '../../src/logs/read.ts';
import { buildMap } from '../../src/mapbuild.ts';
import { openSession, type Session } from '../../src/session.ts';
import { holidaysBetween } from '../../src/settings/law.ts';
import { loadSettings, type Settings } from '../../src/settings/settings.ts';
import type { Vehicle } from '../../src/types.ts';
import { evaluate } from '../conditions/evaluator.ts';
import { conditionalTags, type RealDrive, RealRoads } from './real_drive.ts';

const MAP = join(import.meta.dirname, '../../../shared/data/maps/shibuya.osm.pbf');
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
/** A Monday, 00:00 in Tokyo; the second Monday after it, the 12th, is a holiday. */
const WEEK = Date.parse('2026-10-05T00:00:00+09:00');
const DAYS = 8;
const SIZES = ['maxweight', 'maxweightrating', 'maxaxleload', 'maxheight', 'maxwidth', 'maxlength'];
const CAR_KEYS = /^(access|vehicle|motor_vehicle|motorcar):conditional$/;
const READ_KEYS = /^(access|vehicle|motor_vehicle|motorcar|hgv|goods|bus|oneway|maxspeed):conditional$/;

const holidays = holidaysBetween('JP', WEEK / DAY - 2, WEEK / DAY + DAYS + 2);
const TOKYO = {
  lat: 35.66,
  lon: 139.7,
  offset_minutes: 540,
  holidays: holidays.days,
  holidays_from: holidays.from,
  holidays_to: holidays.to,
};

/** "value @ (condition)" of a tag, as long as no condition holds a semicolon outside parentheses. */
function clauses(text: string): { value: string; condition: string }[] {
  return [...text.matchAll(/(\w+)\s*@\s*(\((?:[^()]*)\)(?:,\([^()]*\))*|[^;]+)/g)].map(
    ([, value = '', condition = '']) => ({
      value,
      condition: /^\([^()]*\)$/.test(condition) ? condition.slice(1, -1) : condition,
    }),
  );
}

async function* once(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

describe.skipIf(!existsSync(MAP))('shibuya (needs ../shared/data)', () => {
  let file: OsmFile;
  let roads: RealRoads;
  let session: Session;
  let ways: OsmWay[];

  beforeAll(async () => {
    file = readOsm(MAP);
    roads = new RealRoads(file);
    ways = file.ways.filter((way) => conditionalTags(way).length > 0);
    const output = join(mkdtempSync(join(tmpdir(), 'tomare-shibuya-')), 'shibuya.tmap');
    await buildMap({ inputs: [MAP], output });
    session = openSession({ map: output });
  });

  it('each of its 49 conditional ways is read, or listed with the reason', () => {
    const times = [WEEK];
    const listed: Record<string, number> = {};
    const list = (reason: string) => {
      listed[reason] = (listed[reason] ?? 0) + 1;
    };
    let read = 0;
    let total = 0;
    for (const way of ways) {
      const highway = way.tags['highway'] ?? '';
      if (highway === 'footway') list('highway=footway is no road for cars');
      for (const [key, text] of highway === 'footway' ? [] : conditionalTags(way)) {
        if (!READ_KEYS.test(key)) {
          list(`${key} binds no vehicle`);
          continue;
        }
        const found = clauses(text);
        expect(found.length, text).toBeGreaterThan(0);
        total += found.length;
        for (const { condition } of found) {
          if (evaluate(condition, times, TOKYO)) read++;
          else list(`not understood: ${condition}`);
        }
      }
    }
    expect(ways.length).toBe(49);
    expect(listed).toEqual({
      'highway=footway is no road for cars': 2,
      'foot:conditional binds no vehicle': 1,
      'not understood: (17:00-05:00),(PH 12:00-05:00)': 3,
      'not understood: 07:30-09:00; 13:00-16:00; Su PH Off': 1,
      'not understood: bus AND psv': 3,
    });
    const named = listed['not understood: bus AND psv'] ?? 0; // the compiler reads whom a clause names
    // the compiler counts weight and size limits among the clauses, and the day from which a road with a limit is open
    const limited = file.ways.filter(({ tags }) => 'highway' in tags && SIZES.some((key) => key in tags));
    const dated = file.ways.filter(({ tags }) => 'maxspeed' in tags && (tags['start_date'] ?? '') > '2020').length;
    const either = new Set([...ways.filter(({ tags }) => tags['highway'] !== 'footway'), ...limited]);
    const sizes = limited.flatMap(({ tags }) => SIZES.filter((key) => key in tags)).length;
    const { conditional_ways, conditions, conditions_not_understood } = session.map.statistics;
    expect({ conditional_ways, conditions, read: Number(conditions) - Number(conditions_not_understood) }).toEqual({
      conditional_ways: either.size + dated,
      conditions: total + sizes + dated,
      read: read + sizes + named + dated,
    });
  });

  /** Minutes of the days in which a clause of the way holds; undefined where one is not understood or has another value. */
  function minutesOf(way: OsmWay, keys: RegExp): boolean[] | undefined {
    const times = Array.from({ length: 1440 * DAYS }, (_, i) => WEEK + i * MINUTE);
    const holds = times.map(() => false);
    for (const [key, text] of conditionalTags(way)) {
      if (!keys.test(key)) continue;
      for (const { value, condition } of clauses(text)) {
        const answers = evaluate(condition, times, TOKYO);
        if (!answers || value !== 'no') return undefined;
        for (const [i, answer] of answers.entries()) if (answer === 'yes') holds[i] = true;
      }
    }
    return holds;
  }

  interface Plan {
    rule: string;
    keys: RegExp;
    vehicle: Vehicle;
    kmh: number;
    settings: Settings;
    forward: boolean;
  }

  /** Verdicts of the rule while the way is driven, when it is entered at the minute. */
  async function verdicts(drive: RealDrive, minute: number, plan: Plan): Promise<string[]> {
    const at = WEEK + minute * MINUTE;
    const options = { speedAt: () => plan.kmh, seed: 4, start: new Date(at).toISOString() };
    const exact = simulate(drive.path, roads.plane, { ...options, sigma_m: 0, lateral_m: 0 });
    const along = exact.map((f) => roads.along(drive.path, f.lat, f.lon));
    const entry = along.findIndex((s) => s >= drive.from);
    const exit = along.findIndex((s) => s >= drive.to);
    const start = new Date(at - entry * 1000).toISOString();
    const csv = toCsv(simulate(drive.path, roads.plane, { ...options, start }));
    const { fixes } = await readStream('real.csv', once(csv), { timeZone: 'Asia/Tokyo' });
    const { findings } = session.analysis(fixes, { settings: plan.settings, vehicle: plan.vehicle });
    const on = findings.filter((f) => f.rule === plan.rule && f.first_fix < exit && f.last_fix > entry);
    return on.map((f) => f.verdict);
  }

  /** Verdicts inside the hours, outside, and at their edge; undefined where the days or the extract do not have all three. */
  async function triple(
    way: OsmWay,
    plan: Plan,
  ): Promise<{ inside: string[]; outside: string[]; edge: string[] } | undefined> {
    const own = minutesOf(way, plan.keys);
    const drive = own?.includes(true) ? roads.over(way, plan.forward) : undefined;
    if (!own || !drive) return undefined;
    const all = [...drive.ways].flatMap((w) => [minutesOf(w, plan.keys) ?? own]);
    const steady = (wanted: boolean) =>
      own.findIndex((_, i) => i > 30 && all.every((holds) => holds.slice(i - 10, i + 10).every((v) => v === wanted)));
    const minutes = [steady(true), steady(false), own.findIndex((v, i) => i > 30 && v !== own[i - 1])];
    if (minutes.includes(-1)) return undefined;
    const [inside = [], outside = [], edge = []] = await Promise.all(minutes.map((m) => verdicts(drive, m, plan)));
    return { inside, outside, edge };
  }

  async function triples(plan: Plan): Promise<string[]> {
    const found: string[] = [];
    for (const way of ways) {
      const t = await triple(way, plan);
      if (t) found.push([t.inside, t.outside, t.edge].map((v) => v.join('+') || '-').join(' '));
    }
    return found;
  }

  const car: Plan = {
    rule: 'no-entry',
    keys: CAR_KEYS,
    vehicle: 'car',
    kmh: 24,
    settings: loadSettings(),
    forward: true,
  };

  it('streets closed by the hour: violated inside, complied outside, undetermined at the edge', async () => {
    const found = await triples(car);
    const full = found.filter((t) => t === 'violated complied undetermined');
    expect(full.length, found.join('\n')).toBeGreaterThanOrEqual(15);
    // the rest is shorter than what is judged: never the opposite
    for (const t of found) expect(t).toMatch(/^(violated|undetermined|-) (complied|-) (undetermined|-)$/);
  });

  it('ramps closed to large goods at the weekend bind them alone', async () => {
    const plan = { ...car, keys: /^hgv:conditional$/, kmh: 45 };
    const lorry = await triples({ ...plan, vehicle: 'large_goods' });
    expect(lorry.filter((t) => t === 'violated complied undetermined').length, lorry.join('\n')).toBeGreaterThanOrEqual(
      2,
    );
    for (const t of await triples(plan)) expect(t).toBe('- - -');
  });

  it('one-way streets that are lifted at night', async () => {
    const against = { ...car, rule: 'wrong-way', keys: /^oneway:conditional$/, forward: false };
    const pieces = ways.filter((way) => 'oneway:conditional' in way.tags);
    expect(pieces.length).toBe(2);
    // 18 m and 26 m: too short for any claim
    expect(await triples(against)).toEqual(['- - -']);
    // so their hours are put on all the one-way side streets of the district
    const hours = pieces[0]?.tags['oneway:conditional'] ?? '';
    const side = ({ tags }: OsmWay) =>
      tags['oneway'] === 'yes' && /^(unclassified|residential)$/.test(tags['highway'] ?? '');
    const tagged = file.ways.map((way) =>
      side(way) ? { ...way, tags: { ...way.tags, 'oneway:conditional': hours } } : way,
    );
    const nodes = [...file.nodes].map(([id, [lat, lon]]) => ({ id, lat, lon }));
    const folder = mkdtempSync(join(tmpdir(), 'tomare-shibuya-'));
    writeFileSync(join(folder, 'hours.osm.pbf'), writeOsmPbf({ nodes, ways: tagged, relations: [] }));
    await buildMap({ inputs: [join(folder, 'hours.osm.pbf')], output: join(folder, 'hours.tmap') });
    session = openSession({ map: join(folder, 'hours.tmap') });
    ways = tagged.filter(side);
    const found = await triples(against);
    const full = found.filter((t) => t === '- violated undetermined');
    expect(full.length, found.join('\n')).toBeGreaterThanOrEqual(50);
    for (const t of found) expect(t).toMatch(/^- (violated|undetermined|-) (undetermined|-)$/);
  });
});
