// SPDX-License-Identifier: MIT
// Tables of speed, start-up, map size and compiling, from the kept runs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../natives.ts';
import { newest, type Trials } from '../results.ts';
import {
  bundleStart,
  type Cold,
  type Compiled,
  kept,
  type Matchers,
  type Peers,
  type Reading,
  type Sizes,
  type Slow,
  speedRun,
} from './kept.ts';
import { grouped, mega, table } from './table.ts';

const ratio = (r: { ratio: number; low: number; high: number }) =>
  `${r.ratio.toFixed(2)} (${r.low.toFixed(2)}–${r.high.toFixed(2)})`;

export function wasmBuilds(): string {
  const rows = (speedRun().cells[0]?.rows ?? []).map((r) => [r.variant, r.cpu_ms.toFixed(2), ratio(r)]);
  return table(['build', 'ms', 'ratio to the first (95 %)'], rows);
}

export function wasmCells(): string {
  const { cells, hot, cold, two_workers, baseline, machine } = speedRun();
  const rows = cells.flatMap(({ cell, rows: [base, ...others] }) => {
    const wasm = others.find((r) => r.variant === 'wasm');
    return base && wasm ? [[cell, base.cpu_ms.toFixed(1), wasm.cpu_ms.toFixed(1), ratio(wasm)]] : [];
  });
  const means = `Geometric mean of the hot cells ${hot?.mean.toFixed(2)}, worst ${hot?.worst.toFixed(2)}; with cold pages ${cold?.mean.toFixed(2)}.`;
  const workers = `Two workers do ${two_workers?.wasm.toFixed(2)} times the drives of one (native: ${two_workers?.native.toFixed(2)}).`;
  return `${table(['drive', 'native, ms', 'WASM, ms', 'WASM ÷ native (95 %)'], rows)}\n\n${means} ${workers} Native is ${baseline}, on ${machine.cpu}.`;
}

export function stages(): string {
  const rows = (speedRun().stages ?? []).map((s) => [
    s.name,
    s.native.toFixed(2),
    s.wasm.toFixed(2),
    (s.wasm / s.native).toFixed(2),
  ]);
  return table(['stage', 'native, ms', 'WASM, ms', 'ratio'], rows);
}

const RATES = ['1', '5', '10'];

export function peers(): string {
  const all = Object.entries(kept<Peers>('peers').peers);
  const rate = (name: string, s: string) => all.find(([n]) => n === name)?.[1].rates[s]?.fixes_per_s ?? 0;
  const [own = ['']] = all;
  const best = RATES.map((s) => Math.max(...all.slice(1).map(([name]) => rate(name, s))));
  const times = RATES.map((s, i) => `${(rate(own[0], s) / (best[i] ?? 1)).toFixed(1)} × at ${s} s`).join(', ');
  const rows = all.map(([name, p]) => [
    name,
    p.build_s.toFixed(1),
    mega(p.bytes),
    ...RATES.map((s) => grouped(rate(name, s))),
  ]);
  const head = ['Malta, one hour', 'map built, s', 'map, MB', 'fixes/s at 1 s', 'at 5 s', 'at 10 s'];
  return `${table(head, rows)}\n\nThat is ${times} the fastest peer.`;
}

/** Matching with the geometry of the ways. */
export function matchers(): string {
  const rows = Object.entries(kept<Matchers>('match').matchers).map(([name, rates]) => [
    name,
    ...RATES.map((s) => grouped(rates[s]?.fixes_per_s ?? 0)),
  ]);
  return table(['with geometry', 'fixes/s at 1 s', 'at 5 s', 'at 10 s'], rows);
}

export function coldStarts(): string {
  const { starts, map_bytes } = kept<Cold>('cold');
  const rows = starts
    .slice(1)
    .map((s) => [s.name, s.wall_over_bare_ms.toFixed(0), s.cpu_over_bare_ms.toFixed(0), s.rss_mib.toFixed(0)]);
  const head = ['start, over a bare `node -e 0`', 'wall, ms', 'CPU, ms', 'resident, MiB'];
  return `${table(head, rows)}\n\nThe map has ${(map_bytes / 1e9).toFixed(2)} GB.`;
}

export const coldParts = (): string =>
  table(
    ['part', 'ms'],
    kept<Cold>('cold').parts.map(({ part, ms }) => [part, ms.toFixed(0)]),
  );

export function coldImage(): string {
  const { image } = kept<Cold>('cold');
  const rows = image.parts.map(({ part, ms, cpu_ms }) => [part, ms.toFixed(0), cpu_ms.toFixed(0)]);
  rows.push(['event to answer', image.answered_ms.toFixed(0), image.cpu_ms.toFixed(0)]);
  return `${table(['part', 'wall, ms', 'CPU, ms'], rows)}\n\nResident: ${image.rss_mib.toFixed(0)} MiB.`;
}

const kib = (bytes: number) => (bytes / 1024).toFixed(0);

