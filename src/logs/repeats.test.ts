// SPDX-License-Identifier: MIT
// Positions that a recorder repeats.
import { describe, expect, it } from 'vitest';
import { iso, lat, read, table } from './clean_drive.ts';

describe('a position that the recorder repeats looked like a stop', () => {
  const held = (every: number, header: string, more: (i: number) => string) =>
    read(table(header, (i) => `${iso(i)},${lat(i - (i % every))},139.5${more(i)}`, 60));
  it('the repeats of a driving car are left out', async () => {
    const log = await held(5, 'time,lat,lon', () => '');
    expect(log.fixes.count).toBeLessThan(20);
    expect(log.input.warnings.join()).toMatch(/repeats each position/);
  });
  it('with a speed beside them they stay', async () => {
    expect((await held(5, 'time,lat,lon,speed_kmh', (i) => `,${36 + (i % 3)}`)).fixes.count).toBe(60);
  });
  it('a car that stands is not repeated', async () => {
    const at = (i: number) => (i < 20 ? i : i < 45 ? 20 : i - 24);
    const log = await read(table('time,lat,lon', (i) => `${iso(i)},${lat(at(i), 3)},139.5`, 60));
    expect(log.fixes.count).toBe(60);
  });
});
