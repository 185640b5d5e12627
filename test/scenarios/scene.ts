// SPDX-License-Identifier: MIT
// Scenarios as drawings (after Valhalla's gurka): a road network of letters, drives along the letters,
// and what must be found. Compiled and analyzed by the real modules.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OsmData, type OsmMember, writeOsmPbf } from '../../mapdata/demo/osm_pbf.ts';
import { Plane, type Point } from '../../mapdata/demo/plane.ts';
import { type LoggedFix, Path, type Receiver, simulate, toCsv } from '../../mapdata/demo/simulate.ts';
import { readStream } from '../../src/logs/read.ts';
import { buildMap } from '../../src/mapbuild.ts';
import { openSession, type Session } from '../../src/session.ts';
import { loadSettings, type Settings } from '../../src/settings/settings.ts';
import type { Analysis, Finding, Fixes, Vehicle } from '../../src/types.ts';
import { type Told, tellSpeed, turnCourse } from './told.ts';

type Tags = Record<string, string>;

export interface Drawing {
  /** Letters and digits are nodes; all other characters only help the eye. */
  map: string;
  /** Metres from one column or row to the next. */
  metres: number;
  /** By the letters of their nodes in order. */
  ways: Record<string, Tags>;
  nodes?: Record<string, Tags>;
  /** Members by the keys of `ways`, one or several of a role; via also by a letter. */
  relations?: { from: string | string[]; via: string | string[]; to: string | string[]; tags: Tags }[];
  /** Metres east and north by which a node lies off its place in the drawing. */
  shift?: Record<string, [number, number]>;
  /** Degrees of the drawing's left end in place of 35.2, 139.0; a longitude beyond 180 goes on at -180. */
  origin?: [number, number];
}

export interface Drive extends Omit<Receiver, 'gap' | 'seed'> {
  it: string;
  /** Letters, driven straight from one to the next. */
  drive: string;
  /** Wanted speed, or speeds by the letter from which they hold. */
  kmh: number | Record<string, number>;
  /** Seconds stood a metre before a letter. */
  stop?: Record<string, number>;
  /** Speed (km/h) at most at a letter. */
  slow?: Record<string, number>;
  /** Two letters between which nothing is received. */
  silent?: string;
  /** Positions of single fixes, by their number, moved by metres east and north. */
  spike?: Record<number, [number, number]>;
  /** Speeds that the log tells in place of the true ones. */
  told?: Told;
  /** Degrees by which the told courses are turned from the true ones. */
  courseTurned?: number;
  start?: string;
  vehicle?: Vehicle;
  lateral_m?: number;
  /** What the log says of its accuracy, where that is not 5 m. */
  accuracy_m?: number;
  /** Changed settings, by group.name. */
  settings?: Record<string, number | boolean>;
  /** Country whose law holds; without it only what the map says is judged. */
  profile?: string;
  /** km/h that every finding of speeding must name as the limit. */
  limit_kmh?: number;
  /** "rule verdict place" of all findings in order, and ": reasons" where they matter. */
  finds?: string[];
  /** The same of violated and possible findings alone, where noise may leave others undetermined. */
  accuses?: string[];
  /** The tags that the findings of `finds` or `accuses` name as their source, in order. */
  tags?: string[];
  /** Fixes that are on no road. */
  off_road?: number;
  /** Ways driven, in order, "-" before one driven backward; ends below 20 m are left out. */
  route?: string;
  /** Seeds of the noise that all must give the same; default three. */
  seeds?: number[];
}

const START = '2026-10-05T03:00:00Z';
const BRIEF_M = 20;

/** A plane over the 180th meridian: longitudes beyond it are told as maps and receivers tell them. */
class ScenePlane extends Plane {
  override position(p: Point): { lat: number; lon: number } {
    const { lat, lon } = super.position(p);
    return { lat, lon: lon > 180 ? Math.round((lon - 360) * 1e7) / 1e7 : lon };
  }

  override point(lat: number, lon: number): Point {
    return super.point(lat, lon < this.lon - 180 ? lon + 360 : lon);
  }
}

export class Scene {
  readonly points = new Map<string, Point>();
  private readonly plane: Plane;
  private readonly drawing: Drawing;
  private readonly wayIds = new Map<string, number>();

  constructor(drawing: Drawing) {
    this.drawing = drawing;
    this.plane = new ScenePlane(...(drawing.origin ?? ([35.2, 139.0] as const)));
    for (const [row, line] of drawing.map.split('\n').entries()) {
      for (const [column, letter] of [...line].entries()) {
        if (!/[A-Za-z0-9]/.test(letter)) continue;
        if (this.points.has(letter)) throw new Error(`${letter} is drawn twice`);
        const [dx, dy] = drawing.shift?.[letter] ?? [0, 0];
        this.points.set(letter, { x: column * drawing.metres + dx, y: -row * drawing.metres + dy });
      }
    }
    Object.keys(drawing.ways).forEach((key, i) => {
      this.wayIds.set(key, 1001 + i);
    });
    for (const letter of Object.keys({ ...drawing.nodes, ...drawing.shift })) this.point(letter);
  }

