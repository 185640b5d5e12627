// SPDX-License-Identifier: MIT
// The scoring on a drive written by hand: what is true, false, determinable; and that receivers err as they say.
import { describe, expect, it } from 'vitest';
import type { Analysis, Finding } from '../../src/types.ts';
import { calibrate } from './calibration.ts';
import { DrawnTwice } from './drawn_twice.ts';
import type { Drive, TrueEvent } from './drives.ts';
import { BASE, fixTimes, type Receiver, receive } from './receivers.ts';
import { driveMismatch, trueRoute } from './route.ts';
import { score } from './score.ts';

const [SECOND, , TEN] = BASE as [Receiver, Receiver, Receiver];

/** A straight road of two ways northward, 400 m each, at a steady speed. */
function straight(speed: number, events: TrueEvent[], seconds = 60): Drive {
  const path = (k: number) => Math.min(800, k * 0.1 * speed);
  return {
    id: 'straight',
    behaviour: 'lawful',
    start_ms: Date.UTC(2026, 8, 30),
    count: seconds * 10,
    begin_m: 0,
    end_m: seconds * speed,
    untold_m: { 'stop-sign': [60, 40] },
    route: [1, 2].map((way) => ({
      way,
      forward: true,
      from_m: 0,
      to_m: 400,
      limit: 50,
      against: false,
      tunnel: false,
      cap: 50,
    })),
    events,
    lat: (k) => 35 + path(k) / 110_940,
    lon: () => 139,
    speed: () => speed,
    path,
    item: (k) => (path(k) < 400 ? 0 : 1),
  };
}

const finding = (rule: string, begin_s: number, end_s: number, more: Partial<Finding> = {}) =>
  ({
    rule,
    verdict: 'violated',
    start_ms: Date.UTC(2026, 8, 30) + begin_s * 1000,
    end_ms: Date.UTC(2026, 8, 30) + end_s * 1000,
    lat: 35 + ((begin_s + end_s) * 5) / 110_940,
    lon: 139,
    node: 0,
    relation: 0,
    ...more,
  }) as Finding;

const judge = (drive: Drive, findings: Finding[], receiver = SECOND) =>
  score(drive, { findings } as Analysis, receiver, fixTimes(drive, receiver, 1));

const stop = (state: TrueEvent['state']): TrueEvent => ({ rule: 'stop-sign', state, node: 7, path_m: 300, t: 30 });

describe('claims', () => {
  it('one at the sign that was run is true, one elsewhere or at a sign that was obeyed is not', () => {
    const claim = (event: TrueEvent, node: number) =>
      judge(straight(10, [event]), [finding('stop-sign', 28, 32, { node })]).claims[0]?.truth;
    expect(claim(stop('violated'), 7)).toBe('true');
    expect(claim(stop('violated'), 8)).toBe('false');
    expect(claim(stop('complied'), 7)).toBe('false');
    expect(claim(stop('unknown'), 7)).toBe('unscored');
  });

  it('where a drive begins and ends, the truth names no lines and a claim is not scored', () => {
    const claim = (path_m: number) => {
      const at = { lat: 35 + path_m / 110_940, lon: 139 };
      return judge(straight(10, []), [finding('stop-sign', path_m / 10 - 3, path_m / 10 + 3, at)]).claims[0]?.truth;
    };
    expect([40, 80, 540, 580].map(claim)).toEqual(['unscored', 'false', 'false', 'unscored']);
  });

  it('speeding is true above the limit, and where nothing is signed above the highest that may hold', () => {
    const speeding = (mps: number, limit: number, cap = limit) => {
      const drive = straight(mps, []);
      for (const e of drive.route) Object.assign(e, { limit, cap });
      const [claim] = judge(drive, [finding('speeding', 10, 20)]).claims;
      return [claim?.truth, claim?.unsigned];
    };
    expect(speeding(15, 50)).toEqual(['true', false]);
    expect(speeding(13, 50)).toEqual(['false', false]);
    expect(speeding(15, 0, 50)).toEqual(['true', true]);
    expect(speeding(13, 0, 50)).toEqual(['false', true]);
    expect(speeding(13, 0, 999)).toEqual(['false', true]);
    expect(speeding(13, 0)).toEqual(['unscored', true]);
  });
});

