// SPDX-License-Identifier: MIT
// Exceptions by purpose or permit, values that are no ban, and roads of high-occupancy vehicles.
import { at1And5s, scenario } from './scene.ts';

const street = { highway: 'residential' };
const turn = (except: string) => ({
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
  ways: { SX: street, XN: street, WX: street, XE: street },
  relations: [{ from: 'SX', via: 'X', to: 'WX', tags: { restriction: 'no_left_turn', except } }],
});
const left = { drive: 'SXW', kmh: 30 };
const BANNED = 'turn-ban violated SX>X>WX';

for (const except of ['destination', 'delivery', 'residents', 'permit', 'psv;destination', 'bicycle;customers']) {
  scenario(
    `except=${except}`,
    turn(except),
    at1And5s([{ it: 'nobody knows', ...left, finds: ['turn-ban undetermined SX>X>WX: condition_unknowable'] }]),
  );
}
for (const except of ['emergency', 'bicycle', 'psv;bicycle', 'taxi', 'none']) {
  scenario(`CONTROL: except=${except}`, turn(except), at1And5s([{ it: 'a car', ...left, finds: [BANNED] }]));
}
scenario('except=coach', turn('coach'), [
  { it: 'a bus may be one', ...left, vehicle: 'bus', accuses: [] },
  { it: 'CONTROL: a car', ...left, accuses: [BANNED] },
]);

const road = (tags: Record<string, string>) => ({
  map: `
      E-----A-------X-------B-----F
      |                           |
      G---------------------------H
  `,
  metres: 20,
  ways: { AXB: { ...street, ...tags }, EA: street, BF: street, EGHF: street },
});
const through = { drive: 'EABF', kmh: 35 };

for (const tags of [
  { motor_vehicle: 'discouraged' },
  { access: 'unsuitable' },
  { vehicle: 'yes;permissive' },
  { motorcar: 'designated;destination' },
  { access: 'destination; yes' },
] as Record<string, string>[]) {
  scenario(`no ban: ${JSON.stringify(tags)}`, road(tags), [{ it: 'through it', ...through, finds: [] }]);
}
scenario('no ban for lorries: hgv=discouraged', road({ hgv: 'discouraged' }), [
  { it: 'a lorry', ...through, vehicle: 'large_goods', finds: [] },
]);
scenario('CONTROL: motor_vehicle=agricultural;forestry', road({ motor_vehicle: 'agricultural;forestry' }), [
  { it: 'through it', ...through, finds: ['no-entry possible AXB'], tags: ['motor_vehicle=agricultural;forestry'] },
]);
scenario('destination;delivery', road({ motor_vehicle: 'destination;delivery' }), [
  { it: 'ends inside', drive: 'EAX', kmh: 35, finds: ['no-entry complied AXB'] },
  { it: 'CONTROL: through it', ...through, finds: ['no-entry possible AXB'] },
]);
for (const tags of [
  { motor_vehicle: 'no', hov: 'designated' },
  { access: 'no', hov: 'yes' },
  { motor_vehicle: 'no', 'hov:conditional': 'designated @ (06:00-20:00)' },
] as Record<string, string>[]) {
  scenario(`high-occupancy ${JSON.stringify(tags)}`, road(tags), [
    { it: 'nobody knows how many sit in it', ...through, finds: ['no-entry undetermined AXB: condition_unknowable'] },
    { it: 'CONTROL: a lorry', ...through, vehicle: 'large_goods', finds: ['no-entry violated AXB'] },
  ]);
}

for (const tags of [{ highway: 'motorway' }, { highway: 'trunk', motorroad: 'yes' }] as Record<string, string>[]) {
  const text = tags['motorroad'] ? 'motorroad=yes' : 'highway=motorway';
  scenario(`mopeds on ${text}`, road(tags), [
    { it: 'a moped', ...through, vehicle: 'moped', finds: ['no-entry violated AXB'], tags: [text] },
    { it: 'CONTROL: a car', ...through, finds: [] },
  ]);
  scenario(`mopeds on ${text} that is open to them`, road({ ...tags, moped: 'yes' }), [
    { it: 'a moped', ...through, vehicle: 'moped', finds: [] },
  ]);
}
