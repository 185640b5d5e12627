// SPDX-License-Identifier: MIT
// Tomare beside the open matchers on the same maps and traces: driving against one-way streets, and the route.
import { dirname, join } from 'node:path';
import { buildMap } from '../../src/mapbuild.ts';
import { openSession } from '../../src/session.ts';
import { CACHE } from '../places.ts';
import { kubickaTracks, OUTLIER, trimmed } from '../real/kubicka_tracks.ts';
import { type Mismatch, mismatch } from '../real/route_mismatch.ts';
import { thinned } from '../walk.ts';
import { DrawnTwice } from './drawn_twice.ts';
import type { Drive, Place, TrueEvent } from './drives.ts';
import { measure, type Run, seedOf } from './measure.ts';
import { percent, table } from './page.ts';
import { PEERS, type Peer, type Piece, peerRoutes } from './peers.ts';
import { BASE, fixTimes, GRID, type Receiver, receive } from './receivers.ts';
import { driveMismatch, shareOf, trueRoute } from './route.ts';

const RUN_M = 40;
const LAWFUL_DRIVES = 20;
const GRID_DRIVES = 12;
/** GraphHopper gives whole edges: a turn inside one counts as all of it, so that its lengths cannot be compared. */
const ROUTED: readonly Peer[] = PEERS.filter((peer) => peer !== 'GraphHopper');
const [SECOND] = BASE as [Receiver];
export const TOMARE = 'Tomare';

const name = (drive: Drive, receiver: Receiver) => `${drive.id} | ${receiver.name}`;
const lawful = (place: Place) => place.drives.filter((d) => d.behaviour === 'lawful' && trueRoute(d, [0, d.count - 1]));

/** Ways of each unbroken run of at least RUN_M against one-way streets. */
function againstRuns(route: readonly Piece[]): Set<number>[] {
  const runs: { ways: Set<number>; metres: number }[] = [];
  let open = false;
  for (const { way, from_m, to_m, against } of route) {
    const metres = to_m - from_m;
    if (against && open) {
      const last = runs.at(-1);
      last?.ways.add(way);
      if (last) last.metres += metres;
    } else if (against) runs.push({ ways: new Set([way]), metres });
    open = against;
  }
  return runs.filter((r) => r.metres >= RUN_M).map((r) => r.ways);
}

const wrongRuns = (drive: Drive) =>
  drive.events.filter((e) => e.rule === 'wrong-way' && (e.end_m ?? 0) - e.path_m >= RUN_M);

interface WrongWay {
  runs: number;
  found: number;
  lawful: number;
  accused: number;
}

const meets = (ways: ReadonlySet<number>, e: TrueEvent) => (e.ways ?? []).some((w) => ways.has(w));

function count(into: WrongWay, drive: Drive, said: readonly ReadonlySet<number>[]): void {
  if (drive.behaviour === 'lawful') {
    into.lawful++;
    if (said.length > 0) into.accused++;
    return;
  }
  for (const e of wrongRuns(drive)) {
    into.runs++;
    if (said.some((ways) => meets(ways, e))) into.found++;
  }
}

/** What the engine itself says: the ways of its findings. */
const accusations = (run: Run) =>
  run.claims
    .filter((c) => c.finding.rule === 'wrong-way')
    .map(
      (c) =>
        new Set(
          run.route.filter((r) => r.exit_ms > c.finding.start_ms && r.enter_ms < c.finding.end_ms).map((r) => r.way),
        ),
    );

export interface Comparison {
  wrongWay: Record<string, WrongWay>;
  /** Share by matcher and receiver. */
  route: Record<string, Record<string, number>>;
  kubicka: Record<string, Record<number, number>>;
}

function tracesOf(place: Place, chosen: readonly Drive[], grid: readonly Drive[]) {
  const traces = new Map(chosen.map((d) => [name(d, SECOND), receive(d, SECOND, seedOf(d, SECOND))]));
  for (const receiver of GRID) {
    for (const d of grid) traces.set(name(d, receiver), receive(d, receiver, seedOf(d, receiver)));
  }
  return { traces, extract: join(dirname(place.map), 'map.osm.pbf') };
}

