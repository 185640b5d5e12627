// SPDX-License-Identifier: MIT
// From results, traces and roads to the page's data: rounded, simplified, cut where it is to be anonymous, and sealed.
import type { Result } from '../report/result.ts';
import type { Roads, Trace } from '../trace.ts';
import type { Fixes } from '../types.ts';
import { ColumnWriter } from './columns.ts';
import { seal } from './envelope.ts';
import type { Decision, EvidenceFixes, Lang, PageData, PageDrive, PageFinding, PagePlace, PageRoads } from './model.ts';
import { NameList, packPath } from './path.ts';
import { simplified } from './simplify.ts';

/** One drive of the report: its result made with all findings, its trace, and its fixes as logged. */
export interface ReportDrive {
  result: Result;
  trace: Trace | null;
  fixes: Fixes;
  zone: string;
  vehicle_id?: string;
  driver_id?: string;
  warnings?: readonly string[];
}

export interface ReportOptions {
  lang: Lang;
  /** Cuts 300 m off both ends of each drive and shows weekdays and hours. */
  anonymous: boolean;
  /** Braking and pulling away that a hidden stop may need, m/s². */
  kinematics: { decel: number; accel: number };
  /** More drives than MANY: lawful places are counted, not shown, and lines are coarser. */
  many: boolean;
  /** Keys of findings and places (src/audit, src/decisions), by finding. */
  keys: (result: Result, finding: Result['findings'][number]) => { finding: string; place: string };
  /** Names of an offence in the languages of the page. */
  offenceNames: (code: string) => Partial<Record<Lang, string>>;
}

/** What belongs to all drives, known at the end. */
export interface ReportRest {
  roads: Roads;
  places: readonly PagePlace[];
  decisions: readonly Decision[];
}

/** A report of more drives than this is one of a fleet. */
export const MANY = 20;
const ENDS_M = 300;
const AROUND_MS = 20_000;
const MINIMUM_KM = 50;
const METRES_PER_DEGREE = 111_320;
const round = (value: number, digits: number) => Number(value.toFixed(digits));

function stepM(fixes: Fixes, i: number, j: number): number {
  const [lat, lon] = [fixes.lat[i] ?? 0, fixes.lon[i] ?? 0];
  const scale = Math.cos((lat * Math.PI) / 180);
  return Math.hypot((fixes.lat[j] ?? 0) - lat, ((fixes.lon[j] ?? 0) - lon) * scale) * METRES_PER_DEGREE;
}

/** Times between which a drive is shown: all of it, or less 300 m at both ends. */
function window(fixes: Fixes, anonymous: boolean): { from_ms: number; to_ms: number } {
  if (!anonymous) return { from_ms: Number.NEGATIVE_INFINITY, to_ms: Number.POSITIVE_INFINITY };
  const reach = (start: number, step: 1 | -1) => {
    let [i, driven] = [start, 0];
    for (; i + step >= 0 && i + step < fixes.count && driven < ENDS_M; i += step) driven += stepM(fixes, i, i + step);
    return fixes.time_ms[i] ?? 0;
  };
  return { from_ms: reach(0, 1), to_ms: reach(fixes.count - 1, -1) };
}

function evidenceOf(
  fixes: Fixes,
  first: number,
  last: number,
  window: { from_ms: number; to_ms: number },
): EvidenceFixes | null {
  const [from, to] = [(fixes.time_ms[first] ?? 0) - AROUND_MS, (fixes.time_ms[last] ?? 0) + AROUND_MS];
  const out: EvidenceFixes = { time_ms: [], lat: [], lon: [], speed_kmh: [], first: 0, last: 0 };
  const start = fixes.time_ms[0] ?? 0;
  for (let i = 0; i < fixes.count; i++) {
    const ms = fixes.time_ms[i] ?? 0;
    if (ms < from || ms > to || ms < window.from_ms || ms > window.to_ms) continue;
    if (i === first) out.first = out.time_ms.length;
    if (i === last) out.last = out.time_ms.length;
    const speed = fixes.speed_mps[i] ?? Number.NaN;
    out.time_ms.push(ms - start);
    out.lat.push(round(fixes.lat[i] ?? 0, 6));
    out.lon.push(round(fixes.lon[i] ?? 0, 6));
    out.speed_kmh.push(Number.isNaN(speed) ? null : round(speed * 3.6, 1));
  }
  return out.time_ms.length > 0 ? out : null;
}

