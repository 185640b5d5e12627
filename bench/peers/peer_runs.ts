// SPDX-License-Identifier: MIT
// The Python peers (bench/peers), set up and run on an extract and drives.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Fixes } from '../../src/types.ts';
import { CACHE } from '../places.ts';
import { thinned } from '../walk.ts';

export interface Peer {
  build_s: number;
  build_mib?: number;
  bytes: number;
  peak_mib: number;
  /** By seconds between fixes. */
  rates: Record<string, { fixes_per_s: number }>;
}

export const HOME = dirname(CACHE);

/** Installs the peers where they are not yet: minutes. */
export function setUp(): void {
  execFileSync(join(import.meta.dirname, 'setup.sh'), [HOME], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** The drive at each interval (seconds) in a file, as the peers read it: its path. */
export function writeDrives(hour: Fixes, intervals: readonly number[]): string {
  const path = join(CACHE, 'peer-drives.json');
  const rows = (interval: number) => {
    const f = thinned(hour, interval);
    return Array.from({ length: f.count }, (_, i) => [Math.round((f.time_ms[i] ?? 0) / 1000), f.lat[i], f.lon[i]]);
  };
  writeFileSync(path, JSON.stringify(Object.fromEntries(intervals.map((s) => [s, rows(s)]))));
  return path;
}

/** Builds a peer's map of the extract and matches the drives; `geometry`: the lines of the ways are asked for, too. */
export function python(peer: string, source: string, drives: string, geometry = false): Peer {
  const chroot = join(HOME, 'peers');
  const folder = join(chroot, 'work');
  rmSync(join(folder, peer), { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [from, to] of [
    [source, 'extract.osm.pbf'],
    [drives, 'drives.json'],
    [join(import.meta.dirname, 'python_peer.py'), 'python_peer.py'],
  ] as const) {
    rmSync(join(folder, to), { force: true });
    copyFileSync(from, join(folder, to));
  }
  const program = ['/venv/bin/python', '/work/python_peer.py', peer, '/work/extract.osm.pbf', '/work/drives.json'];
  const env = { ...process.env, ...(geometry ? { PEER_GEOMETRY: '1' } : {}) };
  const out = execFileSync('chroot', [chroot, ...program, `/work/${peer}`], { encoding: 'utf8', env });
  return JSON.parse(out.trim().split('\n').at(-1) ?? '') as Peer;
}
