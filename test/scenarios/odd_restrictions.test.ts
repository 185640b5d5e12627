// SPDX-License-Identifier: MIT
// Restrictions that nobody can obey, whose hours are written the old way, and keys that ban nothing.
import { at1And5s, type Drawing, scenario } from './scene.ts';

type Tags = Record<string, string>;
const street: Tags = { highway: 'tertiary' };
const cross = (relations: NonNullable<Drawing['relations']>, ways: Record<string, Tags> = {}): Drawing => ({
  map: `
               N
               |
               |
      A--------J--------B
               |
               |
               S
  `,
  metres: 20,
  ways: { AJ: street, JB: street, NJ: street, JS: street, ...ways },
  relations,
});
const to = (way: string, restriction: string, more: Tags = {}) => ({
  from: 'AJ',
  via: 'J',
  to: way,
  tags: { restriction, ...more },
});
const judged = { kmh: 30, settings: { 'rules.wrong_way': false, 'rules.no_entry': false } };
const left = { it: 'to the left', drive: 'AJN', ...judged };
const right = { it: 'to the right', drive: 'AJS', ...judged };
const straight = { it: 'straight on', drive: 'AJB', ...judged };
const UNSURE = ['turn-ban undetermined AJ>J>JB: map_contradiction'];
const STRAIGHT = ['turn-ban violated AJ>J>JB'];
const LEFT = ['turn-ban violated AJ>J>NJ'];

// the only way to go cannot be driven
for (const tags of [
  { oneway: '-1' },
  { motor_vehicle: 'no', psv: 'yes' },
  { highway: 'pedestrian' },
  { access: 'private' },
] as Tags[]) {
  scenario(
    `only_straight_on into ${JSON.stringify(tags)}`,
    cross([to('JB', 'only_straight_on')], { JB: { ...street, ...tags } }),
    at1And5s([
      { ...left, kmh: 20, finds: UNSURE },
      { ...right, kmh: 20, finds: UNSURE },
    ]),
  );
}
scenario(
  'only_straight_on into a road of buses',
  cross([to('JB', 'only_straight_on')], { JB: { ...street, motor_vehicle: 'no', psv: 'yes' } }),
  [{ ...left, it: 'CONTROL: a bus can go straight on', vehicle: 'bus', accuses: STRAIGHT }],
);
scenario(
  'only_straight_on into a road that is closed by the hour',
  cross([to('JB', 'only_straight_on')], { JB: { ...street, 'motor_vehicle:conditional': 'no @ (10:00-14:00)' } }),
  [
    { ...left, it: 'in the hours', finds: UNSURE },
    { ...left, it: 'CONTROL: at night', start: '2026-10-05T14:00:00Z', accuses: STRAIGHT },
  ],
);
scenario('only_straight_on and no_straight_on', cross([to('JB', 'only_straight_on'), to('JB', 'no_straight_on')]), [
  { ...left, accuses: [] },
  { ...right, accuses: [] },
  { ...straight, accuses: [] },
]);
scenario(
  'every way to go is banned',
  cross([to('NJ', 'no_left_turn'), to('JB', 'no_straight_on'), to('JS', 'no_right_turn')]),
  [
    { ...left, accuses: [] },
    { ...right, accuses: [] },
    { ...straight, accuses: [] },
  ],
);
scenario('two of three are banned', cross([to('NJ', 'no_left_turn'), to('JB', 'no_straight_on')]), [
  { ...left, it: 'CONTROL: to the left', accuses: LEFT },
  { ...straight, it: 'CONTROL: straight on', accuses: STRAIGHT },
  { ...right, accuses: [] },
]);
scenario(
  'only_left_turn of lorries, no_left_turn of others',
  cross([
    { from: 'AJ', via: 'J', to: 'NJ', tags: { 'restriction:hgv': 'only_left_turn' } },
    to('NJ', 'no_left_turn', { except: 'hgv' }),
  ]),
  [
    { ...left, it: 'CONTROL: a car to the left', accuses: LEFT },
    { ...left, it: 'a lorry to the left', vehicle: 'large_goods', accuses: [] },
    { ...right, it: 'CONTROL: a lorry to the right', vehicle: 'large_goods', accuses: LEFT },
  ],
);

