// SPDX-License-Identifier: MIT
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MapFacts } from '../../src/lambda/check_event.ts';
import { checkRelease } from '../../src/lambda/check_map.ts';
import { mapFacts, selfCheck } from '../../src/lambda/self_check.ts';
import { makeCheckSet } from '../../tools/check_set.ts';

const served: MapFacts = {
  name: 'japan',
  osm_time_ms: Date.parse('2026-06-01'),
  tiles: 1000,
  bounds: { min_lat: 30, min_lon: 130, max_lat: 40, max_lon: 140 },
  digest: 'a'.repeat(64),
};
const next: MapFacts = { ...served, osm_time_ms: Date.parse('2026-07-01'), tiles: 1010, digest: 'b'.repeat(64) };
const malta = { min_lat: 35.8, min_lon: 14.1, max_lat: 36.1, max_lon: 14.6 };

function refusal(now: MapFacts, before?: MapFacts, wanted = ''): string {
  try {
    checkRelease(now, wanted, before);
    return '';
  } catch (error) {
    const { errorName, message } = error as { errorName: string; message: string };
    expect(errorName).toBe('MAP_RELEASE');
    return message;
  }
}

describe('the map of a new version', () => {
  it('may be the same, its successor, or a wider one', () => {
    expect(refusal(served, served)).toBe('');
    expect(refusal(next, served)).toBe('');
    expect(refusal({ ...next, bounds: { ...next.bounds, min_lat: 20 } }, served)).toBe('');
    expect(refusal({ ...next, osm_time_ms: 0 }, served)).toBe('');
    expect(refusal(next)).toBe('');
  });

  it('is refused as another region, a part, or older, and the message says how to release it all the same', () => {
    const region = refusal({ ...next, name: 'malta', bounds: malta }, served);
    expect(region).toContain('it covers 0 % of the region of the map in service, "japan" of 2026-06-01');
    expect(region).toContain(`MapDigest=${next.digest}`);
    expect(refusal({ ...next, bounds: { ...next.bounds, min_lat: 31.5 } }, served)).toContain('it covers 85 %');
    expect(refusal({ ...next, tiles: 899 }, served)).toContain('it has 89 % of the tiles');
    expect(refusal({ ...next, osm_time_ms: Date.parse('2026-05-31') }, served)).toContain('older');
  });

  it('is held to the digest that the release names, and to nothing else then', () => {
    expect(refusal({ ...next, bounds: malta }, served, next.digest)).toBe('');
    expect(refusal(next, served, served.digest)).toContain(
      `MapDigest names ${served.digest}, and the image has "japan"`,
    );
  });
});

describe('the self-check', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tomare-check-'));
  const map = join(folder, 'town.tmap');
  beforeAll(() => makeCheckSet(folder));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('says which map the version has, and looks at each tile of it', async () => {
    const { wrong, verified, ...checked } = await selfCheck(folder, map, 60_000);
    expect([wrong, verified]).toEqual([[], checked.map.tiles]);
    expect(checked.map).toEqual(mapFacts(map));
    expect(checked.map.name).toBe('town');
  });

  it('finds a damaged tile, as long as there is time', async () => {
    const damaged = join(folder, 'damaged.tmap');
    const bytes = readFileSync(map);
    bytes.writeUInt8(bytes.readUInt8(5000) ^ 1, 5000);
    writeFileSync(damaged, bytes);
    expect((await selfCheck(folder, damaged, 60_000)).wrong).toEqual([
      expect.stringMatching(/^1 of \d+ tiles of the map are damaged: MAP_TILE$/),
    ]);
    expect(await selfCheck(folder, damaged, 0)).toMatchObject({ wrong: [], verified: 0 });
  });
});
