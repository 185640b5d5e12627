// SPDX-License-Identifier: MIT
// A part of `npm run check -- conditions` for every run: the evaluator against npm opening_hours.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluate } from './evaluator.ts';
import { conditionsOf } from './map_conditions.ts';

const TOKYO = { lat: 35.68, lon: 139.76, offset_minutes: 540, holidays: [], holidays_from: 0, holidays_to: -1 };

describe('conditions', () => {
  it('agree with npm opening_hours, the oracle', () => {
    const script = join(import.meta.dirname, 'compare.ts');
    const run = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', script, '300', '60'], {
      env: { ...process.env, TZ: 'Asia/Tokyo' },
      encoding: 'utf8',
    });
    expect(run.status, run.stdout + run.stderr).toBe(0);
    expect(Number(/instants compared: (\d+)/.exec(run.stdout)?.[1])).toBeGreaterThan(15000);
  });

  it.skipIf(!existsSync(join(import.meta.dirname, '../../../shared/data/maps')))(
    'of the real maps are understood, all but those listed (needs ../shared/data)',
    () => {
      const script = join(import.meta.dirname, 'compare.ts');
      const run = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', script, '0', '20'], {
        env: { ...process.env, TZ: 'Asia/Tokyo' },
        encoding: 'utf8',
      });
      const list = /real conditions not supported[^\n]*\n((?: {2}[^\n]*\n)*)/.exec(run.stdout)?.[1] ?? '';
      expect(list.split('\n').map((line) => line.trim())).toEqual([
        '(17:00-05:00),(PH 12:00-05:00)', // two groups in one clause
        '07:30-09:00; 13:00-16:00; Su PH Off', // readers differ: the second replaces the first, or adds to it
        'bus', // a class of vehicle as a condition
        'psv',
        '',
      ]);
    },
  );

  it('are cut from tags as the compiler cuts them', () => {
    expect(conditionsOf('no @ (Mo-Fr 07:30-08:30; PH off); yes @ (22:00-06:00 AND weight<3.5)')).toEqual([
      'Mo-Fr 07:30-08:30; PH off',
      '22:00-06:00',
    ]);
  });

  it('say that they do not know only where it matters', () => {
    const at = (text: string) => Date.parse(`${text}+09:00`);
    const times = [at('2026-10-12T08:00'), at('2026-10-12T09:00'), at('2026-10-11T08:00')];
    expect(evaluate('Mo-Fr 07:30-08:30; PH off', times, TOKYO)).toEqual(['unknown', 'no', 'no']);
    expect(evaluate('Easter', times, TOKYO)).toBeUndefined();
  });
});
