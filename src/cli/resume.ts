// SPDX-License-Identifier: MIT
// `--resume`: the journal of a run, named by its output and bound to all that its results depend on.
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { TomareError } from '../errors.ts';
import { placeOf } from '../logs/archive.ts';
import type { Session } from '../session.ts';
import { Journal } from './journal.ts';
import type { Batch, DriveWant } from './outcome.ts';

const sha256 = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');

/** Path, size and time of each log: one that has changed since is another one. */
async function stateOf(path: string): Promise<[string, number, number]> {
  const { file } = await placeOf(path);
  const { size, mtimeMs } = await stat(file).catch(() => ({ size: -1, mtimeMs: 0 }));
  return [path, size, mtimeMs];
}

/** @throws TomareError USAGE without an output, for standard input, or where the kept run is another one */
export async function openJournal(
  out: string | undefined,
  files: readonly string[],
  batch: Batch<DriveWant>,
  session: Session,
): Promise<Journal> {
  if (out === undefined)
    throw new TomareError('USAGE', '--resume keeps finished work beside the output: name the output with --out');
  if (files.includes('-')) throw new TomareError('USAGE', '--resume cannot read standard input again; name files');
  const { engine, map, profile, settings, options } = session.plan(batch.analyze).identity();
  const logs: [string, number, number][] = [];
  for (const file of files) logs.push(await stateOf(file));
  return new Journal(`${out.replace(/[/\\]+$/, '')}.resume`, {
    release: engine,
    map,
    law: profile,
    settings,
    options: sha256([options, batch.reading, batch.want]),
    logs: sha256(logs),
  });
}
