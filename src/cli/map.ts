// SPDX-License-Identifier: MIT
// `tomare map build | info | verify`.
import { Analyzer } from '../analyzer.ts';
import { ERRORS, placeOf } from '../errors.ts';
import { writeWhole } from '../files.ts';
import { mapDigest } from '../map_digest.ts';
import { buildMap, type DroppedRestriction } from '../mapbuild.ts';
import { readOverlay } from '../overlay/overlay.ts';
import type { LeftOut } from '../overlay/rows.ts';
import { csvCell } from '../report/cell.ts';
import { profileOf } from '../settings/profile.ts';
import type { MapInfo } from '../types.ts';
import { checkExtract, checkMap, checkOutput } from './preflight.ts';
import { progressBar } from './progress.ts';
import { STATISTIC_TEXTS } from './statistics.ts';
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
  for (const path of [output, leftOutPath]) checkOutput(path);
  for (const input of inputs) checkExtract(input);
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
  await mapInfo(output);
}

const timeOf = (ms: number) => (ms === 0 ? null : new Date(ms).toISOString());

/** For programs. */
function infoJson({ osm_time_ms, sha256, bytes_read: _, ...info }: MapInfo, digest: string): string {
  const places = info.places.map((place) => ({ ...place, profile: profileOf(place.country) }));
  const all = { ...info, osm_time: timeOf(osm_time_ms), source_sha256: sha256, digest, places };
  return `${JSON.stringify(all, null, 2)}\n`;
}

type Line = readonly [key: string, value: string | number, text: string];

function headLines({ bounds, places, ...info }: MapInfo, digest: string): Line[] {
  const box = `${bounds.min_lat}, ${bounds.min_lon} to ${bounds.max_lat}, ${bounds.max_lon}`;
  return [
    ['name', info.name, 'given when it was built'],
    ['format', info.format, 'version of mapdata/FORMAT.md'],
    ['osm_time', timeOf(info.osm_time_ms) ?? 'unknown', 'of the OpenStreetMap data'],
    ['bytes', info.bytes, 'size of the file'],
    ['tiles', info.tiles, 'pieces that are loaded one by one'],
    ['bounds', box, 'latitude and longitude of two corners'],
    ['source_sha256', info.sha256, 'of the extracts that it was built from'],
    ['digest', digest, 'of its content'],
    ...places.map(({ country, zone }): Line => {
      const law = `${country || 'disputed'}, ${zone}, profile ${profileOf(country)}`;
      return ['place', law, 'country, clock and law of some of its roads'];
    }),
  ];
}

function statisticLines(statistics: Record<string, number>): Line[] {
  const texts: Readonly<Record<string, string>> = STATISTIC_TEXTS;
  const entries = Object.entries(statistics);
  const dropped = (statistics['restrictions'] ?? 0) - (statistics['restrictions_kept'] ?? 0);
  return [
    ...entries.filter(([key]) => !key.startsWith(DROPPED)).map(([key, n]): Line => [key, n, texts[key] ?? '']),
    ['restrictions dropped', dropped, 'turn restrictions that the map could not take, by reason:'],
    ...entries
      .filter(([key, n]) => key.startsWith(DROPPED) && n > 0)
      .map(([key, n]): Line => [`  ${key.slice(DROPPED.length).replaceAll('_', ' ')}`, n, texts[key] ?? '']),
  ];
}

const COLUMN = 36;

export async function mapInfo(path: string, { json = false } = {}): Promise<void> {
  await checkMap(path);
  const info = new Analyzer(path).mapInfo();
  const digest = mapDigest(path);
  const lines = [...headLines(info, digest), ...statisticLines(info.statistics)];
  const text = lines.map(([key, value, what]) => `${`${key}: ${value}`.padEnd(COLUMN)}  # ${what}`.trimEnd());
  process.stdout.write(json ? infoJson(info, digest) : `${text.join('\n')}\n`);
}

/** The number of damaged tiles. */
export async function mapVerify(path: string): Promise<number> {
  await checkMap(path);
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
