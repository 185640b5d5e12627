// SPDX-License-Identifier: MIT
// `tomare map build | info | verify`.
import { Analyzer } from '../analyzer.ts';
import { ERRORS, placeOf } from '../errors.ts';
import { writeWhole } from '../files.ts';
import { buildMap, type DroppedRestriction } from '../mapbuild.ts';
import { readOverlay } from '../overlay/overlay.ts';
import type { LeftOut } from '../overlay/rows.ts';
import { csvCell } from '../report/cell.ts';
import { profileOf } from '../settings/profile.ts';
import { progressBar } from './progress.ts';
import { warn } from './warn.ts';

const DROPPED = 'restrictions_dropped_';

/** Rows that no road takes, in OUTPUT.left-out.csv. */
function reportLeftOut(rows: readonly LeftOut[], used: number, output: string): void {
  process.stderr.write(`tomare: overlay: ${used} rows used, ${rows.length} rows left out\n`);
  if (rows.length === 0) return;
  const lines = rows.toSorted((a, b) => a.row - b.row).map(({ row, reason }) => `${row},${csvCell(reason)}`);
  writeWhole(`${output}.left-out.csv`, `row,reason\n${lines.join('\n')}\n`, warn);
  process.stderr.write(`tomare: overlay: see ${output}.left-out.csv for the reasons\n`);
}

function writeDropped(dropped: readonly DroppedRestriction[], path: string): void {
  const lines = dropped.map(({ relation, reason }) => `${relation},${csvCell(reason)}\n`);
  writeWhole(path, `relation,reason\n${lines.join('')}`);
}

export async function mapBuild(
  inputs: string[],
  output: string,
  name: string | undefined,
  overlayPath: string | undefined,
  leftOutPath?: string,
): Promise<void> {
  const overlay = overlayPath === undefined ? undefined : readOverlay(overlayPath);
  let bar: ReturnType<typeof progressBar> | undefined;
  await buildMap({
    inputs,
    output,
    ...(name === undefined ? {} : { name }),
    ...(overlay === undefined
      ? {}
      : {
          overlay: overlay.rows,
          onLeftOut: (rows: LeftOut[]) =>
            reportLeftOut([...overlay.leftOut, ...rows], overlay.rows.length - rows.length, output),
        }),
    ...(leftOutPath === undefined
      ? {}
      : { onDropped: (dropped: DroppedRestriction[]) => writeDropped(dropped, leftOutPath) }),
    onWarning: warn,
    onProgress: (done, total) => {
      bar ??= progressBar(total, 'bytes');
      bar.set(done);
    },
  });
  bar?.stop();
  mapInfo(output);
}

export function mapInfo(path: string): void {
  const info = new Analyzer(path).mapInfo();
  const { statistics, bounds, ...rest } = info;
  const lines = [
    `name: ${rest.name}`,
    `format: ${rest.format}`,
    `osm_time: ${rest.osm_time_ms === 0 ? 'unknown' : new Date(rest.osm_time_ms).toISOString()}`,
    `bytes: ${rest.bytes}`,
    `tiles: ${rest.tiles}`,
    `bounds: ${bounds.min_lat}, ${bounds.min_lon} to ${bounds.max_lat}, ${bounds.max_lon}`,
    `source_sha256: ${rest.sha256}`,
    ...rest.places.map(
      ({ country, zone }) => `place: ${country || 'disputed'}, ${zone}, profile ${profileOf(country)}`,
    ),
    ...Object.entries(statistics)
      .filter(([key]) => !key.startsWith(DROPPED))
      .map(([key, value]) => `${key}: ${value}`),
    `restrictions dropped: ${(statistics['restrictions'] ?? 0) - (statistics['restrictions_kept'] ?? 0)}`,
    ...Object.entries(statistics)
      .filter(([key, value]) => key.startsWith(DROPPED) && value > 0)
      .map(([key, value]) => `  ${key.slice(DROPPED.length).replaceAll('_', ' ')}: ${value}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** The number of damaged tiles. */
export function mapVerify(path: string): number {
  const analyzer = new Analyzer(path);
  const { tiles } = analyzer.mapInfo();
  const bar = progressBar(tiles, 'tiles');
  let damaged = 0;
  for (let tile = 0; tile < tiles; tile++) {
    const fault = analyzer.verifyTile(tile);
    bar.step();
    if (!fault) continue;
    damaged++;
    const text = ERRORS.find((e) => e.code === fault.code)?.text ?? '';
    process.stderr.write(`tomare: ${text}: ${path}, ${placeOf(fault)} (MAP_TILE ${fault.code})
`);
  }
  bar.stop();
  process.stdout.write(`${tiles} tiles, ${damaged} damaged\n`);
  return damaged;
}
