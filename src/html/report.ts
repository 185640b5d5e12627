// SPDX-License-Identifier: MIT
// The report of some drives, for every host: drives go in one after another, the page's data comes out. No fixes are kept.
import { disputedPlaces } from '../audit/places.ts';
import { isAuditable, placeKey, Tally } from '../audit/tally.ts';
import { type Decision, findingKey } from '../decisions/decision.ts';
import type { Session } from '../session.ts';
import { offenceNames } from '../settings/profile.ts';
import type { Settings } from '../settings/settings.ts';
import type { Roads } from '../trace.ts';
import type { Vehicle } from '../types.ts';
import { Cells } from './cells.ts';
import type { Lang } from './model.ts';
import { MANY, Packer, type ReportDrive } from './pack.ts';

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

export interface ReportSetup {
  /** Whose map the roads come from. */
  session: Session;
  /** The policy that judged the drives. */
  settings: Settings;
  vehicle: Vehicle;
  /** How many drives are expected: of a fleet the page shows fewer details. */
  drives: number;
  /** Default "en". */
  lang?: Lang;
  /** Cuts 300 m off both ends of each drive. Default false. */
  anonymous?: boolean;
}

export class Report {
  private readonly setup: ReportSetup;
  private readonly cells = new Cells();
  private readonly tally: Tally;
  private readonly packer: Packer;

  constructor(setup: ReportSetup) {
    const { settings, drives, lang = 'en', anonymous = false } = setup;
    const { decel_mps2, accel_mps2 } = (settings as unknown as { stop: Record<string, number> }).stop;
    const [en, ja] = [offenceNames('en'), offenceNames('ja')];
    this.setup = setup;
    this.tally = new Tally(settings.audit);
    this.packer = new Packer({
      lang,
      anonymous,
      many: drives > MANY,
      kinematics: { decel: decel_mps2 ?? 0, accel: accel_mps2 ?? 0 },
      keys: (result, finding) => ({ finding: findingKey(result, finding), place: placeKey(finding) }),
      offenceNames: (code) => ({ en: en.get(code) ?? code, ja: ja.get(code) ?? code }),
    });
  }

  /** A drive; without a trace only its findings are on the map. Places are audited by results that have all findings and their route. */
  add({ result, trace, fixes, zone }: Pick<ReportDrive, 'result' | 'trace' | 'fixes' | 'zone'>): void {
    for (let i = 0; i < (trace?.count ?? 0); i++) {
      this.cells.add(trace?.lat[i] ?? Number.NaN, trace?.lon[i] ?? Number.NaN);
    }
    for (const f of result.findings) this.cells.add(f.place.lat, f.place.lon);
    if (isAuditable(result)) this.tally.add(result);
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

  /** The page's data, sealed, as `page` takes it. */
  sealed(decisions: readonly Decision[] = []): Promise<string> {
    const { session, settings, vehicle } = this.setup;
    const places = disputedPlaces(this.tally, settings.audit);
    const roads = roadsOf(session, this.cells, vehicle);
    return this.packer.finish({ roads, places, decisions });
  }
}