/** Fixes that prove it: of a long stretch its two ends are enough. */
const LONGEST_EVIDENCE = 120;

function findingOf(
  drive: ReportDrive,
  f: Result['findings'][number],
  input: ReportOptions,
  shown: { from_ms: number; to_ms: number },
): PageFinding {
  const keys = input.keys(drive.result, f);
  const { first_fix, last_fix } = f.evidence;
  return {
    key: keys.finding,
    place_key: keys.place,
    rule: f.rule,
    verdict: f.verdict,
    start_ms: Date.parse(f.start),
    end_ms: Date.parse(f.end),
    lat: round(f.place.lat, 6),
    lon: round(f.place.lon, 6),
    way: input.anonymous ? 0 : f.road.way,
    forward: f.road.forward,
    name: f.road.name ?? '',
    node: input.anonymous ? 0 : (f.road.node ?? 0),
    relation: input.anonymous ? 0 : (f.road.relation ?? 0),
    tag: f.source.tag,
    direction: f.source.direction ?? '',
    measured: f.measured,
    confidence: f.confidence,
    factors: f.factors,
    reasons: f.reasons,
    offence: f.offence
      ? {
          code: f.offence.code,
          article: f.offence.article,
          points: f.offence.points,
          ...(f.offence.fine_yen === undefined ? {} : { fine: f.offence.fine_yen, currency: 'JPY' }),
          names: input.offenceNames(f.offence.code),
        }
      : null,
    fixes: evidenceOf(drive.fixes, first_fix, Math.min(last_fix, first_fix + LONGEST_EVIDENCE), shown),
  };
}

function driveOf(drive: ReportDrive, input: ReportOptions, columns: ColumnWriter, names: NameList): PageDrive {
  const { result, fixes } = drive;
  const shown = window(fixes, input.anonymous);
  const { many } = input;
  const kept = result.findings.filter((f) => Date.parse(f.start) >= shown.from_ms && Date.parse(f.end) <= shown.to_ms);
  // of many drives the places that were passed lawfully are counted, not shown one by one
  const listed = many ? kept.filter((f) => f.verdict === 'violated' || f.verdict === 'possible') : kept;
  const path = drive.trace ? packPath(drive.trace, columns, names, { unit: many ? 1 : 0.1, ...shown }) : null;
  return {
    id: result.drive.id,
    vehicle: result.drive.vehicle,
    vehicle_id: drive.vehicle_id ?? '',
    driver_id: drive.driver_id ?? '',
    zone: drive.zone,
    start_ms: Math.max(Date.parse(result.drive.start), shown.from_ms),
    end_ms: Math.min(Date.parse(result.drive.end), shown.to_ms),
    distance_m: Math.round(result.drive.distance_m),
    fixes: result.drive.fixes,
    off_road: result.match.off_road,
    warnings: [...(drive.warnings ?? [])],
    exposure: result.exposure.map((e) => ({
      rule: e.rule,
      passed: e.passed ?? 0,
      complied: e.complied ?? 0,
      violated: e.violated ?? 0,
      undetermined: e.undetermined ?? 0,
      judged_m: Math.round(e.judged_m ?? 0),
    })),
    findings: listed.map((f) => findingOf(drive, f, input, shown)),
    path,
  };
}

