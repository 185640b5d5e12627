// SPDX-License-Identifier: MIT
// IGC and PLT: what recorders of flights and hikes write otherwise than the format says.
import { describe, expect, it } from 'vitest';
import { failure, iso, lat, leftOut, N, read, rows, START } from './clean_drive.ts';

const DAY_S = 86_400;
/** The drive begins ten seconds before midnight. */
const LATE = DAY_S - 10 - ((START / 1000) % DAY_S);

describe('IGC', () => {
  const date = (s: number) => `${iso(s).slice(8, 10)}${iso(s).slice(5, 7)}${iso(s).slice(2, 4)}`;
  const fix = (i: number, at: number) => {
    const minutes = Math.round((Number(lat(i)) - 35) * 60_000);
    return `B${iso(i + at)
      .slice(11, 19)
      .replaceAll(':', '')}35${String(minutes).padStart(5, '0')}N13930000EA0010000100`;
  };
  const igc = (head: string, at = 0) => `AXXXABC\n${head}\n${rows((i) => fix(i, at))}\n`;
  it.each(['HFDTM100GPSDATUM:TOKYO', 'HFDTM217DATUM:Tokyo-mean', 'HODTM082DATUM:ED50'])(
    'the datum %s',
    async (line) => {
      expect(await failure(igc(`HFDTE${date(0)}\n${line}`))).toMatch(/^LOG_FORMAT .*:3: .*another datum than WGS 84/);
    },
  );
  it.each(['HFDTM100GPSDATUM:WGS-1984', 'HFDTM100:', 'HFDTM:WGS84', 'HFPLTPILOT:Tokyo Taro'])(
    '%s is read',
    async (line) => {
      expect((await read(igc(`HFDTE${date(0)}\n${line}`))).fixes.count).toBe(N);
    },
  );
  it.each(['HODTE', 'HPDTE', 'HFDTEDATE:'])('the date of %s', async (name) => {
    expect((await read(igc(`${name}${date(0)}`))).fixes.time_ms[0]).toBe(START);
  });
  it('a header that tells yesterday again after midnight', async () => {
    const head = `HFDTE${date(LATE)}`;
    const text = igc(head, LATE).replace(/^B000005/m, `${head}\n$&`);
    const log = await read(text);
    expect([leftOut(log), log.fixes.time_ms[N - 1]]).toEqual([[], START + (LATE + N - 1) * 1000]);
    // another file behind the first tells its own day
    const own = await read(`${text}${igc(head, LATE - 3600)}`);
    expect(leftOut(own)).toEqual([`${N} time_falls_back`]);
  });
});

describe('PLT', () => {
  const plt = (row: (i: number) => string) =>
    `OziExplorer Track Point File Version 2.1\nWGS 84\nAltitude is in Feet\nReserved 3\n0,2,255,Track,0,0,2,8421376\n0\n${rows(row)}\n`;
  const days = (i: number, digits: number) => (START / 86_400_000 + i / DAY_S + 25_569).toFixed(digits);
  const ozi = (i: number) => `05-Oct-26,${iso(i).slice(11, 19).replace(/^0/, '')}`;
  const row = (i: number, day: string, beside: string) => `${lat(i)},139.5,0,328.1,${day},${beside}`;
  const AFTERNOON = 12 * 3600;
  it.each<[string, (i: number) => string, number]>([
    ['days with seven decimals', (i) => row(i, days(i, 7), ''), 0],
    ['days that are too coarse', (i) => row(i, days(i, 4), ozi(i)), 0],
    ['whole days', (i) => row(i, days(i, 0), ozi(i)), 0],
    ['no days', (i) => row(i, '0', ozi(i)), 0],
    ['days and a clock of twelve hours', (i) => row(i, days(i + AFTERNOON, 5), ozi(i)), AFTERNOON],
    [
      'twelve of a clock at midnight',
      (i) => row(i, days(i - 3600, 5), `05-Oct-26,12:00:${iso(i).slice(17, 19)}`),
      -3600,
    ],
    ['PM', (i) => row(i, '', `${ozi(i)} PM`), AFTERNOON],
    ['GeoLife', (i) => row(i, days(i, 10), `2026-10-05,${iso(i).slice(11, 19)}`), 0],
  ])('%s', async (_, line, later) => {
    const { fixes } = await read(plt(line));
    expect(fixes.count).toBe(N);
    expect(Math.abs((fixes.time_ms[N - 1] ?? 0) - START - (N - 1 + later) * 1000)).toBeLessThan(10);
  });
  it.each<[string, (i: number) => string]>([
    ['local days beside a date in UTC', (i) => row(i, days(i + 9 * 3600, 7), ozi(i))],
    ['days in UTC beside a local date', (i) => row(i, days(i, 10), `2026-10-05,${iso(i + 9 * 3600).slice(11, 19)}`)],
    ['days since 1904', (i) => row(i, (Number(days(i, 7)) - 1462).toFixed(7), ozi(i))],
  ])('%s are refused', async (_, line) => {
    expect(await failure(plt(line))).toMatch(/^LOG_TIME .*:7: the day number and the date beside it tell two times/);
  });
});