describe('acquittals', () => {
  it('of the pass that was obeyed, none is one of the pass before it that was not', () => {
    const turn = (state: TrueEvent['state'], t: number): TrueEvent => ({
      rule: 'turn-ban',
      state,
      relations: [5],
      path_m: t * 10,
      t,
    });
    const complied = finding('turn-ban', 34, 38, { verdict: 'complied', relation: 5 });
    const answers = (events: TrueEvent[]) => judge(straight(10, events), [complied]).events.map((e) => e.answer);
    expect(answers([turn('violated', 30)])).toEqual(['complied']);
    expect(answers([turn('violated', 20), turn('complied', 36)])).toEqual(['none', 'complied']);
  });
});

describe('determinable', () => {
  const of = (speed: number, receiver: Receiver) =>
    judge(straight(speed, [stop('violated')]), [], receiver).events[0]?.determinable;

  it('a sign run at 30 km/h can be told at 1 s, and not at 10 s', () => {
    expect(of(8.3, SECOND)).toBe(true);
    expect(of(8.3, TEN)).toBe(false);
  });

  it('rolling at walking pace cannot be told from a stop', () => {
    expect(of(1, SECOND)).toBe(false);
  });

  it('a lawful path within three standard errors hides a violation', () => {
    const wrong: TrueEvent = { rule: 'wrong-way', state: 'violated', path_m: 100, end_m: 300, t: 10, t_end: 30 };
    const told = (apart_m: number) => judge(straight(10, [{ ...wrong, apart_m }]), []).events[0]?.determinable;
    expect(told(20)).toBe(true);
    expect(told(10)).toBe(false);
  });
});

describe('receivers', () => {
  it('err as much as they say, and the same on every run', () => {
    const drive = straight(0.2, [], 4000);
    const seen = receive(drive, SECOND, 3);
    const north = fixTimes(drive, SECOND, 3).map((k, i) => ((seen.lat[i] ?? 0) - drive.lat(k)) * 110_940);
    const sigma = Math.sqrt(north.reduce((sum, v) => sum + v * v, 0) / north.length);
    expect(sigma).toBeGreaterThan(3.5);
    expect(sigma).toBeLessThan(6.5);
    const neighbours = north.slice(1).reduce((sum, v, i) => sum + v * (north[i] ?? 0), 0) / north.length / sigma ** 2;
    expect(neighbours).toBeGreaterThan(0.9); // exp(-1/20) = 0.95
    expect(receive(drive, SECOND, 3)).toEqual(seen);
  });
});

describe('routes', () => {
  it('the true route is cut to the fixes, and a wrong way counts twice', () => {
    const drive = straight(10, []);
    const at = [100, 500];
    expect(trueRoute(drive, at)).toEqual([
      { way: 1, forward: true, from_m: 100, to_m: 400 },
      { way: 2, forward: true, from_m: 0, to_m: 100 },
    ]);
    const other = [
      { way: 1, forward: true, from_m: 100, to_m: 400 },
      { way: 3, forward: true, from_m: 0, to_m: 100 },
    ];
    expect(driveMismatch(drive, at, other, new DrawnTwice({ nodes: new Map(), ways: [] }))).toEqual({
      missed: 100,
      added: 100,
      length: 400,
    });
  });
});

describe('calibration', () => {
  it('the gap between what was said and what was so, weighted', () => {
    const sure = Array.from({ length: 8 }, (_, i): [number, boolean] => [0.95, i < 4]);
    const unsure = Array.from({ length: 2 }, (): [number, boolean] => [0.5, true]);
    expect(calibrate([...sure, ...unsure]).ece).toBeCloseTo(0.8 * 0.45 + 0.2 * 0.5);
  });
});
