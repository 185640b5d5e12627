// SPDX-License-Identifier: MIT
// Sentences of NMEA as recorders and receivers of several systems write them, and what is said of those that cannot be read.
import { describe, expect, it } from 'vitest';
import { failure, iso, lat, leftOut, read, rows, START } from './clean_drive.ts';

const DAY_S = 86_400;
/** The drive begins ten seconds before midnight. */
const LATE = DAY_S - 10 - ((START / 1000) % DAY_S);
const minutes = (i: number) => `35${((Number(lat(i)) - 35) * 60).toFixed(6).padStart(9, '0')},N,13930.0000,E`;
const time = (i: number) => iso(i).slice(11, 22).replaceAll(':', '');
const date = (i: number) => `${iso(i).slice(8, 10)}${iso(i).slice(5, 7)}${iso(i).slice(2, 4)}`;
const sentence = (body: string, wrong = 0) => {
  let sum = wrong;
  for (const c of body) sum ^= c.charCodeAt(0);
  return `$${body}*${sum.toString(16).toUpperCase().padStart(2, '0')}`;
};
const rmc = (i: number, at = 0, of = i + at, talker = 'GP', valid = 'A') =>
  sentence(`${talker}RMC,${time(i + at)},${valid},${valid === 'A' ? minutes(i) : ',,,'},19.4,0.0,${date(of)},,,A`);

it.each([
  ['throughout', () => LATE],
  ['for a second', (i: number) => (i === 10 ? LATE : LATE + i)],
])('the date of the day before midnight, told after it %s', async (_, of) => {
  const log = await read(rows((i) => rmc(i, LATE, of(i))));
  expect([leftOut(log), log.input.warnings]).toEqual([[], []]);
  expect(log.fixes.time_ms[19]).toBe(START + (LATE + 19) * 1000);
});

it('a clock that is set back by hours keeps the date that it tells', async () => {
  const log = await read(rows((i) => (i < 3 ? rmc(i, LATE - 7200) : rmc(i, LATE - 14 * 3600 - 7200)), 40));
  expect(new Date(log.fixes.time_ms[log.fixes.count - 1] ?? 0).toISOString().slice(0, 10)).toBe('2026-10-05');
});

it('a second system of satellites that has no fix does not take that of the first', async () => {
  const log = await read(rows((i) => `${rmc(i)}\n${rmc(i, 0, i, 'GL', 'V')}`));
  expect([log.fixes.count, leftOut(log)]).toEqual([20, []]);
  // the same system may lose its fix
  const lost = await read(rows((i) => (i === 9 ? `${rmc(i)}\n${rmc(i, 0, i, 'GP', 'V')}` : rmc(i))));
  expect(lost.fixes.count).toBe(19);
});

it('checksums that are all wrong are named', async () => {
  const text = rows((i) => rmc(i).replace(/\*..$/, sentence('x', 9).slice(-3)));
  expect(await failure(text)).toMatch(/^LOG_NO_FIX .*the checksums of its NMEA sentences are wrong/);
});

describe('GGA at other times than RMC', () => {
  const gga = (i: number) => sentence(`GPGGA,${time(i)},${minutes(i)},1,08,0.9,10,M,30,M,,`);
  const vtg = sentence('GPVTG,0.0,T,,M,19.4,N,36,K,A');
  const parts = (more: (at: number) => string, steps: number[]) =>
    rows((i) => `${rmc(i)}\n${steps.map((s) => more(i + s)).join('\n')}`);
  it.each([
    ['ten times as often', [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]],
    ['a hundredth later', [0.01]],
  ])('%s makes no fixes without a speed', async (_, steps) => {
    const log = await read(parts(gga, steps));
    expect([log.fixes.count, [...log.fixes.speed_mps].filter(Number.isNaN)]).toEqual([20, []]);
    expect(log.input.warnings.join()).toContain('positions between those of RMC have no speed');
  });
  it('is kept with a speed of VTG, before RMC and without it, and where RMC tells no speed', async () => {
    expect((await read(parts((i) => `${gga(i)}\n${vtg}`, [0.5]))).fixes.count).toBe(40);
    expect((await read(`${rmc(0)}\n${rows((i) => gga(i + 1))}`)).fixes.count).toBe(21);
    const blank = (i: number) =>
      sentence(
        rmc(i + 0.5)
          .slice(1, -3)
          .replace(',19.4,', ',,'),
      );
    expect((await read(rows((i) => `${rmc(i)}\n${blank(i)}`))).fixes.count).toBe(40);
  });
});
