// SPDX-License-Identifier: MIT
// What recorders say about their fixes.
import { describe, expect, it } from 'vitest';
import { failure, iso, lat, leftOut, N, objects, read, rows, table } from './clean_drive.ts';

describe('what the recorder says about its fixes was ignored', () => {
  const said = (column: string, good: string, bad: string) =>
    read(table(`time,lat,lon,${column}`, (i) => `${iso(i)},${lat(i)},139.5,${i > 3 && i < 7 ? bad : good}`));
  it.each([
    ['status', 'A', 'V'],
    ['valid', 'Yes', 'No'],
    ['valid', 'Y', 'N'],
    ['fix', '1.0', '0.0'],
    ['fix quality', '1', '0'],
    ['fix_type', '3', '0'],
    ['fix_mode', '3', '1'],
    ['Fix', '3D', 'No Fix'],
    ['GPSFix', '3', '1'],
    ['hasFix', 'true', 'false'],
    ['gps_status', 'ON', 'OFF'],
    ['測位状態', '有効', '無効'],
    ['測位状態', '○', '×'],
  ])('%s: %s and %s', async (column, good, bad) => {
    expect(leftOut(await said(column, good, bad))).toEqual(['3 not_valid']);
  });
  it.each([
    ['status', 'moving', 'stopped'],
    ['status', '1', '0'],
    ['fix', '1', '2'],
    ['valid', '', 'no'],
  ])('%s: %s and %s tell nothing of fixes', async (column, good, bad) => {
    expect((await said(column, good, bad)).fixes.count).toBe(N);
  });
  it('"no" all along is no reason to drop all, and it is said', async () => {
    const log = await said('valid', 'No', 'No');
    expect([log.fixes.count, log.input.warnings.join()]).toEqual([N, expect.stringMatching(/"valid" says of 20 rows/)]);
  });
  it('0 all along refuses the log by the column', async () => {
    const text = table('time,lat,lon,fix', (i) => `${iso(i)},${lat(i)},139.5,0`);
    expect(await failure(text)).toMatch(/^LOG_NO_FIX .*the column "fix" says of every row/);
  });
  it('<fix>none</fix> in GPX', async () => {
    const point = (i: number) =>
      `<trkpt lat="${lat(i)}" lon="139"><time>${iso(i)}</time><fix>${i === 4 ? 'none' : '3d'}</fix></trkpt>`;
    expect(leftOut(await read(`<gpx><trk><trkseg>${rows(point)}</trkseg></trk></gpx>`))).toEqual(['1 not_valid']);
  });
  it('NDJSON: a text that says so', async () => {
    const log = await read(
      objects((i) => ({ time: iso(i), lat: Number(lat(i)), lon: 139, valid: i === 4 ? 'V' : 'A' })),
    );
    expect(leftOut(log)).toEqual(['1 not_valid']);
  });
  it.each(['quality', 'mode'])('%s is not used, and it is said', async (column) => {
    expect((await said(column, '7', '7')).input.ignored).toEqual([column]);
  });
});

describe('a position that the recorder calls old or made up looked like a stop', () => {
  const stale = (i: number) => i > 5 && i < 12;
  const flagged = (names: string, good: string, bad: string) =>
    table(`time,lat,lon,${names}`, (i) => `${iso(i)},${lat(stale(i) ? 5 : i)},139.5,${stale(i) ? bad : good}`);
  it.each([
    ['invalid', '0', '1'],
    ['outdated', 'false', 'true'],
    ['valid,outdated', 'true,false', 'true,true'],
    ['isFromMockProvider', 'false', 'true'],
    ['無効', '', '○'],
    ['satellites', '9', '0'],
    ['衛星数', '7', '0'],
    ['測位', '3D', '未'],
  ])('%s: %s and %s', async (names, good, bad) => {
    const log = await read(flagged(names, good, bad));
    expect(leftOut(log)).toEqual(['6 not_valid']);
    expect(log.input.columns['valid']).toBe(names.replace(',', ', '));
  });
  it('Traccar says in JSON that a position is outdated', async () => {
    const row = (i: number) => ({
      fixTime: iso(i),
      outdated: stale(i),
      valid: true,
      latitude: Number(lat(stale(i) ? 5 : i)),
      longitude: 139.5,
    });
    for (const text of [objects(row), JSON.stringify(Array.from({ length: N }, (_, i) => row(i)))])
      expect(leftOut(await read(text))).toEqual(['6 not_valid']);
  });
  it('a recorder that never counts its satellites had fixes, and it is said', async () => {
    const log = await read(flagged('satellites', '0', '0'));
    expect([log.fixes.count, log.input.warnings.join()]).toEqual([N, expect.stringMatching(/"satellites" says of 20/)]);
  });
});
