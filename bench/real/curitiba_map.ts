// SPDX-License-Identifier: MIT
// What both Curitiba benches open: the map of the study's roads, and the folder of its drives.
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildMap } from '../../src/mapbuild.ts';
import { openSession, type Session } from '../../src/session.ts';

/** `folder` is for the caller to remove. */
export async function openCuritiba(): Promise<{ session: Session; drives: string; folder: string }> {
  const data = join(import.meta.dirname, '..', '..', '..', 'shared', 'data');
  if (!existsSync(data)) throw new Error('needs ../shared/data');
  const folder = mkdtempSync(join(tmpdir(), 'tomare-curitiba-'));
  const map = join(folder, 'map.tmap');
  await buildMap({ inputs: [join(data, 'maps', 'curitiba-roads.osm.pbf')], output: map });
  return { session: openSession({ map, profile: 'none' }), drives: join(data, 'drives', 'curitiba'), folder };
}