  point(letter: string): Point {
    const point = this.points.get(letter);
    if (!point) throw new Error(`${letter} is not drawn`);
    return point;
  }

  private wayId(key: string): number {
    const id = this.wayIds.get(key);
    if (id === undefined) throw new Error(`${key} is no way`);
    return id;
  }

  /** The key of a way by its id. */
  wayKey(id: number): string {
    return [...this.wayIds].find(([, way]) => way === id)?.[0] ?? `way ${id}`;
  }

  data(): OsmData {
    const { ways, nodes = {}, relations = [] } = this.drawing;
    const id = (letter: string) => letter.charCodeAt(0);
    const way = (key: string, role: string): OsmMember => ({ type: 'way', ref: this.wayId(key), role });
    const via = (place: string | string[]): OsmMember[] =>
      typeof place === 'string' && !this.wayIds.has(place)
        ? [{ type: 'node', ref: id(place), role: 'via' }]
        : [place].flat().map((key) => way(key, 'via'));
    return {
      nodes: [...this.points].map(([letter, at]) => {
        const tags = nodes[letter];
        return { id: id(letter), ...this.plane.position(at), ...(tags ? { tags } : {}) };
      }),
      ways: Object.entries(ways).map(([key, tags]) => {
        for (const letter of key) this.point(letter);
        return { id: this.wayId(key), refs: [...key].map(id), tags };
      }),
      relations: relations.map((r, i) => ({
        id: 9001 + i,
        members: [
          ...[r.from].flat().map((key) => way(key, 'from')),
          ...via(r.via),
          ...[r.to].flat().map((key) => way(key, 'to')),
        ],
        tags: { type: 'restriction', ...r.tags },
      })),
    };
  }

  fixes(drive: Drive, seed: number): LoggedFix[] {
    const letters = [...drive.drive];
    const path = new Path(letters.map((letter) => this.point(letter)));
    const at = (letter: string) => {
      const index = letters.indexOf(letter);
      if (index < 0) throw new Error(`${letter} is not on the drive ${drive.drive}`);
      return path.at[index] ?? 0;
    };
    const steps =
      typeof drive.kmh === 'number' ? [] : Object.entries(drive.kmh).map(([l, kmh]) => ({ at: at(l), kmh }));
    const first = steps[0]?.kmh ?? 30;
    const speedAt = (s: number) =>
      typeof drive.kmh === 'number' ? drive.kmh : (steps.findLast((step) => step.at <= s)?.kmh ?? first);
    const logged = simulate(path, this.plane, {
      ...drive,
      speedAt,
      stops: Object.entries(drive.stop ?? {}).map(([l, seconds]) => ({ at: at(l) - 1, seconds })),
      slow: Object.entries(drive.slow ?? {}).map(([l, kmh]) => ({ at: at(l), kmh })),
      start: drive.start ?? START,
      seed,
    });
    if (drive.told) tellSpeed(logged, drive.told);
    if (drive.courseTurned !== undefined) turnCourse(logged, drive.courseTurned);
    for (const [number, [dx, dy]] of Object.entries(drive.spike ?? {})) {
      const fix = logged[Number(number)];
      if (!fix) throw new Error(`the drive has no fix ${number}`);
      const p = this.plane.point(fix.lat, fix.lon);
      Object.assign(fix, this.plane.position({ x: p.x + dx, y: p.y + dy }));
    }
    const [from, to] = drive.silent ?? '';
    if (from === undefined || to === undefined) return logged;
    const along = (fix: LoggedFix) => nearest(path, this.plane.point(fix.lat, fix.lon));
    return logged.filter((fix) => along(fix) <= at(from) || along(fix) >= at(to));
  }
}

/** Metre of the path that lies nearest to a point. */
function nearest(path: Path, p: Point): number {
  let best = 0;
  let distance = Number.POSITIVE_INFINITY;
  for (let s = 0; s <= path.length; s++) {
    const q = path.place(s);
    const d = Math.hypot(q.x - p.x, q.y - p.y);
    if (d < distance) {
      distance = d;
      best = s;
    }
  }
  return best;
}

function placeOf(scene: Scene, drawing: Drawing, f: Finding): string {
  if (f.node !== 0) return String.fromCharCode(f.node);
  const relation = drawing.relations?.[f.relation - 9001];
  if (relation) return [relation.from, relation.via, relation.to].flat().join('>');
  return `${f.forward ? '' : '-'}${scene.wayKey(f.way)}`;
}

function routeOf(scene: Scene, analysis: Analysis): string {
  const items = analysis.route.filter((r, i, all) => {
    const end = i === 0 || i === all.length - 1;
    return !end || r.to_m - r.from_m >= BRIEF_M;
  });
  const keys = items.map((r) => `${r.forward ? '' : '-'}${scene.wayKey(r.way)}`);
  return keys.filter((key, i) => key !== keys[i - 1]).join(' ');
}

