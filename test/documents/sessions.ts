// SPDX-License-Identifier: MIT
// Terminal sessions of the documents: blocks of `console` whose lines after "$ " are typed, with what they print below.
import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, cpSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { makeDemo } from '../../mapdata/demo/make.ts';
import { ROOT, read } from './markdown.ts';

export interface Typed {
  command: string;
  /** What the document shows below it. */
  shown: string;
}

const BLOCK = /^```console\n([\s\S]*?)^```$/gm;

/** The sessions of a document, each a list of what is typed. */
export function sessionsOf(file: string): Typed[][] {
  return [...read(file).matchAll(BLOCK)].map(([, block = '']) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((part) => {
        const end = part.indexOf('\n');
        return { command: part.slice(0, end), shown: part.slice(end + 1) };
      }),
  );
}

/** Standard output passes for a terminal where it is the file that stands for the screen, not a pipe. */
const TERMINAL =
  'data:text/javascript,import{fstatSync}from"node:fs";if(fstatSync(1).isFile())process.stdout.isTTY=true';

/** A folder as the documents take for granted: drive.csv, logs/, region.osm.pbf, region.tmap; `tomare` is on the path. */
export function makeFolder(folder: string): void {
  makeDemo(folder);
  cpSync(join(folder, 'town.osm.pbf'), join(folder, 'region.osm.pbf'));
  cpSync(join(folder, 'drives', 'stop-roll.csv'), join(folder, 'drive.csv'));
  cpSync(join(folder, 'drives'), join(folder, 'logs'), { recursive: true });
  writeFileSync(join(folder, 'logs', 'notes.txt'), 'Drives of October.\n');
  mkdirSync(join(folder, 'bin'));
  const command = `--disable-warning=ExperimentalWarning --import '${TERMINAL}' '${join(ROOT, 'src/cli/main.ts')}'`;
  const shim = join(folder, 'bin', 'tomare');
  writeFileSync(shim, `#!/bin/sh\nexec '${process.execPath}' ${command} "$@"\n`);
  chmodSync(shim, 0o755);
  play('tomare map build region.osm.pbf -o region.tmap', folder);
}

/** What a terminal shows of a command: both streams in their order. */
export function play(command: string, folder: string): string {
  const screen = join(folder, 'screen');
  const fd = openSync(screen, 'w');
  const { FORCE_COLOR: _, ...clean } = process.env;
  const env = { ...clean, NO_COLOR: '1', PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH']}` };
  const { error } = spawnSync('sh', ['-c', command], { cwd: folder, env, stdio: ['ignore', fd, fd] });
  closeSync(fd);
  if (error !== undefined) throw error;
  return readFileSync(screen, 'utf8');
}

/** Whether the document shows what was printed; a line "…" stands for any lines. */
export function shows(shown: string, printed: string): boolean {
  const parts = shown.split(/^…\n/m).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('(?:.*\n)*?')}$`).test(printed);
}
