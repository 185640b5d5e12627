// SPDX-License-Identifier: MIT
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readOverlay } from './overlay.ts';

const folder = mkdtempSync(join(tmpdir(), 'tomare-overlay-'));
function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('overlays', () => {
  it('CSV, with each row that cannot be used', () => {
    const path = file(
      'a.csv',
      'kind,lat,lon,bearing\nstop,35.1,139.4,90\nstop,35.1,139.4,\nlimit,35,139,0\nstop,x,1,0\n',
    );
    expect(readOverlay(path)).toEqual({
      stops: [{ lat: 35.1, lon: 139.4, bearing: 90, row: 2 }],
      leftOut: [
        { row: 3, reason: 'no direction of approach' },
        { row: 4, reason: 'kind limit is not read; stop is' },
        { row: 5, reason: 'no position' },
      ],
    });
  });

  it('GeoJSON', () => {
    const feature = (type: string, coordinates: unknown, bearing: number) => ({
      type: 'Feature',
      geometry: { type, coordinates },
      properties: { kind: 'stop', bearing },
    });
    const features = [feature('Point', [139.4, 35.1], 360), feature('LineString', [[139.4, 35.1]], 5)];
    const path = file('a.geojson', JSON.stringify({ type: 'FeatureCollection', features }));
    expect(readOverlay(path)).toEqual({
      stops: [{ lat: 35.1, lon: 139.4, bearing: 0, row: 1 }],
      leftOut: [{ row: 2, reason: 'no position' }],
    });
  });

  it('something else says what is wrong', () => {
    expect(() => readOverlay(file('b.geojson', '{"type": "Feature"}'))).toThrow(/b\.geojson/);
    expect(() => readOverlay(join(folder, 'none.csv'))).toThrow(/cannot be read/);
  });
});

describe('the police open data of Japan', () => {
  // a fixture of our own in the published form: cp932, all fields quoted, six of the 170 columns
  it('gives stops with the bearing from the point of approach', () => {
    expect(readOverlay(join(import.meta.dirname, 'fixtures/police.csv'))).toEqual({
      stops: [{ lat: 35.6, lon: 139.7, bearing: 0, row: 2 }],
      leftOut: [
        { row: 3, reason: 'no direction of approach' },
        { row: 6, reason: 'no position in Japan' },
        { row: 7, reason: 'the point of approach is the place itself' },
      ],
    });
  });
});
