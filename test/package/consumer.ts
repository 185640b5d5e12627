// SPDX-License-Identifier: MIT
// A user's program in TypeScript, compiled by test/package/run.ts against the installed package: every exported name.
import {
  type Analysis,
  type AnalyzeOptions,
  type BuildOptions,
  buildMap,
  type Closure,
  type ErrorName,
  type Exposure,
  type Finding,
  type Fixes,
  type Format,
  type Identity,
  type Kind,
  type LeftOut,
  type Log,
  type LogLimits,
  type MapInfo,
  type Overlay,
  type OverlayRow,
  openSession,
  type Plan,
  type Point,
  type ReadOptions,
  type Result,
  type RouteItem,
  readLog,
  readOverlay,
  render,
  type Session,
  type SessionOptions,
  type SettingsOverrides,
  TomareError,
  type Vehicle,
  type Verdict,
} from 'tomare';

const overlay: Overlay = readOverlay('rows.csv');
const build: BuildOptions = { inputs: ['region.osm.pbf'], output: 'region.tmap', overlay: overlay.rows };
await buildMap(build);
const policy: SettingsOverrides = { speeding: { tolerance_kmh: 5 } };
const options: SessionOptions = { map: 'region.tmap', settings: policy, profile: 'jp', timeZone: 'Asia/Tokyo' };
const session: Session = openSession(options);
const info: MapInfo = session.map;
const vehicle: Vehicle = 'bus';
const wanted: AnalyzeOptions = { vehicle, route: true, all: true };
const limits: Partial<LogLimits> = { fixes: 1000 };
const reading: ReadOptions = { timeZone: 'Asia/Tokyo', limits };
const log: Log = await readLog('drive.csv', reading);
const fixes: Fixes = log.fixes;
const plan: Plan = session.plan(wanted);
const identity: Identity = plan.identity();
const results: Result[] = [session.analyze(log, wanted), plan.analyze(fixes), await session.run('drive.gpx')];
const analysis: Analysis = session.analysis(fixes);
const [finding]: Finding[] = analysis.findings;
const [exposure]: Exposure[] = analysis.exposure;
const [item]: RouteItem[] = analysis.route;
const format: Format = 'geojson';
const verdicts: (Verdict | undefined)[] = [finding?.verdict, results[0]?.findings[0]?.verdict];
const names: (ErrorName | Kind | Closure | undefined)[] = [
  new TomareError('LOG_READ').errorName,
  overlay.rows[0]?.kind,
  overlay.rows[0]?.closure,
];
const rows: (OverlayRow | LeftOut)[] = [...overlay.rows, ...overlay.leftOut];
const point: Point | undefined = overlay.rows[0]?.line[0];
export const all = [render(results, format), info.name, identity.map, exposure, item, verdicts, names, rows, point];
// @ts-expect-error a rule that is none
export const none = results[0]?.findings[0]?.rule === 'parking';
// @ts-expect-error a vehicle that is none
session.analyze(log, { vehicle: 'tank' });
