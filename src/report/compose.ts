// SPDX-License-Identifier: MIT
// From an analysis to the result of the contract: names, zones, rounding, offences.
import { formatTime } from '../logs/time.ts';
import type { Jurisdiction } from '../settings/jurisdiction.ts';
import { offenceOf } from '../settings/profile.ts';
import { type Settings, settingsHash } from '../settings/settings.ts';
import type { Analysis, Exposure, Finding, InputReport, Log, MapInfo, Vehicle } from '../types.ts';
import { channelWarnings } from './channel_notes.ts';
import { offMap } from './judged.ts';
import type { Result } from './result.ts';

export interface ComposeContext {
  log: Pick<Log, 'id' | 'lines' | 'input' | 'vehicle_id' | 'driver_id'>;
  /** Where the log lies, when it was an object. */
  source?: Result['drive']['source'];
  version: string;
  map: MapInfo;
  /** Law and clock of a place, by its number in the map. */
  lawAt: (place: number) => Jurisdiction;
  /** Numbers of the places that the drive went through, in their order; -1: none is known. */
  places: readonly number[];
  /** What contradicts one another, as sentences. */
  warnings: readonly string[];
  settings: Settings;
  vehicle: Vehicle;
  /** Also undetermined and complied findings. */
  all: boolean;
  /** With the route. */
  route: boolean;
}

const round = (value: number, digits: number) => Number(value.toFixed(digits));
/** The highest confidence that is written: rounding must not hide the last doubt. */
const MOST_SURE = 0.999;
/** A probability of what happened. */
const doubted = (value: number) => Math.min(MOST_SURE, round(Math.max(0, value), 3));

function exposureOf(e: Exposure, settings: Settings): Result['exposure'][number] | undefined {
  const enabled = (settings as unknown as Record<string, Record<string, unknown>>)['rules']?.[
    e.rule.replaceAll('-', '_')
  ];
  if (enabled !== true) return undefined;
  if (e.rule === 'speeding' || e.rule === 'minimum-speed') {
    return { rule: e.rule, violated: e.violated, undetermined: e.undetermined, judged_m: round(e.judged_m, 1) };
  }
  const counts = {
    rule: e.rule,
    passed: e.passed,
    complied: e.complied,
    violated: e.violated,
    undetermined: e.undetermined,
  };
  return e.rule === 'wrong-way' ? { ...counts, judged_m: round(e.judged_m, 1) } : counts;
}

function findingOf(f: Finding, c: ComposeContext): Result['findings'][number] {
  const { zone, profile } = c.lawAt(f.place);
  const time = (ms: number) => formatTime(ms, zone);
  const offence = profile && offenceOf(profile, f, c.vehicle);
  return {
    rule: f.rule,
    verdict: f.verdict,
    start: time(f.start_ms),
    end: time(f.end_ms),
    place: { lat: round(f.lat, 7), lon: round(f.lon, 7) },
    road: {
      way: f.way,
      forward: f.forward,
      ...(f.name === '' ? {} : { name: f.name }),
      ...(f.node === 0 ? {} : { node: f.node }),
      ...(f.relation === 0 ? {} : { relation: f.relation }),
    },
    source: { tag: f.sourceTag, ...(f.sourceDirection === '' ? {} : { direction: f.sourceDirection }) },
    measured: Object.fromEntries(Object.entries(f.measured).map(([k, v]) => [k, round(v, 1)])),
    confidence: doubted(f.match * f.map * f.observation),
    factors: {
      match: doubted(f.match),
      map: f.map < 1 ? doubted(f.map) : 1,
      observation: doubted(f.observation),
    },
    reasons: f.reasons,
    ...(offence ? { offence } : {}),
    evidence: {
      first_fix: f.first_fix,
      last_fix: f.last_fix,
      first_line: c.log.lines[f.first_fix] ?? 0,
      last_line: c.log.lines[f.last_fix] ?? 0,
    },
  };
}

/** Above this share off the road or not matched, a warning says so. */
const NOTED_SHARE = 0.1;

/** The account of the reading, with what the match adds to it. */
function inputOf(a: Analysis, input: InputReport, warnings: readonly string[]): Result['input'] {
  const share = offMap(a);
  const more = share > NOTED_SHARE ? [`${Math.round(share * 100)} % of the drive is off the map`] : [];
  return {
    ...(input as Result['input']),
    warnings: [...input.warnings, ...warnings, ...channelWarnings(a.channels), ...more],
  };
}

/** Countries, zones and profiles of the drive; equal ones once. */
function lawsOf(c: ComposeContext): NonNullable<Result['engine']['laws']> {
  const all = c.places.map((place) => {
    const { zone, profile } = c.lawAt(place);
    return { country: c.map.places[place]?.country || null, zone, profile: profile?.country ?? 'none' };
  });
  return all.filter((a, i) => all.findIndex((b) => JSON.stringify(a) === JSON.stringify(b)) === i);
}

export function compose(a: Analysis, c: ComposeContext): Result {
  const laws = lawsOf(c);
  const [first, last] = [laws[0]?.zone ?? 'UTC', laws.at(-1)?.zone ?? 'UTC'];
  const time = (ms: number) => formatTime(ms, first);
  const shown = (f: Finding) => c.all || f.verdict === 'violated' || f.verdict === 'possible';
  return {
    schema: 'tomare.result/2',
    input: inputOf(a, c.log.input, c.warnings),
    drive: {
      id: c.log.id,
      vehicle_id: c.log.vehicle_id,
      driver_id: c.log.driver_id,
      source: c.source ?? null,
      fixes: a.fixes,
      start: time(a.start_ms),
      end: formatTime(a.end_ms, last),
      distance_m: round(a.distance_m, 1),
      vehicle: c.vehicle,
    },
    engine: {
      version: c.version,
      map: {
        name: c.map.name,
        format: c.map.format,
        osm_time: c.map.osm_time_ms === 0 ? null : time(c.map.osm_time_ms),
      },
      profile: [...new Set(laws.map((law) => law.profile))].join('+'),
      laws,
      settings: settingsHash(c.settings),
    },
    match: {
      matched: a.matched,
      off_road: a.off_road,
      unmatched: a.unmatched,
      gaps: a.gaps,
      mean_error_m: round(a.mean_error_m, 2),
    },
    exposure: a.exposure.flatMap((e) => exposureOf(e, c.settings) ?? []),
    findings: a.findings.filter(shown).map((f) => findingOf(f, c)),
    ...(c.route
      ? {
          route: a.route.map((r) => ({
            way: r.way,
            forward: r.forward,
            from_m: round(r.from_m, 1),
            to_m: round(r.to_m, 1),
            enter: time(r.enter_ms),
            exit: time(r.exit_ms),
          })),
        }
      : {}),
  };
}