// keys that ban nothing for us
for (const key of ['note', 'source', 'forward', 'probable', 'lanes', 'signed']) {
  scenario(
    `restriction:${key} alone`,
    cross([{ from: 'AJ', via: 'J', to: 'NJ', tags: { [`restriction:${key}`]: 'no_left_turn' } }]),
    [{ ...left, finds: [] }],
  );
}
scenario(
  'a clause of another turn',
  cross([
    {
      from: 'AJ',
      via: 'J',
      to: 'NJ',
      tags: { 'restriction:conditional': 'no_left_turn @ (10:00-14:00); only_left_turn @ (22:00-06:00)' },
    },
  ]),
  [
    { ...left, it: 'where the left turn is the only one', start: '2026-10-05T14:00:00Z', accuses: [] },
    { ...left, it: 'CONTROL: where it is banned', accuses: LEFT },
  ],
);
for (const except of ['trolleybus', 'school_bus', 'public_transport', 'agricultural']) {
  scenario(`except=${except}`, cross([to('NJ', 'no_left_turn', { except })]), [
    { ...left, it: 'CONTROL: a car is none', accuses: LEFT },
  ]);
}
scenario(
  'each part in parentheses',
  cross([
    {
      from: 'AJ',
      via: 'J',
      to: 'NJ',
      tags: { 'restriction:conditional': 'no_left_turn @ ((Mo-Fr 10:00-14:00) AND (Oct-Dec))' },
    },
  ]),
  [
    { ...left, it: 'CONTROL: in force', accuses: LEFT },
    { ...left, it: 'at night', start: '2026-10-05T14:00:00Z', finds: ['turn-ban complied AJ>J>NJ'] },
  ],
);

// hours the old way; the drive is on a Sunday at noon
const SUNDAY = '2026-10-04T03:00:00Z';
for (const tags of [
  { hour_on: '07:00' },
  { hour_off: '07:00' },
  { hour_on: '07:00-09:00' },
  { hour_on: '07:00;15:00', hour_off: '09:00;18:00' },
  { day_on: 'Weekdays' },
  { date_on: '2026-01-01', date_off: '2026-02-01' },
  { time_on: '07:00', time_off: '09:00' },
] as Tags[]) {
  scenario(`hours that nobody understands ${JSON.stringify(tags)}`, cross([to('NJ', 'no_left_turn', tags)]), [
    { ...left, start: SUNDAY, finds: ['turn-ban undetermined AJ>J>NJ: condition_unparsed'] },
  ]);
}
for (const tags of [
  { day_on: 'Mo-Fr', hour_on: '10:00', hour_off: '14:00' },
  { day_on: 'monday', day_off: 'Friday', hour_on: '10:00', hour_off: '14:00' },
  { opening_hours: 'Mo-Fr 10:00-14:00' },
] as Tags[]) {
  scenario(`hours the old way ${JSON.stringify(tags)}`, cross([to('NJ', 'no_left_turn', tags)]), [
    { ...left, it: 'on Sunday', start: SUNDAY, finds: ['turn-ban complied AJ>J>NJ'] },
    { ...left, it: 'CONTROL: on Tuesday', start: '2026-10-06T03:00:00Z', accuses: LEFT },
  ]);
}

for (const tags of [{ vehicle: 'hgv' }, { hgv: 'yes' }, { maxweight: '7.5' }] as Tags[]) {
  scenario(`whom it binds is said in another key ${JSON.stringify(tags)}`, cross([to('NJ', 'no_left_turn', tags)]), [
    { ...left, finds: ['turn-ban undetermined AJ>J>NJ: condition_unparsed'] },
    { ...straight, finds: ['turn-ban complied AJ>J>NJ'] },
  ]);
}
scenario('CONTROL: keys of others', cross([to('NJ', 'no_left_turn', { bicycle: 'yes', name: 'A' })]), [
  { ...left, accuses: LEFT },
]);
const lorries = { 'restriction:conditional': 'no_left_turn @ (hgv AND 06:00-22:00)' };
scenario('a condition that names its vehicles', cross([{ from: 'AJ', via: 'J', to: 'NJ', tags: lorries }]), [
  { ...left, it: 'a car', finds: [] },
  { ...left, it: 'CONTROL: a lorry', vehicle: 'large_goods', accuses: LEFT },
]);

