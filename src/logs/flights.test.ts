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
