// SPDX-License-Identifier: MIT
// For tests: one clean drive north at 10 m/s, to be written in many forms, and its reading.
import type { TomareError } from '../errors.ts';
import type { Log } from '../types.ts';
import { type ReadOptions, readStream } from './read.ts';

export async function read(content: string | Buffer, options: Partial<ReadOptions> = {}): Promise<Log> {
  async function* source() {
    const bytes = Buffer.from(content);
    for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
  }
  return readStream('drive.csv', source(), { timeZone: 'Asia/Tokyo', ...options });
}
export const failure = (content: string | Buffer, options: Partial<ReadOptions> = {}) =>
  read(content, options).then(
    () => 'it was read',
    (e: TomareError) => `${e.errorName} ${e.message}`,
  );

export const START = Date.UTC(2026, 9, 5, 1);
export const iso = (i: number) => new Date(START + i * 1000).toISOString();
export const p2 = (n: number) => String(n).padStart(2, '0');
/** A wall clock so many hours east of UTC. */
export const wall = (i: number, hours: number) =>
  iso(i + hours * 3600)
    .slice(0, 19)
    .replace('T', ' ');
export const lat = (i: number, mps = 10) => (35 + (i * mps) / 111_195).toFixed(7);
export const N = 20;
export const rows = (row: (i: number) => string, n = N) => Array.from({ length: n }, (_, i) => row(i)).join('\n');
export const table = (header: string, row: (i: number) => string, n = N) => `${header}\n${rows(row, n)}\n`;
export const objects = (row: (i: number) => object, n = N) => rows((i) => JSON.stringify(row(i)), n);
export const leftOut = ({ input }: Log) => input.left_out.map(({ reason, rows: n }) => `${n} ${reason}`);