/** Compass bearing of a line near a place, for stop lines to lie across it. */
function bearingAt(line: Roads['lines'][number] | undefined, lat: number, lon: number): number {
  if (!line) return 0;
  const scale = Math.cos((lat * Math.PI) / 180);
  let [best, bearing] = [Number.POSITIVE_INFINITY, 0];
  for (let i = 1; i < line.lat.length; i++) {
    const [x, y] = [((line.lon[i] ?? 0) - (line.lon[i - 1] ?? 0)) * scale, (line.lat[i] ?? 0) - (line.lat[i - 1] ?? 0)];
    const [mx, my] = [
      (((line.lon[i] ?? 0) + (line.lon[i - 1] ?? 0)) / 2 - lon) * scale,
      ((line.lat[i] ?? 0) + (line.lat[i - 1] ?? 0)) / 2 - lat,
    ];
    const away = Math.hypot(mx, my);
    if (away < best) [best, bearing] = [away, (Math.atan2(x, y) * 180) / Math.PI];
  }
  return Math.round(bearing);
}

function roadsOf(
  roads: Roads,
  columns: ColumnWriter,
  names: NameList,
  classes: string[],
  tolerance_m: number,
): PageRoads {
  const [count, lat, lon]: number[][] = [[], [], []];
  const rows = {
    road_class: [] as number[],
    oneway: [] as number[],
    layer: [] as number[],
    limit: [] as number[],
    name: [] as number[],
  };
  // neighbours in the file are neighbours on the ground: their differences are small
  for (const line of roads.lines) {
    const keep = simplified(line.lat, line.lon, tolerance_m);
    count?.push(keep.length);
    for (const i of keep) {
      lat?.push(Math.round((line.lat[i] ?? 0) * 1e5));
      lon?.push(Math.round((line.lon[i] ?? 0) * 1e5));
    }
    let road = classes.indexOf(line.road_class);
    if (road < 0) road = classes.push(line.road_class) - 1;
    rows.road_class.push(road);
    rows.oneway.push(line.oneway === -1 ? 2 : line.oneway);
    rows.layer.push(line.layer);
    rows.limit.push(line.limit_kmh === null || !Number.isFinite(line.limit_kmh) ? -1 : Math.round(line.limit_kmh));
    rows.name.push(names.of(line.name));
  }
  const byWay = new Map(roads.lines.map((line) => [line.way, line]));
  return {
    count: columns.add(count ?? []),
    lat: columns.add(lat ?? []),
    lon: columns.add(lon ?? []),
    road_class: columns.add(rows.road_class),
    oneway: columns.add(rows.oneway),
    layer: columns.add(rows.layer),
    limit: columns.add(rows.limit),
    name: columns.add(rows.name),
    points: roads.points.map((p) => ({
      kind: p.kind,
      lat: round(p.lat, 6),
      lon: round(p.lon, 6),
      node: p.node,
      bearing: bearingAt(byWay.get(p.way), p.lat, p.lon),
    })),
    cut: roads.cut,
  };
}

/** Takes one drive after another, so that no fixes are kept, and seals the page's data at the end. */
export class Packer {
  private readonly options: ReportOptions;
  private readonly columns = new ColumnWriter();
  private readonly names = new NameList();
  private readonly drives: PageDrive[] = [];
  private engine: Result['engine'] | undefined;

  constructor(options: ReportOptions) {
    this.options = options;
  }

  add(drive: ReportDrive): void {
    this.engine ??= drive.result.engine;
    this.drives.push(driveOf(drive, this.options, this.columns, this.names));
  }

  /** The text that page.ts puts into the page. */
  finish(rest: ReportRest): Promise<string> {
    const { lang, anonymous, kinematics, many } = this.options;
    const classes: string[] = [];
    const roads = roadsOf(rest.roads, this.columns, this.names, classes, many ? 4 : 1);
    const data: PageData = {
      lang,
      anonymous,
      version: this.engine?.version ?? '',
      map: this.engine?.map.name ?? '',
      map_time: this.engine?.map.osm_time ?? '',
      names: this.names.list,
      classes,
      drives: this.drives,
      roads,
      places: [...rest.places],
      decisions: [...rest.decisions],
      kinematics,
      minimum_km: MINIMUM_KM,
    };
    return seal(data, this.columns.finish());
  }
}