/** What the analysis says in full, for the message of a failed test. */
function account(scene: Scene, drawing: Drawing, analysis: Analysis, seed: number): string {
  const findings = analysis.findings.map((f) => {
    const factors = [f.match, f.map, f.observation].map((x) => x.toFixed(2)).join(' · ');
    const measured = Object.entries(f.measured).map(([key, value]) => `${key} ${value.toFixed(1)}`);
    return `${f.rule} ${f.verdict} ${placeOf(scene, drawing, f)}: ${f.reasons.join(' ')}; ${factors}; ${measured.join(', ')}`;
  });
  const route = analysis.route.map(
    (r) => `${r.forward ? '' : '-'}${scene.wayKey(r.way)} ${r.from_m.toFixed(0)}..${r.to_m.toFixed(0)}`,
  );
  return [`seed ${seed}`, ...findings, `route ${route.join(', ')}`].join('\n    ');
}

function settingsWith(changes: Record<string, number | boolean>): Settings {
  const settings = structuredClone(loadSettings()) as Settings & Record<string, Record<string, unknown>>;
  for (const [path, value] of Object.entries(changes)) {
    const [group = '', name = ''] = path.split('.');
    if (settings[group]?.[name] === undefined) throw new Error(`${path} is no setting`);
    settings[group][name] = value;
  }
  return settings;
}

/** Nobody is accused without the fixes, the fact of the map and the figures that a dispute needs. */
function expectEvidence(findings: readonly Finding[], fixes: Fixes, text: string): void {
  for (const f of findings.filter((f) => f.verdict === 'violated' || f.verdict === 'possible')) {
    expect(f.last_fix, text).toBeGreaterThan(f.first_fix);
    expect([f.start_ms, f.end_ms], text).toEqual([fixes.time_ms[f.first_fix], fixes.time_ms[f.last_fix]]);
    expect(f.sourceTag, text).not.toBe('');
    expect(Object.keys(f.measured).length, text).toBeGreaterThanOrEqual(2);
  }
}

async function* once(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

/** Each drive with a fix every second, and again with one every five. */
export function at1And5s(drives: Drive[]): Drive[] {
  return [...drives, ...drives.map((d) => ({ ...d, it: `${d.it}, a fix every 5 s`, interval_s: 5 }))];
}

/** A street whose middle, AB, has these tags, and a lawful way round it by G and H. */
export function withWayRound(tags: Record<string, string>): Drawing {
  const street = { highway: 'tertiary' };
  return {
    map: `
      E-----A-----------------------B-----F
      |                                   |
      G-----------------------------------H
    `,
    metres: 25,
    ways: { AB: { ...street, ...tags }, EA: street, BF: street, EGHF: street },
  };
}

/** Registers the scenarios of one drawing: a test per drive, each with some seeds of noise. */
export function scenario(name: string, drawing: Drawing, drives: Drive[]): void {
  describe(name, () => {
    const scene = new Scene(drawing);
    const folder = mkdtempSync(join(tmpdir(), 'tomare-scene-'));
    const map = join(folder, 'scene.tmap');
    let session: Session;

    beforeAll(async () => {
      const input = join(folder, 'scene.osm.pbf');
      writeFileSync(input, writeOsmPbf(scene.data()));
      await buildMap({ inputs: [input], output: map });
      session = openSession({ map, profile: 'none' });
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    it.each(drives)('$it', async (drive) => {
      for (const seed of drive.seeds ?? [1, 2, 3]) {
        const csv = toCsv(scene.fixes(drive, seed), drive.withSpeed ?? true);
        const log = await readStream('scene.csv', once(csv), { timeZone: 'Asia/Tokyo' });
        const told = drive.accuracy_m; // one value all along would be none
        if (told !== undefined) log.fixes.accuracy_m = log.fixes.accuracy_m.map((_, i) => told + (i % 2));
        const settings = settingsWith(drive.settings ?? {});
        const { vehicle, profile } = drive;
        const analysis = session.analysis(log.fixes, { settings, vehicle, route: true, profile });
        const expected = drive.finds ?? drive.accuses ?? [];
        const counted = analysis.findings.filter(
          (f) => drive.finds !== undefined || f.verdict === 'violated' || f.verdict === 'possible',
        );
        const found = counted.map((f, i) => {
          const reasons = expected[i]?.includes(':') ? `: ${f.reasons.join(' ')}` : '';
          return `${f.rule} ${f.verdict} ${placeOf(scene, drawing, f)}${reasons}`;
        });
        const text = account(scene, drawing, analysis, seed);
        expect(found, text).toEqual(expected);
        expectEvidence(counted, log.fixes, text);
        if (drive.limit_kmh !== undefined) {
          const limits = counted.filter((f) => f.rule === 'speeding').map((f) => f.measured['limit_kmh']);
          expect(limits, text).toEqual(limits.map(() => drive.limit_kmh));
        }
        if (drive.tags !== undefined)
          expect(
            counted.map((f) => f.sourceTag),
            text,
          ).toEqual(drive.tags);
        if (drive.off_road !== undefined) expect(analysis.off_road, text).toBe(drive.off_road);
        if (drive.route !== undefined) expect(routeOf(scene, analysis), text).toBe(drive.route);
      }
    });
  });
}
