// SPDX-License-Identifier: MIT
// Values of access that are not on the list: words of other users, slips of the pen, conditions in the wrong key.
import { scenario, withWayRound } from './scene.ts';

type Tags = Record<string, string>;
const through = { drive: 'EABF', kmh: 35 };

for (const word of ['public', 'Yes', 'YES', 'open', 'yes;no', 'permissive;foo']) {
  for (const key of ['access', 'motor_vehicle', 'motorcar']) {
    scenario(`open: ${key}=${word}`, withWayRound({ [key]: word }), [{ it: 'driven through', ...through, finds: [] }]);
  }
}
for (const word of ['seasonal', 'restricted', 'limited', 'fixme', 'local', 'none', 'toll', 'no @ (22:00-06:00)']) {
  scenario(`a word that nobody understands: motor_vehicle=${word}`, withWayRound({ motor_vehicle: word }), [
    {
      it: 'driven through',
      ...through,
      finds: ['no-entry undetermined AB: condition_unparsed'],
      tags: [`motor_vehicle=${word}`],
    },
  ]);
}
for (const word of ['No', 'NO']) {
  scenario(`CONTROL: motor_vehicle=${word}`, withWayRound({ motor_vehicle: word }), [
    { it: 'is closed', ...through, finds: ['no-entry violated AB'] },
  ]);
}
for (const value of ['bus', 'psv', 'psv;bicycle', 'bus;taxi']) {
  for (const key of ['access', 'motor_vehicle']) {
    scenario(`${key}=${value} names buses`, withWayRound({ [key]: value }), [
      { it: 'a bus', ...through, vehicle: 'bus', finds: [] },
      { it: 'CONTROL: a car', ...through, accuses: ['no-entry possible AB'] },
    ]);
  }
}
scenario('motor_vehicle=hgv names lorries', withWayRound({ motor_vehicle: 'hgv' }), [
  { it: 'a lorry', ...through, vehicle: 'large_goods', finds: [] },
  { it: 'CONTROL: a car', ...through, accuses: ['no-entry possible AB'] },
]);
scenario(
  'a clause names buses',
  withWayRound({ motor_vehicle: 'no', 'motor_vehicle:conditional': 'psv @ (10:00-14:00)' }),
  [
    { it: 'a bus', ...through, vehicle: 'bus', finds: ['no-entry complied AB'] },
    { it: 'CONTROL: a car', ...through, accuses: ['no-entry possible AB'] },
    {
      it: 'CONTROL: a bus in the night',
      ...through,
      vehicle: 'bus',
      start: '2026-10-05T14:00:00Z',
      accuses: ['no-entry violated AB'],
    },
  ],
);
for (const tags of [{ psv: 'bus' }, { bus: 'urban' }, { school_bus: 'yes' }, { trolleybus: 'yes' }] as Tags[]) {
  scenario(`buses of some kind: ${JSON.stringify(tags)}`, withWayRound({ motor_vehicle: 'no', ...tags }), [
    { it: 'nobody knows which bus ours is', ...through, vehicle: 'bus', accuses: [] },
    { it: 'CONTROL: a car', ...through, accuses: ['no-entry violated AB'] },
  ]);
}

scenario('a race track', withWayRound({ highway: 'raceway', oneway: 'yes', maxspeed: '20' }), [
  { it: 'is private ground', ...through, kmh: 60, accuses: [] },
  { it: 'against its arrow', drive: 'FBAE', kmh: 35, accuses: [] },
]);
for (const service of ['parking_aisle', 'driveway', 'drive-through']) {
  scenario(`closed private ground: ${service}`, withWayRound({ highway: 'service', service, access: 'no' }), [
    { it: 'the closure is the owner’s', ...through, finds: ['no-entry undetermined AB: private_ground'] },
    {
      it: 'CONTROL: judged where the settings say so',
      ...through,
      settings: { 'rules.private_ground': true },
      finds: ['no-entry violated AB'],
    },
  ]);
}
scenario(
  'CONTROL: a corridor of buses',
  withWayRound({ highway: 'service', service: 'driveway', access: 'no', bus: 'designated' }),
  [{ it: 'is a road of the law, whatever its service says', ...through, finds: ['no-entry violated AB'] }],
);
scenario('CONTROL: a closed alley', withWayRound({ highway: 'service', service: 'alley', access: 'no' }), [
  { it: 'is a road of the law', ...through, finds: ['no-entry violated AB'] },
]);

