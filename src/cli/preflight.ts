// SPDX-License-Identifier: MIT
// Wrong ways in, named before any work: what is given as map, log or output is looked at first.
import { accessSync, closeSync, constants, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { TomareError } from '../errors.ts';
import { isLogFile } from '../logs/archive.ts';

const HEAD = 4096;

function head(path: string): Buffer {
  let fd = -1;
  try {
    if (!statSync(path).isFile()) return Buffer.alloc(0);
    fd = openSync(path, 'r');
    const buffer = Buffer.alloc(HEAD);
    return buffer.subarray(0, readSync(fd, buffer));
  } catch {
    return Buffer.alloc(0); // who opens it says what is wrong
  } finally {
    if (fd >= 0) closeSync(fd);
  }
}

/** A road map, an extract of OpenStreetMap, or something else. */
function kindOf(path: string): 'map' | 'extract' | 'else' {
  const bytes = head(path);
  if (bytes.subarray(0, 8).toString('latin1') === 'TOMAREMP') return 'map';
  const text = bytes.toString('latin1');
  return text.slice(0, 64).includes('OSMHeader') || /^[^<]*(?:<\?xml[^>]*>)?\s*(?:<!--.*?-->\s*)?<osm[\s>]/s.test(text)
    ? 'extract'
    : 'else';
}

const buildIt = (path: string) =>
  `it is OpenStreetMap data; build the road map first: tomare map build ${path} -o ${path.replace(/(\.osm)?\.\w+$/, '')}.tmap`;

/** @throws TomareError MAP_MAGIC for an extract or a log in place of a map, which says what to do */
export async function checkMap(map: string): Promise<void> {
  if (kindOf(map) === 'extract') throw new TomareError('MAP_MAGIC', `${map}: ${buildIt(map)}`);
  if (kindOf(map) === 'else' && head(map).length > 0 && (await isLogFile(map))) {
    throw new TomareError('MAP_MAGIC', `${map}: it is a log; tomare map build makes a map`);
  }
}

/** @throws TomareError USAGE where a road map is given in place of an extract */
export function checkExtract(path: string): void {
  if (kindOf(path) === 'map')
    throw new TomareError('USAGE', `${path}: it is a road map already; tomare map info describes it`);
}

/** @throws TomareError USAGE where a map or an extract was given as a log, or there is nothing to read from a terminal */
export function checkLogs(logs: readonly string[]): void {
  for (const log of logs) {
    const kind = log === '-' ? 'else' : kindOf(log);
    if (kind === 'map') throw new TomareError('USAGE', `${log}: it is a road map, not a log; give it with --map`);
    if (kind === 'extract') throw new TomareError('USAGE', `${log}: not a log: ${buildIt(log)}`);
    if (log === '-' && process.stdin.isTTY === true) {
      throw new TomareError('USAGE', 'standard input is a terminal; name a log, or pipe one in');
    }
  }
}

/** Map and logs together, so that an exchange is seen. @throws TomareError as `checkMap` and `checkLogs` */
export async function checkInputs(map: string | undefined, logs: readonly string[]): Promise<void> {
  const exchanged = map === undefined ? undefined : logs.find((log) => log !== '-' && kindOf(log) === 'map');
  if (map !== undefined && exchanged !== undefined && kindOf(map) === 'else' && (await isLogFile(map))) {
    throw new TomareError('USAGE', `map and log are exchanged; write --map ${exchanged} ${map}`);
  }
  if (map !== undefined) await checkMap(map);
  checkLogs(logs);
}

/**
 * `folder`: the output may be a folder, which is made where it is missing.
 * @throws TomareError OUTPUT where the folder of an output is missing, or it may not be written
 */
export function checkOutput(path: string | undefined, { folder: asFolder = false } = {}): void {
  if (path === undefined) return;
  const folder = dirname(path);
  try {
    if (statSync(folder, { throwIfNoEntry: false }) === undefined) {
      throw new TomareError('OUTPUT', `${path}: there is no folder ${folder}; make it first`);
    }
    const there = statSync(path, { throwIfNoEntry: false });
    if ((there?.isDirectory() || /[/\\]$/.test(path)) && !asFolder)
      throw new TomareError('OUTPUT', `${path}: it is a folder; name a file`);
    accessSync(there === undefined || there.isFile() ? folder : path, constants.W_OK);
  } catch (error) {
    if (error instanceof TomareError) throw error;
    throw new TomareError('OUTPUT', `${path}: ${(error as NodeJS.ErrnoException).code}; nothing was left behind`);
  }
}
