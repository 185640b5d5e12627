// SPDX-License-Identifier: MIT
// One drive as receivers saw it, as logs for `tomare analyze`, and its truth beside it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDrive } from '../drive_file.ts';
import { CACHE } from '../places.ts';
import type { Place } from './drives.ts';
import { seedOf } from './measure.ts';
import { BASE, FITTED, receive } from './receivers.ts';

export function dump(all: readonly Place[], id: string): void {
  const place = all.find((p) => p.drives.some((d) => d.id === id));
  const drive = place?.drives.find((d) => d.id === id);
  if (!place || !drive) throw new Error(`no drive ${id}`);
  for (const receiver of [...BASE, ...FITTED]) {
    const name = `${id} ${receiver.name}`.replaceAll(/[ ,]+/g, '-');
    console.log(writeDrive(receive(drive, receiver, seedOf(drive, receiver)), name));
  }
  const folder = join(CACHE, 'drives');
  mkdirSync(folder, { recursive: true });
  const truth = join(folder, `${id}.truth.json`);
  writeFileSync(truth, `${JSON.stringify(drive, null, 1)}\n`);
  console.log(`${truth}\nmap ${place.map}, profile ${place.spec.profile}, zone ${place.spec.time_zone}`);
}
