// SPDX-License-Identifier: MIT
// The kept runs as this room reads them: the shapes that the benches write with --keep.
import { newest } from '../results.ts';
import type { Run } from '../speed/report.ts';

export interface Peers {
  peers: Record<string, { build_s: number; bytes: number; rates: Record<string, { fixes_per_s: number }> }>;
}

export interface Matchers {
  matchers: Record<string, Record<string, { fixes_per_s: number }>>;
}

interface Start {
  name: string;
  wall_over_bare_ms: number;
  cpu_over_bare_ms: number;
  rss_mib: number;
}

export interface Cold {
  map_bytes: number;
  starts: Start[];
  parts: { part: string; ms: number }[];
  image: {
    parts: { part: string; ms: number; cpu_ms: number }[];
    answered_ms: number;
    cpu_ms: number;
    rss_mib: number;
  };
}

interface Opened {
  first_result_ms: number;
  bytes_to_open: number;
  bytes_read: number;
  page_cache_bytes: number;
  rss_mib: number;
}

export interface Sizes {
  results: { bytes: number; copies: number; cold: Opened; warm: Opened }[];
  long: { steps: { drives: number; ms_per_drive: number; rss_mib: number }[] };
}

export interface Compiled {
  results: {
    name: string;
    pbf: number;
    road_nodes: number;
    map: number;
    wall_s: number;
    cpu_s: number;
    rss_mib: number;
  }[];
}

export interface Reading {
  rows: { log: string; fixes: number; all_ms: number; reading_ms: number; engine_ms: number }[];
}

/** Instructions of a fix's step through the matcher, on drives built to be slow. */
export interface Slow {
  median: number;
  worst: number;
  kinds: { map: string; drive: string; median: number; worst: number }[];
}

/** Counts of one rule seen by one receiver, as bench/accuracy keeps them. */
export interface RuleFigures {
  violations: number;
  determinable: number;
  found: number;
  foundDeterminable: number;
  claims: number;
  falseClaims: number;
  lawfulKm: number;
  falseLawful: number;
  /** Places found to comply, and those of them where the driver broke the rule. */
  complied: number;
  acquitted: number;
  /** Share of the determinable that was found; null where nothing is determinable. */
  recall: number | null;
}

export interface Accuracy {
  rules: Record<string, Record<string, RuleFigures>>;
  /** By quantity: how far stated probabilities are from the true shares on average, and of how many findings. */
  calibration: Record<'confidence', { count: number; ece: number }>;
}

/** A kept run that a document shows. */
export function kept<T>(kind: string): T {
  const run = newest<T>(kind);
  if (!run) throw new Error(`bench/results has no ${kind}.json`);
  return run;
}

export const speedRun = (): Run => kept<Run>('speed');
/** The bundle that users start. */
export const bundleStart = (): Start => {
  const start = kept<Cold>('cold').starts.find(({ name }) => name.startsWith('dist'));
  if (!start) throw new Error('cold.json has no start of the bundle');
  return start;
};
