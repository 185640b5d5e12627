// SPDX-License-Identifier: MIT
// Hours without days behind a rule of days, and holidays that are let out first: where readers differ, nobody knows.
import { type Drive, scenario, withWayRound } from './scene.ts';

/** Of October 2026: 4 is a Sunday, 5 a Monday, 12 a Monday and a public holiday. */
const on = (date: number, hour: number): Drive => ({
  it: `on ${date} October at ${hour}:10`,
  drive: 'EABF',
  kmh: 35,
  start: new Date(Date.UTC(2026, 9, date, hour - 9, 10)).toISOString(),
  profile: 'jp',
  settings: { 'rules.speeding': false },
});
const UNSURE = { finds: ['no-entry undetermined AB: condition_unparsed'] };
const CLOSED = { finds: ['no-entry violated AB'] };
const OPEN = { finds: ['no-entry complied AB'] };
const closed = (condition: string, drives: Drive[]) =>
  scenario(
    `closed at ${condition}`,
    withWayRound({ 'motor_vehicle:conditional': `no @ (${condition})` }),
    drives.flatMap((d) => [d, { ...d, it: `${d.it}, a fix every 5 s`, interval_s: 5 }]),
  );

closed('Mo-Fr 07:00-09:00; 15:00-17:00', [
  { ...on(5, 8), ...UNSURE },
  { ...on(5, 16), ...CLOSED },
  { ...on(5, 12), ...OPEN },
  { ...on(4, 16), ...UNSURE },
  { ...on(4, 8), ...OPEN },
]);
closed('Mo-Fr 22:00-06:00; 12:00-13:00', [
  { ...on(4, 12), ...UNSURE },
  { ...on(5, 12), ...CLOSED },
  { ...on(5, 23), ...UNSURE },
  { ...on(5, 16), ...OPEN },
]);
closed('Su,PH; 22:00-06:00', [
  { ...on(4, 12), ...UNSURE },
  { ...on(4, 23), ...CLOSED },
  { ...on(5, 12), ...OPEN },
]);
closed('Mo-Fr, 07:00-09:00', [
  { ...on(5, 12), ...UNSURE },
  { ...on(4, 8), ...UNSURE },
]);
closed('PH off; Mo-Fr 07:00-09:00', [
  { ...on(12, 8), ...UNSURE },
  { ...on(5, 8), ...CLOSED },
]);
closed('Mo-Fr 07:00-09:00; PH off', [
  { ...on(12, 8), ...OPEN },
  { ...on(5, 8), ...CLOSED },
]);
closed('Mo-Fr 07:00-09:00, 15:00-17:00', [
  { ...on(5, 16), ...CLOSED },
  { ...on(4, 16), ...OPEN },
]);
// a list of the whole week would be Mo-Su: who parts it means rules of their own
for (const condition of ['Su,Mo-Sa 20:00-06:00', 'Su,PH,Mo-Sa 20:00-06:00', 'Sa-Su,Mo-Fr 20:00-06:00']) {
  scenario(
    `open at ${condition}`,
    withWayRound({ motor_vehicle: 'no', 'motor_vehicle:conditional': `yes @ (${condition})` }),
    [
      { ...on(4, 17), ...UNSURE },
      { ...on(4, 22), ...OPEN },
      { ...on(5, 17), ...CLOSED, it: 'CONTROL: on Monday by day' },
    ],
  );
}
for (const condition of ['Mo-Su,PH 20:00-06:00', 'PH,Mo-Su 20:00-06:00', 'Mo,Tu,We,Th,Fr,Sa,Su 20:00-06:00']) {
  scenario(
    `CONTROL: open at ${condition}`,
    withWayRound({ motor_vehicle: 'no', 'motor_vehicle:conditional': `yes @ (${condition})` }),
    [
      { ...on(4, 17), ...CLOSED },
      { ...on(4, 22), ...OPEN },
    ],
  );
}
scenario('one-way at such hours', withWayRound({ 'oneway:conditional': 'yes @ (Mo-Fr 07:00-09:00; 11:00-13:00)' }), [
  { ...on(4, 12), drive: 'FBAE', seeds: [2, 3], accuses: [] },
  { ...on(5, 12), it: 'CONTROL: on Monday', drive: 'FBAE', seeds: [2, 3], accuses: ['wrong-way violated -AB'] },
]);
