// SPDX-License-Identifier: MIT
// Runs variants against a baseline in one process: in pairs next to one another, the order swapped each
// round, warm-up rounds thrown away, and no time believed before the result bytes are equal.
import { Bench } from 'tinybench';
import { threadCpuMs } from '../clock.ts';
import { geometricMean, median, pairedRatio, type Ratio } from '../statistics.ts';
import type { Engine } from './engine.ts';

export interface Variant {
  name: string;
  engine: Engine;
  map: string;
}

export interface Work {
  drives: readonly Uint8Array[];
  arenaBytes: number;
  /** Before each run the map is opened anew and its pages are dropped from the page cache. */
  cold?: (map: string) => void;
  rounds: number;
}

export interface Row extends Ratio {
  variant: string;
  /** Main-thread CPU milliseconds per drive, and wall. */
  cpu_ms: number;
  wall_ms: number;
  min_ms: number;
  fixes_per_s: number;
}

interface Sample {
  cpu: number;
  wall: number;
}

const WARM_UP = 3;

function run(v: Variant, work: Work): Sample {
  if (work.cold) {
    v.engine.close();
    work.cold(v.map);
  }
  const cpu = threadCpuMs();
  const wall = performance.now();
  if (work.cold) v.engine.reopen(v.map, work.arenaBytes);
  for (const drive of work.drives) v.engine.analyze(drive);
  return { cpu: threadCpuMs() - cpu, wall: performance.now() - wall };
}

function prepare(variants: readonly Variant[], work: Work): void {
  for (const v of variants) v.engine.open(v.map, work.arenaBytes);
  for (const [i, drive] of work.drives.entries()) {
    const [first, ...rest] = variants.map((v) => Buffer.from(v.engine.analyze(drive)));
    for (const [k, other] of rest.entries()) {
      if (!first?.equals(other)) throw new Error(`drive ${i}: ${variants[k + 1]?.name} gives other bytes`);
    }
  }
}

/** The first variant is the baseline. */
export async function compare(variants: readonly Variant[], work: Work): Promise<Row[]> {
  prepare(variants, work);
  const [base, ...others] = variants as [Variant, ...Variant[]];
  const pairs = new Map(others.map((v) => [v, [] as [Sample, Sample][]]));
  let round = 0;
  const bench = new Bench({ iterations: work.rounds, time: 0, warmupIterations: WARM_UP, warmupTime: 0, throws: true });
  let mode: 'warmup' | 'run' = 'warmup';
  const onePair = (v: Variant) => {
    const baseFirst = round % 2 === 0;
    const first = run(baseFirst ? base : v, work);
    const second = run(baseFirst ? v : base, work);
    if (mode === 'run') pairs.get(v)?.push(baseFirst ? [first, second] : [second, first]);
  };
  bench.add(
    'round',
    () => {
      for (const v of round % 4 < 2 ? others : others.toReversed()) onePair(v);
      round++;
    },
    {
      beforeAll: (which) => {
        mode = which ?? 'run';
      },
    },
  );
  await bench.run();
  const drives = work.drives.length;
  const fixes = work.drives.reduce((sum, d) => sum + new DataView(d.buffer, d.byteOffset).getUint32(0, true), 0);
  const row = (name: string, samples: Sample[], ratio: Ratio): Row => ({
    variant: name,
    cpu_ms: median(samples.map((s) => s.cpu)) / drives,
    wall_ms: median(samples.map((s) => s.wall)) / drives,
    min_ms: Math.min(...samples.map((s) => s.cpu)) / drives,
    fixes_per_s: Math.round(fixes / (median(samples.map((s) => s.cpu)) / 1000)),
    ...ratio,
  });
  const rows = others.map((v) => {
    const samples = pairs.get(v) ?? [];
    const ratio = pairedRatio(samples.map(([b, o]) => [b.cpu, o.cpu]));
    return row(
      v.name,
      samples.map(([, o]) => o),
      ratio,
    );
  });
  const baseSamples = [...pairs.values()].flat().map(([b]) => b);
  return [row(base.name, baseSamples, { ratio: 1, low: 1, high: 1 }), ...rows];
}

export const meanRatio = (rows: readonly Row[]) => geometricMean(rows.map((r) => r.ratio));
