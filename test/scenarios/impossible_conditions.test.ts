// SPDX-License-Identifier: MIT
// Conditions that no moment satisfies by the letter: whoever wrote them meant something else, and nobody knows what.
import { scenario, withWayRound } from './scene.ts';

// START is Monday noon in Tokyo
const through = { drive: 'EABF', kmh: 35 };
const UNSURE = ['no-entry undetermined AB: condition_unparsed'];
const CLOSED = ['no-entry violated AB'];
const day = (date: number, hour: number) => new Date(Date.UTC(2026, 9, date, hour - 9)).toISOString();

for (const condition of [
  '11:00-14:00 AND 20:00-22:00',
  'sunrise-sunset AND 20:00-22:00',
  '11:00-14:00 AND PH off',
  'Mo-Fr 11:00-14:00 AND SH off',
  'PH off',
]) {
  scenario(
    `open at ${condition}`,
    withWayRound({ motor_vehicle: 'no', 'motor_vehicle:conditional': `yes @ (${condition})` }),
    [{ it: 'nobody knows', ...through, finds: UNSURE }],
  );
  scenario(`closed at ${condition}`, withWayRound({ 'motor_vehicle:conditional': `no @ (${condition})` }), [
    { it: 'nobody knows', ...through, finds: UNSURE },
  ]);
  scenario(
    `a higher limit at ${condition}`,
    withWayRound({ maxspeed: '30', 'maxspeed:conditional': `50 @ (${condition})` }),
    [
      { it: 'at 48', drive: 'EABF', kmh: 48, accuses: [] },
      { it: 'CONTROL: at 65', drive: 'EABF', kmh: 65, accuses: ['speeding violated AB'], limit_kmh: 50 },
    ],
  );
}
for (const condition of [
  '11:00-14:00 AND Oct-Dec',
  'Mo-Fr AND 11:00-14:00',
  'Mo-Sa 11:00-14:00; PH off',
  'Mo-Fr 7:00-9:00,11:00-13:00',
  'Oct-Mar',
]) {
  scenario(`CONTROL: closed at ${condition}`, withWayRound({ 'motor_vehicle:conditional': `no @ (${condition})` }), [
    { it: 'in force', ...through, profile: 'jp', accuses: CLOSED },
  ]);
}
scenario('Friday night', withWayRound({ 'motor_vehicle:conditional': 'no @ (Fr 22:00-06:00)' }), [
  { it: 'CONTROL: Friday at eleven', ...through, start: day(9, 23), finds: CLOSED },
  { it: 'CONTROL: Saturday at two', ...through, start: day(10, 2), finds: CLOSED },
  { it: 'Friday at two', ...through, start: day(9, 2), finds: ['no-entry complied AB'] },
  { it: 'Saturday at eleven', ...through, start: day(10, 23), finds: ['no-entry complied AB'] },
]);
for (const condition of ['fuel=diesel', 'emissions<euro_4', 'disabled', 'Mo-Fr 07:00–19:00', '07:30-19:30 Mo-Fr']) {
  scenario(
    `not understood: ${condition}`,
    withWayRound({ motor_vehicle: 'no', 'motor_vehicle:conditional': `yes @ (${condition})` }),
    [{ it: 'nobody knows', ...through, accuses: [] }],
  );
}
