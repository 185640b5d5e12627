// SPDX-License-Identifier: MIT
// A clause that only repeats what holds without it (`no`, and `no @ (…)`) would say nothing: who wrote it may have
// meant that it holds at those hours alone. Outside them nobody is accused, and nobody acquitted.
import { at1And5s, scenario } from './scene.ts';

type Tags = Record<string, string>;
const street = { highway: 'tertiary' };
const drawing = (tags: Tags, reversed = false) => ({
  map: `
      E-----A-----------------------B-----F
      |                                   |
      G-----------------------------------H
  `,
  metres: 25,
  ways: { [reversed ? 'BA' : 'AB']: { ...street, ...tags }, EA: street, BF: street, EGHF: street },
});
const through = { drive: 'EABF', kmh: 35 };
const NIGHT = '2026-10-05T14:00:00Z'; // START is Monday noon in Tokyo
const DAY = '(Mo-Fr 10:00-14:00)';

for (const key of ['access', 'vehicle', 'motor_vehicle', 'motorcar']) {
  scenario(`${key}=no, and no @ ${DAY}`, drawing({ [key]: 'no', [`${key}:conditional`]: `no @ ${DAY}` }), [
    { it: 'at night', ...through, start: NIGHT, finds: ['no-entry undetermined AB: condition_unparsed'] },
    { it: 'CONTROL: in the hours', ...through, finds: ['no-entry violated AB'] },
  ]);
}
scenario('lorries', drawing({ hgv: 'no', 'hgv:conditional': `no @ ${DAY}` }), [
  { it: 'at night', ...through, vehicle: 'large_goods', start: NIGHT, accuses: [] },
  { it: 'CONTROL: in the hours', ...through, vehicle: 'large_goods', finds: ['no-entry violated AB'] },
]);
scenario('a clause of another key', drawing({ motor_vehicle: 'no', 'hgv:conditional': `no @ ${DAY}` }), [
  {
    it: 'CONTROL: closed to all at night',
    ...through,
    vehicle: 'large_goods',
    start: NIGHT,
    finds: ['no-entry violated AB'],
  },
]);
scenario('two clauses', drawing({ motor_vehicle: 'no', 'motor_vehicle:conditional': `yes @ (Sa); no @ ${DAY}` }), [
  { it: 'CONTROL: closed at night', ...through, start: NIGHT, finds: ['no-entry violated AB'] },
]);
scenario('an open road, and yes @', drawing({ 'motor_vehicle:conditional': `yes @ ${DAY}` }), [
  { it: 'at night', ...through, start: NIGHT, finds: ['no-entry undetermined AB: condition_unparsed'] },
  { it: 'CONTROL: in the hours', ...through, finds: ['no-entry complied AB'] },
]);
for (const [value, reversed] of [
  ['yes', false],
  ['-1', true],
] as const) {
  scenario(
    `oneway=${value}, and the same @ ${DAY}`,
    drawing({ oneway: value, 'oneway:conditional': `${value} @ ${DAY}` }, reversed),
    [
      { it: 'at night', drive: 'FBAE', kmh: 35, seeds: [2, 3], start: NIGHT, accuses: [] },
      {
        it: 'CONTROL: in the hours',
        drive: 'FBAE',
        kmh: 35,
        seeds: [2, 3],
        accuses: [`wrong-way violated ${reversed ? 'BA' : '-AB'}`],
      },
    ],
  );
}
scenario('maxspeed=20, and 20 @', drawing({ maxspeed: '20', 'maxspeed:conditional': `20 @ ${DAY}` }), [
  { it: 'at night', ...through, kmh: 50, start: NIGHT, accuses: [] },
  { it: 'CONTROL: in the hours', ...through, kmh: 50, accuses: ['speeding violated AB'], limit_kmh: 20 },
]);
scenario('maxspeed=20, and 40 @', drawing({ maxspeed: '20', 'maxspeed:conditional': `40 @ ${DAY}` }), [
  {
    it: 'CONTROL: at night',
    ...through,
    kmh: 50,
    start: NIGHT,
    accuses: ['speeding violated AB'],
    limit_kmh: 20,
  },
]);

scenario('maxweight=3.5, and 3.5 @', drawing({ maxweight: '3.5', 'maxweight:conditional': `3.5 @ ${DAY}` }), [
  // a car of 普通自動車 weighs no more; a bus of unknown weight is not judged in any case
  { it: 'a car at night', ...through, profile: 'jp', start: NIGHT, settings: { 'rules.speeding': false }, accuses: [] },
]);

const cross = (tags: Tags) => ({
  map: `
              N
              |
              |
      W-------X-------E
              |
              |
              S
    `,
  metres: 18,
  ways: { WX: street, XN: street, XE: street, XS: street },
  relations: [{ from: 'WX', via: 'X', to: 'XN', tags }],
});
const left = { drive: 'WXN', kmh: 30 };
scenario(
  'restriction, and the same @',
  cross({ restriction: 'no_left_turn', 'restriction:conditional': `no_left_turn @ ${DAY}` }),
  [
    ...at1And5s([{ it: 'at night', ...left, kmh: 20, start: NIGHT, accuses: [] }]),
    { it: 'CONTROL: in the hours', ...left, accuses: ['turn-ban violated WX>X>XN'] },
  ],
);
scenario('restriction @ alone', cross({ 'restriction:conditional': `no_left_turn @ ${DAY}` }), [
  { it: 'at night', ...left, start: NIGHT, finds: ['turn-ban complied WX>X>XN'] },
  { it: 'CONTROL: in the hours', ...left, accuses: ['turn-ban violated WX>X>XN'] },
]);
scenario('restriction, lifted @', cross({ restriction: 'no_left_turn', 'restriction:conditional': `none @ ${DAY}` }), [
  { it: 'in the hours', ...left, finds: ['turn-ban complied WX>X>XN'] },
  { it: 'CONTROL: at night', ...left, start: NIGHT, accuses: ['turn-ban violated WX>X>XN'] },
]);
scenario(
  'restriction, and no @: no ban, or no turn?',
  cross({ restriction: 'no_left_turn', 'restriction:conditional': `no @ ${DAY}` }),
  [
    { it: 'in the hours', ...left, finds: ['turn-ban undetermined WX>X>XN: condition_unparsed'] },
    { it: 'at night', ...left, start: NIGHT, finds: ['turn-ban undetermined WX>X>XN: condition_unparsed'] },
  ],
);
scenario('a kind of restriction in capitals', cross({ restriction: 'No_Left_Turn' }), [
  {
    it: 'CONTROL: to the left',
    ...left,
    accuses: ['turn-ban violated WX>X>XN'],
    tags: ['restriction=No_Left_Turn'],
  },
]);
