// SPDX-License-Identifier: MIT
// Passes and breaks by place, from one result after another. Memory grows with the places and ways driven, not with
// the drives.
import { TomareError } from '../errors.ts';
import type { Result } from '../report/result.ts';
import type { AuditSettings } from '../settings/audit.ts';

type Finding = Result['findings'][number];

/** Rules whose places are counted. Speeding is not: many speed where the sign is right. */
export const AUDITED = ['stop-sign', 'level-crossing', 'wrong-way', 'no-entry', 'turn-ban'] as const;
export type AuditedRule = (typeof AUDITED)[number];

const byNode = (rule: string) => rule === 'stop-sign' || rule === 'level-crossing';
const byWay = (rule: string) => rule === 'wrong-way' || rule === 'no-entry';

/** What names a place: rule and node, relation or way, each with the direction of travel where it matters. */
export function placeKey(f: Pick<Finding, 'rule' | 'road'>): string {
  const { way, forward, node, relation } = f.road;
  if (byNode(f.rule)) return `${f.rule} node ${node ?? 0} ${way} ${forward}`;
  if (f.rule === 'turn-ban')
    return relation ? `turn-ban relation ${relation}` : `turn-ban ${node ?? 0} ${way} ${forward}`;
  return `${f.rule} way ${way} ${forward}`;
}

/** Half of a way driven within a finding, or more, makes it one of its ways. */
const COVERED = 0.5;

/** The ways that a finding against a way covers, in the order driven: one run against one-way streets has several. */
function waysOf(result: Result, f: Finding): { way: number; forward: boolean }[] {
  const [start, end] = [Date.parse(f.start), Date.parse(f.end)];
  const covered = (result.route ?? []).filter(({ enter, exit }) => {
    const [from, to] = [Date.parse(enter), Date.parse(exit)];
    return Math.min(end, to) - Math.max(start, from) > COVERED * (to - from);
  });
  const own = { way: f.road.way, forward: f.road.forward };
  return [own, ...covered.filter((item) => item.way !== own.way || item.forward !== own.forward)];
}

/** All places that a finding is about. */
export function placeKeys(result: Result, f: Finding): string[] {
  if (!byWay(f.rule)) return [placeKey(f)];
  return waysOf(result, f).map((road) => placeKey({ rule: f.rule, road }));
}

/** Counts of one place. Vehicles are told apart by `drive.vehicle_id`, or else each drive is one. */
export class PlaceCounts {
  passes = 0;
  breaks = 0;
  /** 1: passed, 2: broke the rule at least once. */
  readonly vehicles = new Map<string, 1 | 2>();

  add(vehicle: string, broke: boolean): void {
    this.passes++;
    if (broke) this.breaks++;
    this.vehicles.set(vehicle, broke || this.vehicles.get(vehicle) === 2 ? 2 : 1);
  }

  get vehiclesBreaking(): number {
    return [...this.vehicles.values()].filter((seen) => seen === 2).length;
  }
}

export interface BrokenPlace {
  /** The first finding seen there: it describes the place. */
  sample: Finding;
  counts: PlaceCounts;
}

const accuses = (f: Finding) => f.verdict === 'violated' || f.verdict === 'possible';

/** What a result lacks of its passes, without which each place would look broken by all. */
function lacking(result: Result): string | undefined {
  const seen = new Map<string, number>();
  for (const f of result.findings) seen.set(f.rule, (seen.get(f.rule) ?? 0) + 1);
  const missing = result.exposure.find(
    (e) =>
      (e.complied ?? 0) > 0 && (byNode(e.rule) || e.rule === 'turn-ban') && (seen.get(e.rule) ?? 0) < (e.passed ?? 0),
  );
  if (result.route === undefined) return 'the route';
  return missing && `the ${missing.rule} places where it complied`;
}

/** Whether it can be counted: it was made with all findings and its route. */
export const isAuditable = (result: Result): boolean => lacking(result) === undefined;

export class Tally {
  drives = 0;
  private readonly settings: AuditSettings;
  private readonly places = new Map<string, BrokenPlace>();
  /** Passes of each way in each direction: a one-way street is passed lawfully without any finding. */
  private readonly ways = new Map<string, PlaceCounts>();

  constructor(settings: AuditSettings) {
    this.settings = settings;
  }

  /** AUDIT_INPUT when the result was made without `--all` or `--route`. */
  add(result: Result): void {
    const lacks = lacking(result);
    if (lacks !== undefined) {
      throw new TomareError('AUDIT_INPUT', `drive ${result.drive.id} lacks ${lacks}; analyze with --all --route`);
    }
    this.drives++;
    const vehicle = result.drive.vehicle_id ?? `drive ${result.drive.id}`;
    const broken = new Set<string>();
    for (const finding of result.findings) {
      if (!(AUDITED as readonly string[]).includes(finding.rule)) continue;
      if (byWay(finding.rule)) {
        if (!accuses(finding)) continue;
        for (const { way, forward } of waysOf(result, finding)) {
          broken.add(`${way} ${forward}`);
          const own = way === finding.road.way ? finding : { ...finding, road: { way, forward } };
          this.place(own).counts.add(vehicle, true);
        }
      } else if (finding.verdict !== 'undetermined') this.place(finding).counts.add(vehicle, this.breaks(finding));
    }
    for (const { way, forward, from_m, to_m } of result.route ?? []) {
      const key = `${way} ${forward}`;
      if (to_m - from_m >= this.settings.min_length_m && !broken.has(key))
        this.counted(this.ways, key).add(vehicle, false);
    }
  }

  /** A stop that is only rolled through is the driver's; a sign that nobody slows down for may not be there. */
  private breaks(f: Finding): boolean {
    return accuses(f) && (!byNode(f.rule) || (f.measured['lowest_possible_kmh'] ?? 0) >= this.settings.stop_min_kmh);
  }

  private place(sample: Finding): BrokenPlace {
    const key = placeKey(sample);
    const place = this.places.get(key) ?? { sample, counts: new PlaceCounts() };
    if (accuses(sample) && (!accuses(place.sample) || place.sample.road.name === undefined)) place.sample = sample;
    this.places.set(key, place);
    return place;
  }

  private counted(map: Map<string, PlaceCounts>, key: string): PlaceCounts {
    const counts = map.get(key) ?? new PlaceCounts();
    map.set(key, counts);
    return counts;
  }

  /** Places with at least one break, those of ways with their lawful passes in either direction added. */
  *broken(): Generator<BrokenPlace> {
    for (const { sample, counts } of this.places.values()) {
      if (counts.breaks === 0) continue;
      if (!byWay(sample.rule)) {
        yield { sample, counts };
        continue;
      }
      const all = new PlaceCounts();
      all.passes = counts.passes;
      all.breaks = counts.breaks;
      for (const [vehicle, seen] of counts.vehicles) all.vehicles.set(vehicle, seen);
      const { way, forward } = sample.road;
      for (const direction of [forward, !forward]) {
        const lawful = this.ways.get(`${way} ${direction}`);
        all.passes += lawful?.passes ?? 0;
        for (const vehicle of lawful?.vehicles.keys() ?? [])
          if (!all.vehicles.has(vehicle)) all.vehicles.set(vehicle, 1);
      }
      yield { sample, counts: all };
    }
  }
}