export async function compare(all: readonly Place[]): Promise<Comparison> {
  const matchers = [TOMARE, ...PEERS];
  const wrongWay = Object.fromEntries(matchers.map((m) => [m, { runs: 0, found: 0, lawful: 0, accused: 0 }]));
  const lists: Record<string, Record<string, (Mismatch | undefined)[]>> = Object.fromEntries(
    [TOMARE, ...ROUTED].map((m) => [m, Object.fromEntries(GRID.map((r) => [r.name, []]))]),
  );
  for (const place of all.filter((p) => lawful(p).length > 0)) {
    const drawn = DrawnTwice.under(place.map);
    const grid = lawful(place).slice(0, GRID_DRIVES);
    const chosen = [...place.drives.filter((d) => wrongRuns(d).length > 0), ...lawful(place).slice(0, LAWFUL_DRIVES)];
    const { traces, extract } = tracesOf(place, chosen, grid);
    for (const run of measure({ ...place, drives: chosen }, SECOND)) {
      count(wrongWay[TOMARE] as WrongWay, run.drive, accusations(run));
    }
    for (const receiver of GRID) {
      for (const run of measure({ ...place, drives: grid }, receiver)) {
        lists[TOMARE]?.[receiver.name]?.push(driveMismatch(run.drive, run.at, run.route, drawn));
      }
    }
    for (const [peer, routes] of peerRoutes(extract, traces)) {
      for (const d of chosen) count(wrongWay[peer] as WrongWay, d, againstRuns(routes.get(name(d, SECOND)) ?? []));
      if (!ROUTED.includes(peer)) continue;
      for (const receiver of GRID) {
        for (const d of grid) {
          const at = fixTimes(d, receiver, seedOf(d, receiver));
          const driven = routes.get(name(d, receiver)) ?? [];
          lists[peer]?.[receiver.name]?.push(driveMismatch(d, at, driven, drawn));
        }
      }
    }
  }
  const route = Object.fromEntries(
    [TOMARE, ...ROUTED].map((m) => [
      m,
      Object.fromEntries(GRID.map((r) => [r.name, shareOf(lists[m]?.[r.name] ?? [])])),
    ]),
  );
  return { wrongWay, route, kubicka: await compareKubicka() };
}

/** The Kubička tracks thinned, by matcher: length-weighted share by seconds between fixes. */
async function compareKubicka(): Promise<Record<string, Record<number, number>>> {
  const steps = [1, 5, 10, 30, 60];
  const lists: Record<string, Record<number, Mismatch[]>> = {};
  const add = (matcher: string, step: number, m: Mismatch) => {
    lists[matcher] ??= {};
    const ofMatcher = lists[matcher];
    ofMatcher[step] = [...(ofMatcher[step] ?? []), m];
  };
  for (const { track, extract, truth, fixes } of await kubickaTracks()) {
    if (track === OUTLIER) continue;
    const map = join(CACHE, 'accuracy-kubicka.tmap');
    await buildMap({ inputs: [extract], output: map, name: track });
    const plan = openSession({ map, profile: 'none' }).plan({ route: true });
    const traces = new Map(steps.map((step) => [`${step}`, thinned(fixes, step)]));
    for (const step of steps) {
      const { route } = plan.analysis(traces.get(`${step}`) ?? fixes);
      add(TOMARE, step, mismatch(trimmed(truth, route, { head: 0, tail: step }), route));
    }
    for (const [peer, routes] of peerRoutes(extract, traces, ROUTED)) {
      for (const step of steps) {
        const route = routes.get(`${step}`) ?? [];
        add(peer, step, mismatch(trimmed(truth, route, { head: 0, tail: step }), route));
      }
    }
  }
  return Object.fromEntries(
    Object.entries(lists).map(([m, bySteps]) => [
      m,
      Object.fromEntries(Object.entries(bySteps).map(([step, list]) => [Number(step), shareOf(list)])),
    ]),
  );
}

export function kubickaTable(shares: Record<string, Record<number, number>>): string {
  const steps = Object.keys(Object.values(shares)[0] ?? {}).map(Number);
  const rows = Object.entries(shares).map(([m, by]) => [m, ...steps.map((s) => percent(by[s] ?? Number.NaN))]);
  return table(['route mismatch %, Kubička', ...steps.map((s) => `${s} s`)], rows);
}

export function wrongWayTable({ wrongWay }: Comparison): string {
  const rows = Object.entries(wrongWay).map(([matcher, w]) => [
    matcher,
    `${w.found} of ${w.runs}`,
    `${w.accused} of ${w.lawful}`,
  ]);
  return table(['matcher', 'runs against a one-way street found', 'lawful drives accused'], rows);
}

export function routeTable({ route }: Comparison): string {
  const matchers = Object.keys(route);
  const rows = GRID.map((r) => [r.name, ...matchers.map((m) => percent(route[m]?.[r.name] ?? Number.NaN))]);
  const ratios = GRID.map(({ name }) => {
    const peers = matchers.filter((m) => m !== TOMARE).map((m) => route[m]?.[name] ?? Number.POSITIVE_INFINITY);
    return (route[TOMARE]?.[name] ?? Number.NaN) / Math.min(...peers);
  });
  const cells = (most: number) => ratios.filter((r) => r <= most).length;
  const said = `At or below the best peer in ${cells(1)} of ${GRID.length} cells, at half of it or less in ${cells(0.5)}.`;
  return `${table(['route mismatch %', ...matchers], rows)}\n\n${said}`;
}
