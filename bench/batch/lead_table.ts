// SPDX-License-Identifier: MIT
// The tables of bench/batch/lead_time.ts.

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
/** Its bytes over a link of 1 Gbit/s in place of the local disk, where that is the slower, and the start. */
const delivery = (r: Release) => Math.max(r.move_s, r.moved_bytes / LINK) + r.start_s;

/** How the image's time is beside that of the copy. */
function beside(image: number, copy: number): string {
  if (image <= copy) return `${(100 * (1 - image / copy)).toFixed(0)} % shorter`;
  return `${(image / copy).toFixed(1)} times as long`;
}

export function leadTable(releases: readonly Release[]): string[] {
  const lines = [
    '| change | way | build, s | push or copy, s | start to answer, s | all, s | moved, MB | at 1 Gbit/s, s |',
    '|---|---|---|---|---|---|---|---|',
  ];
  for (const r of releases) {
    const seconds = [r.build_s, r.move_s, r.start_s, total(r)].map((s) => s.toFixed(1));
    const moved = (r.moved_bytes / 1e6).toFixed(1);
    lines.push(
      `| ${r.change} | ${r.way} | ${seconds.join(' | ')} | ${moved} | ${(r.build_s + delivery(r)).toFixed(1)} |`,
    );
  }
  lines.push(
    '',
    '| the image beside the copy | all | all, at 1 Gbit/s | without the build, at 1 Gbit/s |',
    '|---|---|---|---|',
  );
  for (const image of releases.filter((r) => r.way === 'image')) {
    const copy = releases.find((r) => r.change === image.change && r.way === 'copy') ?? image;
    const ways = [total, (r: Release) => r.build_s + delivery(r), delivery];
    lines.push(`| ${image.change} | ${ways.map((of) => beside(of(image), of(copy))).join(' | ')} |`);
  }
  return lines;
}
