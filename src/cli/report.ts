// SPDX-License-Identifier: MIT
// `tomare report`: logs in, one HTML file out that opens from disk. Drives are packed one after another: no fixes are kept.

import { disputedPlaces } from '../audit/places.ts';
import { placeKey, Tally } from '../audit/tally.ts';
import { findingKey } from '../decisions/decision.ts';
import { readDecisions } from '../decisions/file.ts';
import { writeWhole } from '../files.ts';
import { assets } from '../html/assets.ts';
import { Cells } from '../html/cells.ts';
import type { Lang } from '../html/model.ts';
import { MANY, Packer } from '../html/pack.ts';
import { page } from '../html/page.ts';
import { openSession, type Session } from '../session.ts';
import { offenceNames } from '../settings/profile.ts';
import type { Settings } from '../settings/settings.ts';
import type { Roads } from '../trace.ts';
import type { Vehicle } from '../types.ts';
import { type LogOptions, namedLogs, readingOf, sessionOptions, settingsOf } from './common.ts';
import { overLogs } from './loop.ts';
import type { Parts } from './outcome.ts';
import { warn } from './warn.ts';

export interface ReportOptions extends LogOptions {
  output: string;
  lang: Lang;
  anonymous: boolean;
  decisions?: string;
}

/** Positions of roads in one report: 1.5 MB of page hold no more. */
const MOST_POSITIONS = 400_000;

/** The roads of all boxes, each piece once. */
function roadsOf(session: Session, cells: Cells, vehicle: Vehicle): Roads {
  const all: Roads = { lines: [], points: [], restrictions: [], cut: false };
  const seen = new Set<string>();
  let left = MOST_POSITIONS;
  for (const box of cells.boxes()) {
    if (left <= 0) return { ...all, cut: true };
    const found = session.roads(box, { vehicle, most: left });
    all.cut ||= found.cut;
    const once = <T>(kind: string, list: readonly T[], key: (one: T) => string): T[] =>
      list.filter((one) => {
        const name = `${kind} ${key(one)}`;
        return !seen.has(name) && seen.add(name);
      });
    const lines = once('line', found.lines, (l) => `${l.way} ${l.lat[0]} ${l.lon[0]}`);
    left -= lines.reduce((sum, line) => sum + line.lat.length, 0);
    all.lines.push(...lines);
    all.points.push(...once('point', found.points, (p) => `${p.kind} ${p.node} ${p.way}`));
    all.restrictions.push(...once('restriction', found.restrictions, (r) => String(r.relation)));
  }
  return all;
}

class Report {
  readonly cells = new Cells();
  readonly tally: Tally;
  readonly packer: Packer;

  constructor(settings: Settings, options: ReportOptions, drives: number) {
    const { decel_mps2, accel_mps2 } = (settings as unknown as { stop: Record<string, number> }).stop;
    const names = offenceNames(options.lang);
    this.tally = new Tally(settings.audit);
    this.packer = new Packer({
      lang: options.lang,
      anonymous: options.anonymous,
      many: drives > MANY,
      kinematics: { decel: decel_mps2 ?? 0, accel: accel_mps2 ?? 0 },
      keys: (result, finding) => ({ finding: findingKey(result, finding), place: placeKey(finding) }),
      offenceName: (code) => names.get(code),
    });
  }

  add({ result, trace, fixes, zone }: Parts['page']): void {
    for (let i = 0; i < trace.count; i++) this.cells.add(trace.lat[i] ?? Number.NaN, trace.lon[i] ?? Number.NaN);
    for (const f of result.findings) this.cells.add(f.place.lat, f.place.lon);
    this.tally.add(result);
    this.packer.add({
      result,
      trace,
      fixes,
      zone,
      vehicle_id: result.drive.vehicle_id ?? '',
      driver_id: result.drive.driver_id ?? '',
      warnings: result.input.warnings,
    });
  }
}

/** The number of logs that failed. OUTPUT when the page cannot be written; then no log was read. */
export async function report(paths: readonly string[], options: ReportOptions): Promise<number> {
  const files = await namedLogs(paths);
  const settings = settingsOf(options);
  const decisions = options.decisions === undefined ? [] : readDecisions(options.decisions).decisions;
  const opening = sessionOptions(options, settings);
  const session = openSession(opening);
  const made = new Report(settings, options, files.length);
  const batch = {
    want: 'page',
    session: opening,
    analyze: { vehicle: options.vehicle, all: true, route: true },
    reading: readingOf(options),
  } as const;
  const failed = await overLogs(files, batch, { ...options, jobs: options.jobs ?? 1, session }, (parts) =>
    made.add(parts),
  );
  if (failed === files.length) return failed;
  const places = disputedPlaces(made.tally, settings.audit);
  const roads = roadsOf(session, made.cells, options.vehicle);
  const sealed = await made.packer.finish({ roads, places, decisions });
  writeWhole(options.output, page(await assets(), sealed, { lang: options.lang }), warn);
  if (options.quiet !== true) warn(`${options.output}: open it in a browser; it needs no network`);
  return failed;
}
