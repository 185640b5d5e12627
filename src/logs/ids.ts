// SPDX-License-Identifier: MIT
// The names of drives: the file's base name; where several logs of a run have one, with their folder. An entry of an
// archive is named with the archive.
import { baseName } from '../host/node.ts';

export function logId(path: string): string {
  const [, archive, entry = ''] = ENTRY.exec(path) ?? [];
  return archive === undefined ? baseName(path).replace(ENDING, '') : `${archive}/${entry.replace(ENDING, '')}`;
}

/** archive.zip/folder/drive.gpx, as `logsIn` gives it. */
const ENTRY = /([^\\/]+)\.(?:zip|kmz)\/(.+)$/i;

const ENDING =
  /(\.(csv|tsv|txt|log|gpx|xml|ndjson|jsonl|json|geojson|nmea|kml|kmz|tcx|fit|igc|plt|rec|parquet))?(\.(gz|zip))?$/i;

/** The last `depth` folders and the name. */
function name(path: string, depth: number, whole: boolean): string {
  const parts = path.split(/[\\/]/).filter((part) => part !== '' && part !== '.');
  const last = parts.slice(-1 - depth).join('/');
  return whole ? last : last.replace(ENDING, '');
}

/** One name for each path, different for different paths. */
export function driveIds(paths: readonly string[]): string[] {
  const ids = paths.map(logId);
  const deepest = Math.max(0, ...paths.map((path) => path.split(/[\\/]/).length));
  for (let depth = 1; depth <= deepest + 1; depth++) {
    const seen = new Map<string, number>();
    for (const id of ids) seen.set(id, (seen.get(id) ?? 0) + 1);
    const same = ids.flatMap((id, i) => ((seen.get(id) ?? 0) > 1 ? [i] : []));
    if (same.length === 0) return ids;
    for (const i of same) ids[i] = name(paths[i] ?? '', Math.min(depth, deepest), depth > deepest);
  }
  return ids;
}
