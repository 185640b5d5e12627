// SPDX-License-Identifier: MIT
// The table of bench/batch/lead_time.ts.

/** Bytes a second of the link over which both ways are compared. */
const LINK = 125e6;

export interface Release {
  change: string;
  way: 'image' | 'copy';
  build_s: number;
  /** To the registry, or to the new machine's disk. */
  move_s: number;
  /** From there to the first answer of the new version. */
  start_s: number;
  moved_bytes: number;
}

/** Seconds of all parts. */
export const total = ({ build_s, move_s, start_s }: Release) => build_s + move_s + start_s;
/** With the bytes over a link of 1 Gbit/s in place of the local disk, where that is the slower. */
const overLink = (r: Release) => r.build_s + Math.max(r.move_s, r.moved_bytes / LINK) + r.start_s;

export function leadTable(releases: readonly Release[]): string[] {
  const lines = [
    '| change | way | build, s | push or copy, s | start to answer, s | all, s | moved, MB | at 1 Gbit/s, s |',
    '|---|---|---|---|---|---|---|---|',
  ];
  for (const r of releases) {
    const seconds = [r.build_s, r.move_s, r.start_s, total(r)].map((s) => s.toFixed(1));
    lines.push(
      `| ${r.change} | ${r.way} | ${seconds.join(' | ')} | ${(r.moved_bytes / 1e6).toFixed(1)} | ${overLink(r).toFixed(1)} |`,
    );
  }
  for (const { change } of releases.filter((r) => r.way === 'image')) {
    const [a, b] = ['image', 'copy'].map((way) => releases.find((r) => r.change === change && r.way === way)) as [
      Release,
      Release,
    ];
    const shorter = (of: (r: Release) => number) => `${(100 * (1 - of(a) / of(b))).toFixed(0)} %`;
    lines.push(`| ${change} | shorter by | | | | ${shorter(total)} | | ${shorter(overLink)} |`);
  }
  return lines;
}
