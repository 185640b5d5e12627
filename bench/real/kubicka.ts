// SPDX-License-Identifier: MIT
// Route mismatch (Newson & Krumm 2009) on the 50 Kubička tracks, by way and direction: (length wrongly
// added + length missed) / length of the true route; the ends of the true route beyond the first and
// last fix are left out; and how far the matched route goes against one-way streets that the true route does not go
// against. Fails where a bound is missed.
// usage: npm run bench -- kubicka [--set match.bridge_s=0]… [--keep] [seconds between fixes]…
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type OsmWay, readOsm } from '../../mapdata/demo/osm_reader.ts';
import { buildMap } from '../../src/mapbuild.ts';
import { openSession, type Plan } from '../../src/session.ts';
import type { RouteItem } from '../../src/types.ts';
import { changedSettings } from '../changed_settings.ts';
import { keepTrial } from '../results.ts';
import { thinned } from '../walk.ts';
import { kubickaTracks, OUTLIER, type Track, trimmed } from './kubicka_tracks.ts';
import { mismatch, routeKey } from './route_mismatch.ts';

const { values, positionals } = parseArgs({
  options: { set: { type: 'string', multiple: true, default: [] }, keep: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const steps = positionals.length > 0 ? positionals.map(Number) : [1, 5, 10, 30, 60];
/** Length-weighted mismatch at most, per cent by seconds between fixes: half of the best peer's. */
const BOUNDS: Record<number, number> = { 1: 2.1, 5: 2.0, 10: 1.7, 30: 2.2, 60: 2.2 };
/** At 1 s, per cent. */
const MEAN = 3.2;
const MEDIAN = 0.9;

interface Result {
  track: string;
  length: number;
  missed: number;
  added: number;
  /** Findings of wrong way or banned turn: the drives were lawful. */
  accused: number;
  /** Metres against one-way streets where the true route is lawful. */
  against: number;
}

/** The direction that `oneway=*` of a way, or a roundabout, forbids: its routeKey. */
function forbidden({ id, tags }: OsmWay): string | undefined {
  const { oneway, junction } = tags;
  if (oneway === '-1') return routeKey(id, true);
  return oneway === 'yes' || (junction === 'roundabout' && oneway === undefined) ? routeKey(id, false) : undefined;
}

/** Metres of the route by the directions of `banned`. */
const metresAgainst = (route: readonly RouteItem[], banned: ReadonlySet<string>) =>
  route.reduce((sum, r) => sum + (banned.has(routeKey(r.way, r.forward)) ? r.to_m - r.from_m : 0), 0);

function resultOf(plan: Plan, { track, truth, fixes: all }: Track, banned: Set<string>, step: number): Result {
  const fixes = thinned(all, step);
  const analysis = plan.analysis(fixes);
  const { route } = analysis;
  const begins = (route[0]?.enter_ms ?? Number.POSITIVE_INFINITY) <= (fixes.time_ms[0] ?? 0) + 1;
  const ends = (route.at(-1)?.exit_ms ?? 0) >= (fixes.time_ms.at(-1) ?? 0) - 1;
  const found = mismatch(trimmed(truth, route, { head: begins ? step : 0, tail: ends ? step : 0 }), route);
  const accused = analysis.findings.filter((f) => f.verdict === 'violated' && /wrong-way|turn-ban/.test(f.rule)).length;
  return { track, ...found, accused, against: metresAgainst(route, banned) };
}

const shareOf = (m: Result) => (m.missed + m.added) / m.length;
const percent = (v: number) => `${(v * 100).toFixed(2)} %`;

function line(m: Result): string {
  const [length, missed, added] = [m.length, m.missed, m.added].map((v) => v.toFixed(0).padStart(6));
  const accused = m.accused > 0 ? `  accused ${m.accused}` : '';
  const against = m.against > 0 ? `  against one-ways ${m.against.toFixed(0)}` : '';
  return `${m.track}  ${percent(shareOf(m)).padStart(8)}  true ${length} m  missed ${missed}  added ${added}${against}${accused}`;
}

const total = (found: readonly Result[], of: (m: Result) => number) => found.reduce((sum, m) => sum + of(m), 0);
const counting = (found: readonly Result[]) => found.filter((m) => m.track !== OUTLIER);
const weightedOf = (found: readonly Result[]) =>
  total(counting(found), (m) => m.missed + m.added) / total(counting(found), (m) => m.length);

/** Prints one interval's figures. False where a bound is missed. */
function report(step: number, found: Result[]): boolean {
  for (const m of found) console.log(line(m));
  const counted = counting(found);
  const shares = counted.map(shareOf).sort((a, b) => a - b);
  const weighted = weightedOf(found);
  const mean = shares.reduce((a, b) => a + b, 0) / shares.length;
  const median = shares[Math.floor(shares.length / 2)] ?? 1;
  const accused = found.filter((m) => m.track !== OUTLIER && m.track !== '43' && m.accused > 0).length;
  console.log(
    `all but ${OUTLIER}, every ${step} s: length-weighted ${percent(weighted)}, mean ${percent(mean)}, median ${percent(median)}; ${accused} lawful drives accused, ${total(counting(found), (m) => m.against / 1000).toFixed(2)} km against one-ways`,
  );
  const spread = step !== 1 || (mean * 100 <= MEAN && median * 100 <= MEDIAN);
  return weighted * 100 <= (BOUNDS[step] ?? 100) && spread && accused === 0;
}

const folder = mkdtempSync(join(tmpdir(), 'tomare-kubicka-'));
const map = join(folder, 'map.tmap');
const settings = changedSettings(values.set);
const found = new Map(steps.map((step) => [step, [] as Result[]]));
for (const drive of await kubickaTracks()) {
  await buildMap({ inputs: [drive.extract], output: map, name: drive.track });
  const banned = new Set(readOsm(drive.extract).ways.flatMap((way) => forbidden(way) ?? []));
  for (const { way, forward } of drive.truth) banned.delete(routeKey(way, forward));
  const plan = openSession({ map, settings, profile: 'none' }).plan({ route: true });
  for (const [step, list] of found) list.push(resultOf(plan, drive, banned, step));
}
rmSync(folder, { recursive: true });
if (values.keep) {
  const per = Object.fromEntries([...found].map(([step, list]) => [step, 100 * weightedOf(list)]));
  console.error(`kept as ${keepTrial('kubicka', values.set, per)}`);
}
const missed = [...found].filter(([step, list]) => !report(step, list)).map(([step]) => step);
if (missed.length > 0) {
  console.error(
    `beyond the bounds at ${missed.join(', ')} s: ${JSON.stringify(BOUNDS)} per cent, at 1 s mean ${MEAN} and median ${MEDIAN}, none accused`,
  );
  process.exitCode = 1;
}