// a ban that only repeats what an arrow or a closure says
for (const tags of [{ oneway: 'yes' }, { 'motor_vehicle:backward': 'no' }, { motor_vehicle: 'no' }] as Tags[]) {
  scenario(
    `no_left_turn into ${JSON.stringify(tags)}`,
    cross([to('NJ', 'no_left_turn')], { NJ: { ...street, ...tags } }),
    [
      { ...left, accuses: LEFT },
      { ...straight, accuses: [] },
    ],
  );
}

// words of the ban as people write them
for (const word of [
  'no left turn',
  'No Left Turn',
  'no-left-turn',
  'no_left_turn,no_u_turn',
  'no_u_turn, no_left_turn',
]) {
  scenario(`restriction=${word}`, cross([to('NJ', word)]), [
    { ...left, it: 'CONTROL: to the left', accuses: LEFT, tags: [`restriction=${word}`] },
    { ...right, accuses: [] },
  ]);
}
for (const word of ['no_left_turn @ (Mo-Fr 10:00-14:00)', 'No left turn @ Mo-Fr 10:00-14:00']) {
  scenario(`hours in the key of a ban that always holds: ${word}`, cross([to('NJ', word)]), [
    { ...left, it: 'CONTROL: in the hours', accuses: LEFT, tags: [`restriction=${word}`] },
    { ...left, it: 'at night', start: '2026-10-05T14:00:00Z', finds: ['turn-ban complied AJ>J>NJ'] },
  ]);
}
scenario(
  'hours in the key of a ban of lorries',
  cross([{ from: 'AJ', via: 'J', to: 'NJ', tags: { 'restriction:hgv': 'no_left_turn @ (10:00-14:00)' } }]),
  [
    { ...left, it: 'a car', finds: [] },
    { ...left, it: 'CONTROL: a lorry', vehicle: 'large_goods', accuses: LEFT },
    { ...left, it: 'a lorry at night', vehicle: 'large_goods', start: '2026-10-05T14:00:00Z', accuses: [] },
  ],
);
scenario('hours that nobody understands in the key of a ban', cross([to('NJ', 'no_left_turn @ (mornings)')]), [
  { ...left, finds: ['turn-ban undetermined AJ>J>NJ: condition_unparsed'] },
]);
scenario(
  'no ban but by the hour',
  cross([to('NJ', 'none', { 'restriction:conditional': 'no_left_turn @ (10:00-14:00)' })]),
  [
    { ...left, it: 'CONTROL: in the hours', accuses: LEFT },
    { ...left, it: 'at night', start: '2026-10-05T14:00:00Z', accuses: [] },
  ],
);
scenario('a word that is no ban', cross([to('NJ', 'give_way')]), [{ ...left, finds: [] }]);
scenario(
  'an exception by the hour',
  cross([to('NJ', 'no_left_turn', { 'except:conditional': 'motorcar @ (10:00-14:00)' })]),
  [{ ...left, finds: ['turn-ban undetermined AJ>J>NJ: condition_unparsed'] }],
);

// no via: the roads meet in one node alone, or in none
for (const [restriction, way, guilty, lawful] of [
  ['no_left_turn', 'NJ', left, straight],
  ['only_straight_on', 'JB', left, straight],
  ['only_right_turn', 'JS', left, right],
] as const) {
  const turn = (via: string[]) => ({ from: 'AJ', via, to: way, tags: { restriction } });
  scenario(`${restriction} without a via`, cross([turn([])]), [
    ...at1And5s([{ ...guilty, kmh: 20, finds: [`turn-ban undetermined AJ>${way}: map_contradiction`] }]),
    { ...lawful, accuses: [] },
  ]);
}
scenario(
  'without a via, and of another shape',
  cross([{ from: 'AJ', via: [], to: 'JB', tags: { restriction: 'no_left_turn' } }]),
  [
    { ...left, finds: [] },
    { ...straight, finds: [] },
  ],
);
scenario(
  'no_u_turn without a via may be at either end',
  cross([{ from: 'AJ', via: [], to: 'AJ', tags: { restriction: 'no_u_turn' } }]),
  [{ ...left, finds: [] }],
);
