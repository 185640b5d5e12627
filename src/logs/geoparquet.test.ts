// SPDX-License-Identifier: MIT
// GeoParquet: points as well-known binary were "no position"; of another reference system they are refused.
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, it } from 'vitest';
import { failure, lat, N, read, START } from './clean_drive.ts';

/** Well-known binary of a point (1), a point with a height (1001), a line (2). */
function binary(i: number, type: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(29));
  view.setUint8(0, 1);
  view.setUint32(1, type, true);
  view.setFloat64(5, 139.5, true);
  view.setFloat64(13, Number(lat(i)), true);
  return new Uint8Array(view.buffer, 0, type > 1000 ? 29 : 21);
}
const each = <T>(value: (i: number) => T) => Array.from({ length: N }, (_, i) => value(i));
function file(crs: unknown, name = 'geometry', type = 1, logical = false): Buffer {
  const columns = { [name]: { encoding: 'WKB', geometry_types: ['Point'], ...(crs === undefined ? {} : { crs }) } };
  const value = JSON.stringify({ version: '1.1.0', primary_column: name, columns });
  const points = each((i) => (logical ? { type: 'Point', coordinates: [139.5, Number(lat(i))] } : binary(i, type)));
  return Buffer.from(
    parquetWriteBuffer({
      columnData: [
        { name: 'time', data: each((i) => new Date(START + i * 1000)), type: 'TIMESTAMP' },
        { name, data: points, type: logical ? 'GEOMETRY' : 'BYTE_ARRAY' },
      ],
      kvMetadata: logical ? [] : [{ key: 'geo', value }],
    }),
  );
}
const id = (code: number) => ({ authority: 'EPSG', code });

it.each([
  ['no system', file(undefined)],
  ['an open system', file(null)],
  ['WGS 84', file({ name: 'WGS 84', id: id(4326) })],
  ['the datum of Japan since 2011', file({ name: 'JGD2011', id: id(6668) })],
  ['heights', file(undefined, 'geometry', 1001)],
  ['another name', file(undefined, 'wkb_geometry')],
  ['the type of Parquet', file(undefined, 'geometry', 1, true)],
])('points with %s', async (_, content) => {
  const { fixes } = await read(content);
  expect([fixes.count, fixes.lon[0], fixes.lat[N - 1]]).toEqual([N, 139.5, Number(lat(N - 1))]);
});

it.each([
  ['Tokyo', id(4301)],
  ['JGD2011 / Japan Plane Rectangular CS IX', id(6677)],
  ['WGS 84 / UTM zone 54N', id(32654)],
])('the system %s is refused', async (name, code) => {
  expect(await failure(file({ name, id: code }))).toMatch(/^LOG_FORMAT .*another reference system than WGS 84/);
});

it('lines are named', async () => {
  expect(await failure(file(undefined, 'geometry', 2))).toMatch(/^LOG_NO_TRACK .*its geometries are no points/);
});