export function mapSize(): string {
  const { results, long } = kept<Sizes>('map');
  const rows = results.map(({ bytes, copies, cold, warm }) => [
    `${mega(bytes)} MB, ${copies} copies`,
    kib(cold.bytes_to_open),
    kib(cold.bytes_read),
    cold.first_result_ms.toFixed(0),
    warm.first_result_ms.toFixed(0),
    warm.rss_mib.toFixed(0),
  ]);
  const head = ['map', 'read to open, KiB', 'read in all, KiB', 'first result cold, ms', 'warm, ms', 'resident, MiB'];
  const [first, second] = long.steps;
  const last = long.steps.at(-1);
  const drives = `${grouped(last?.drives ?? 0)} drives in one process on the largest map take ${first?.ms_per_drive.toFixed(2)} ms each in the first thousand and ${last?.ms_per_drive.toFixed(2)} in the last.`;
  const memory = `Resident memory is ${second?.rss_mib.toFixed(0)} MiB after two thousand and ${last?.rss_mib.toFixed(0)} at the end.`;
  return `${table(head, rows)}\n\n${drives} ${memory}`;
}

/** MiB that the map compiler may take: 24 bytes a road node over 256 MiB. */
const boundMib = (roadNodes: number) => 256 + (24 * roadNodes) / 2 ** 20;

export function compile(): string {
  const rows = kept<Compiled>('compile').results.map((r) => [
    r.name,
    mega(r.pbf),
    grouped(r.road_nodes),
    r.wall_s.toFixed(1),
    r.cpu_s.toFixed(1),
    (r.pbf / 1e6 / r.wall_s).toFixed(1),
    `${r.rss_mib.toFixed(0)} of ${boundMib(r.road_nodes).toFixed(0)}`,
    mega(r.map),
  ]);
  const head = ['input', 'PBF, MB', 'road nodes', 'wall, s', 'CPU, s', 'MB/s', 'peak of bound, MiB', 'map, MB'];
  return table(head, rows);
}

/** Thousands of fixes per second: end to end, reading alone, engine alone. */
export function reading(): string {
  const rows = kept<Reading>('reading').rows.map(({ log, fixes, all_ms, reading_ms, engine_ms }) => [
    log,
    ...[all_ms, reading_ms, engine_ms].map((ms) => (fixes / ms).toFixed(0)),
    ((100 * reading_ms) / all_ms).toFixed(0),
  ]);
  return table(['log', 'all, k fixes/s', 'reading alone', 'engine alone', 'reading of all, %'], rows);
}

export function instructions(): string {
  const file = join(ROOT, 'bench', 'speed', 'instructions.json');
  const { drives } = JSON.parse(readFileSync(file, 'utf8')) as {
    drives: Record<string, { fixes: number; per_fix: number }>;
  };
  const rows = Object.entries(drives).map(([name, d]) => [name, String(d.fixes), grouped(d.per_fix)]);
  return table(['a fix each', 'fixes', 'instructions a fix'], rows);
}

/** Of each map, the drive with the dearest fix. */
export function slow(): string {
  const { kinds, median, worst } = kept<Slow>('slow');
  const maps = [...new Set(kinds.map((k) => k.map))];
  const rows = maps.flatMap((map) => {
    const [most] = kinds.filter((k) => k.map === map).sort((a, b) => b.worst - a.worst);
    return most ? [[map, most.drive, grouped(most.median / 1000), grouped(most.worst / 1000)]] : [];
  });
  const head = ['map', 'drive with the dearest fix', 'median fix, k instructions', 'worst fix'];
  return `${table(head, rows)}\n\nOver all ${kinds.length} drives the worst fix takes ${(worst / median).toFixed(1)} times the median one.`;
}

/** Per cent of route mismatch with each setting that was tried. */
export function trials(kind: string): string {
  const runs = Object.entries(newest<Trials>(kind)?.runs ?? {});
  const steps = Object.keys(runs[0]?.[1] ?? {});
  const rows = runs.map(([set, per]) => [
    set === 'as shipped' ? set : `\`${set.replace('match.', '')}\``,
    ...steps.map((s) => per[s]?.toFixed(2) ?? ''),
  ]);
  return table(['constant', ...steps.map((s) => `${s} s`)], rows);
}

/** Of the README: the peers, the start, the price of WASM. */
export function speedSummary(language: 'en' | 'ja'): string {
  const { hot } = speedRun();
  const start = bundleStart();
  const [wall, mib, slower] = [start.wall_over_bare_ms.toFixed(0), start.rss_mib.toFixed(0), hot?.mean.toFixed(2)];
  const rows = Object.entries(kept<Peers>('peers').peers).map(([name, p]) => [
    name,
    ...RATES.map((s) => grouped(p.rates[s]?.fixes_per_s ?? 0)),
    mega(p.bytes),
  ]);
  const head =
    language === 'en'
      ? ['Malta, an hour, one thread', 'fixes/s at 1 s', 'at 5 s', 'at 10 s', 'map, MB']
      : ['マルタ、一時間、一スレッド', '1 秒間隔の測位点/秒', '5 秒', '10 秒', '地図, MB'];
  const text =
    language === 'en'
      ? `A start to the first result takes ${wall} ms over a bare Node and ${mib} MiB, whatever the size of the map. WASM takes ${slower} times the CPU of native.`
      : `起動から最初の結果まで、Node 単体に加えて ${wall} ms、常駐メモリ ${mib} MiB（地図の大きさによらない）。WASM の CPU 時間はネイティブの ${slower} 倍。`;
  return `${table(head, rows)}\n\n${text}`;
}