for (const key of ['permit', 'residents', 'customers', 'delivery', 'agricultural', 'forestry']) {
  scenario(`closed, and open to some drivers: ${key}`, withWayRound({ motor_vehicle: 'no', [key]: 'yes' }), [
    { it: 'the driver may be one', ...through, finds: ['no-entry possible AB: permit_possible'], tags: [`${key}=yes`] },
  ]);
  scenario(`CONTROL: closed to them, too: ${key}`, withWayRound({ motor_vehicle: 'no', [key]: 'no' }), [
    { it: 'driven through', ...through, finds: ['no-entry violated AB'] },
  ]);
}
scenario('closed, and open to the slowest mopeds', withWayRound({ motor_vehicle: 'no', mofa: 'yes' }), [
  { it: 'a moped may be one', ...through, vehicle: 'moped', finds: ['no-entry possible AB: permit_possible'] },
  { it: 'CONTROL: a car', ...through, finds: ['no-entry violated AB'] },
]);

// an exception whose hours, or whose closure's hours, the road has
const NIGHT = '2026-10-05T14:00:00Z';
const closedAtNoon = { 'motor_vehicle:conditional': 'no @ (10:00-14:00)' };
for (const key of ['permit', 'residents', 'customers', 'delivery', 'agricultural', 'forestry', 'disabled']) {
  scenario(`closed by the hour, and open to some drivers: ${key}`, withWayRound({ ...closedAtNoon, [key]: 'yes' }), [
    { it: 'the driver may be one', ...through, finds: ['no-entry undetermined AB: condition_unknowable'] },
    { it: 'open at night', ...through, start: NIGHT, finds: ['no-entry complied AB'] },
  ]);
  scenario(
    `closed, and open to some drivers by the hour: ${key}`,
    withWayRound({ motor_vehicle: 'no', [`${key}:conditional`]: 'yes @ (10:00-14:00)' }),
    [
      { it: 'the driver may be one', ...through, finds: ['no-entry undetermined AB: condition_unknowable'] },
      { it: 'CONTROL: at night', ...through, start: NIGHT, finds: ['no-entry violated AB'] },
    ],
  );
}
scenario('CONTROL: closed by the hour to them, too', withWayRound({ ...closedAtNoon, residents: 'no' }), [
  { it: 'driven through', ...through, finds: ['no-entry violated AB'] },
]);
scenario(
  'CONTROL: closed by the hour, and open to the slowest mopeds',
  withWayRound({ ...closedAtNoon, mofa: 'yes' }),
  [{ it: 'a car', ...through, finds: ['no-entry violated AB'] }],
);
scenario(
  'closed, and open to deliveries of one direction',
  withWayRound({ motor_vehicle: 'no', 'delivery:forward': 'yes' }),
  [
    { it: 'that way', ...through, finds: ['no-entry possible AB: permit_possible'] },
    { it: 'CONTROL: the other way', drive: 'FBAE', kmh: 35, finds: ['no-entry violated -AB'] },
  ],
);
for (const more of [
  { 'motor_vehicle:delivery': 'yes' },
  { 'access:covid19': 'yes' },
  { opening_date: '2020' },
] as Tags[]) {
  scenario(`closed, and perhaps open: ${JSON.stringify(more)}`, withWayRound({ motor_vehicle: 'no', ...more }), [
    { it: 'nobody knows', ...through, finds: ['no-entry undetermined AB: condition_unparsed'] },
  ]);
}
for (const more of [
  { 'motor_vehicle:delivery': 'no' },
  { 'access:foot': 'yes' },
  { 'access:signed': 'yes' },
] as Tags[]) {
  scenario(`CONTROL: closed: ${JSON.stringify(more)}`, withWayRound({ motor_vehicle: 'no', ...more }), [
    { it: 'driven through', ...through, finds: ['no-entry violated AB'] },
  ]);
}
