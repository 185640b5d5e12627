// SPDX-License-Identifier: MIT
// Whom a tag names: classes of vehicle in a condition, one vehicle let out of a turn's ban, both directions at once.
import { type Drawing, type Drive, scenario, withWayRound } from './scene.ts';

type Tags = Record<string, string>;
const street: Tags = { highway: 'tertiary' };
const on = (tags: Tags, drives: Drive[]) => scenario(JSON.stringify(tags), withWayRound(tags), drives);
const through = { drive: 'EABF', kmh: 35 };
const bus = { ...through, vehicle: 'bus' } as const,
  lorry = { ...through, vehicle: 'large_goods' } as const;
const CLOSED = ['no-entry violated AB'];
const SUNDAY = '2026-10-04T03:00:00Z';

on({ 'motor_vehicle:conditional': 'no @ bus' }, [
  { it: 'a car', ...through, finds: [] },
  { it: 'CONTROL: a bus', ...bus, finds: CLOSED },
]);
on({ 'motor_vehicle:conditional': 'no @ (hgv AND Mo-Fr 10:00-14:00)' }, [
  { it: 'a car', ...through, finds: [] },
  { it: 'CONTROL: a lorry', ...lorry, finds: CLOSED },
  { it: 'a lorry on Sunday', ...lorry, start: SUNDAY, finds: ['no-entry complied AB'] },
]);
on({ motor_vehicle: 'no', 'motor_vehicle:conditional': 'yes @ bus' }, [
  { it: 'CONTROL: a car', ...through, finds: CLOSED },
  { it: 'a bus', ...bus, finds: ['no-entry complied AB'] },
]);
on({ motor_vehicle: 'no', 'motor_vehicle:conditional': 'yes @ taxi' }, [
  { it: 'a car may be one', ...through, finds: ['no-entry undetermined AB: condition_unparsed'] },
]);
on({ 'motor_vehicle:conditional': '@ (10:00-14:00)' }, [
  { it: 'what holds then, nobody knows', ...through, finds: ['no-entry undetermined AB: condition_unparsed'] },
]);
on({ maxspeed: '60', 'maxspeed:conditional': '40 @ bus' }, [
  { it: 'a car', ...through, kmh: 55, finds: [] },
  { it: 'CONTROL: a bus', ...bus, kmh: 55, finds: ['speeding violated AB'], limit_kmh: 40 },
]);
on({ maxspeed: '60', 'maxspeed:hgv': '50', 'maxspeed:conditional': '40 @ (hgv AND 10:00-14:00)' }, [
  { it: 'CONTROL: a lorry', ...lorry, kmh: 47, finds: ['speeding violated AB'], limit_kmh: 40 },
]);
on({ maxspeed: '40', 'maxspeed:conditional': '60 @ bus' }, [
  { it: 'a bus', ...bus, kmh: 55, finds: [] },
  { it: 'CONTROL: a car', ...through, kmh: 55, finds: ['speeding violated AB'], limit_kmh: 40 },
]);

for (const key of ['access', 'vehicle', 'motor_vehicle']) {
  on({ [`${key}:both_ways`]: 'no' }, [
    { it: 'one way', ...through, finds: CLOSED, tags: [`${key}:both_ways=no`] },
    { it: 'the other', drive: 'FBAE', kmh: 35, finds: ['no-entry violated -AB'] },
  ]);
}
for (const tags of [
  { motor_vehicle: 'no', disabled: 'yes' },
  { access: 'no', disabled: 'designated' },
] as Tags[]) {
  on(tags, [
    { it: 'the driver may have the permit', ...through, finds: ['no-entry possible AB: permit_possible'] },
    { it: 'CONTROL: a lorry', ...lorry, finds: CLOSED },
  ]);
}
on({ motor_vehicle: 'no', disabled: 'no' }, [{ it: 'CONTROL: a car', ...through, finds: CLOSED }]);

const turn = (tags: Tags, drives: Drive[], members: Partial<NonNullable<Drawing['relations']>[number]> = {}) =>
  scenario(
    `${JSON.stringify(tags)} ${JSON.stringify(members)}`,
    {
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
      ways: { AJ: street, JB: street, NJ: street, JS: street },
      relations: [{ from: 'AJ', via: 'J', to: 'NJ', tags, ...members }],
    },
    drives,
  );
const left = { drive: 'AJN', kmh: 30 };
const BANNED = ['turn-ban violated AJ>J>NJ'];
for (const value of ['none', 'no']) {
  turn({ restriction: 'no_left_turn', 'restriction:hgv': value }, [
    { it: 'CONTROL: a car', ...left, finds: BANNED },
    { it: 'a lorry', ...left, vehicle: 'large_goods', finds: [] },
  ]);
}
turn({ restriction: 'no_left_turn', 'restriction:psv': 'yes' }, [
  { it: 'CONTROL: a car', ...left, finds: BANNED },
  { it: 'nobody knows what it says of a bus', ...left, vehicle: 'bus', accuses: [] },
]);
turn({ restriction: 'no_left_turn', except: 'PSV' }, [
  { it: 'CONTROL: a car', ...left, finds: BANNED },
  { it: 'a bus', ...left, vehicle: 'bus', finds: [] },
]);
turn(
  { restriction: 'only_straight_on' },
  [
    { it: 'CONTROL: to the left', ...left, finds: ['turn-ban violated AJ>AJ>J>JB'] },
    { it: 'straight on: one finding', drive: 'AJB', kmh: 30, finds: ['turn-ban complied AJ>AJ>J>JB'] },
  ],
  { from: ['AJ', 'AJ'], to: 'JB' },
);
turn(
  { restriction: 'no_exit' },
  [
    { it: 'to the left: no acquittal beside', ...left, finds: ['turn-ban violated AJ>J>NJ>JB'] },
    { it: 'straight on', drive: 'AJB', kmh: 30, finds: ['turn-ban violated AJ>J>NJ>JB'] },
    { it: 'to the right: one finding', drive: 'AJS', kmh: 30, finds: ['turn-ban complied AJ>J>NJ>JB'] },
  ],
  { to: ['NJ', 'JB'] },
);

for (const key of ['resident', 'employees', 'staff', 'members', 'visitors', 'guests']) {
  on({ motor_vehicle: 'no', [key]: 'yes' }, [
    { it: 'the driver may be one', ...through, finds: ['no-entry possible AB: permit_possible'] },
  ]);
  on({ motor_vehicle: 'no', [key]: 'no' }, [{ it: 'CONTROL: not they either', ...through, finds: CLOSED }]);
}
on({ motor_vehicle: 'no', destination: 'yes' }, [
  { it: 'CONTROL: through it', ...through, finds: CLOSED },
  { it: 'to a door in it', drive: 'EA', kmh: 35, finds: [] },
]);
on({ motor_vehicle: 'no', destination: 'Tokyo' }, [{ it: 'CONTROL: of a signpost', ...through, finds: CLOSED }]);
on({ motor_vehicle: 'no', caravan: 'yes' }, [
  { it: 'a trailer may be one', ...through, vehicle: 'trailer', finds: ['no-entry possible AB: permit_possible'] },
  { it: 'CONTROL: a car', ...through, finds: CLOSED },
]);
