// SPDX-License-Identifier: MIT
// check.py must see what is wrong: a drive said to be elsewhere, at another speed, or lawful though it was not.
import { spawnSync } from 'node:child_process';
import { linkSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Place, python } from './drives.ts';

interface Stored {
  drives: { behaviour: string; count: number; first: number; route: unknown[][]; events: object[] }[];
}

const FAULTS: Record<string, (stored: Stored) => void> = {
  nothing: () => {},
  'a drive on other ways': ({ drives }) => {
    const [drive] = drives;
    const ways = drive?.route.map((e) => e[0]) ?? [];
    drive?.route.forEach((e, i) => {
      e[0] = ways.at(-1 - i);
    });
  },
  'samples left out': ({ drives }) => {
    const [drive] = drives;
    if (drive) drive.first += 200;
  },
  'a lawful driver who is not': ({ drives }) => {
    drives[0]?.events.push({ rule: 'stop-sign', state: 'violated', t: 1 });
  },
};

/** Fails the command where a fault passes the check, or no fault does not. */
export function checkSees(place: Place): void {
  const from = dirname(place.map);
  for (const [fault, make] of Object.entries(FAULTS)) {
    const folder = mkdtempSync(`${from}-fault-`);
    const stored = JSON.parse(readFileSync(join(from, 'drives.json'), 'utf8')) as Stored;
    stored.drives = stored.drives.filter((d) => d.behaviour === 'lawful').slice(0, 1);
    make(stored);
    writeFileSync(join(folder, 'drives.json'), JSON.stringify(stored));
    for (const file of ['samples.bin', 'map.osm.pbf']) linkSync(join(from, file), join(folder, file));
    const args = [join(import.meta.dirname, 'check.py'), '', folder];
    const refused = spawnSync(python(), args, { stdio: 'ignore' }).status !== 0;
    rmSync(folder, { recursive: true });
    const ok = refused === (fault !== 'nothing');
    console.log(`${ok ? 'ok  ' : 'FAIL'} the truth check ${refused ? 'refuses' : 'passes'} ${fault}`);
    if (!ok) process.exitCode = 1;
  }
}
