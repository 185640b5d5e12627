// SPDX-License-Identifier: MIT
// What a stop sign is for: a crossing of rails is as good a reason as a junction, and words say the direction.
import { meeting } from './block.ts';
import { scenario } from './scene.ts';

type Tags = Record<string, string>;
const minor = { highway: 'residential' };
/** S 40 m behind the junction K and 8 m before X; the junction J is far. */
const drawing = (at: Tags, across: Tags) => ({
  map: `
                     U
                     |
      A--------K----SX-------------------------J----B
               |     |                         |
               L     V                         D
  `,
  metres: 8,
  ways: { AKSXJB: minor, KL: minor, JD: minor, UXV: across },
  nodes: { S: { highway: 'stop' }, X: at },
});
const judged = { kmh: 40, settings: { 'rules.speeding': false } };
const EAST = { it: 'eastward', drive: 'AKSXJB', ...judged };
const WEST = { it: 'westward', drive: 'BJXSKA', ...judged };
for (const [at, across] of [
  [{ railway: 'level_crossing' }, { railway: 'rail' }],
  [{ railway: 'tram_level_crossing' }, { railway: 'tram' }],
] as [Tags, Tags][]) {
  scenario(`a stop sign before ${at['railway']}`, drawing(at, across), [
    { ...EAST, it: 'CONTROL: towards the rails', accuses: ['stop-sign violated S'] },
    { ...WEST, it: 'away from them', accuses: [] },
  ]);
}
for (const at of [
  { highway: 'crossing' },
  { barrier: 'lift_gate' },
  { barrier: 'toll_booth' },
  { barrier: 'border_control' },
] as Tags[]) {
  scenario(`a stop sign near ${JSON.stringify(at)}`, drawing(at, { highway: 'footway' }), [
    { ...EAST, finds: ['stop-sign undetermined S: direction_ambiguous'] },
    { ...WEST, finds: ['stop-sign undetermined S: direction_ambiguous'] },
  ]);
}
scenario(
  'a disused crossing is no reason',
  drawing({ railway: 'level_crossing', disused: 'yes' }, { railway: 'rail' }),
  [
    { ...WEST, it: 'CONTROL: towards the junction', accuses: ['stop-sign violated S'] },
    { ...EAST, accuses: [] },
  ],
);

const line = (node: Tags) => ({
  map: `
                     C
                     |
      A----S---------J----B
                     |
                     D
  `,
  metres: 12,
  shift: { S: [80, 0] } as Record<string, [number, number]>,
  ways: { ASJ: minor, JB: minor, CJD: { highway: 'secondary' } },
  nodes: { S: { highway: 'stop', ...node } },
});
const east = { it: 'eastward', drive: 'ASJB', ...judged };
const west = { it: 'westward', drive: 'BJSA', ...judged };
const RUN = ['stop-sign violated S'];
for (const direction of ['west', 'w', 'Forward', 'FORWARD']) {
  scenario(`direction=${direction}`, line({ direction }), [
    { ...east, accuses: RUN },
    { ...west, accuses: [] },
  ]);
}
scenario('direction=east', line({ direction: 'east' }), [
  { ...east, accuses: [] },
  { ...west, accuses: RUN },
]);
for (const direction of ['all', 'forward;backward', 'both']) {
  scenario(`direction=${direction}`, line({ direction }), [
    { ...east, accuses: RUN },
    { ...west, accuses: RUN },
  ]);
}
for (const node of [
  { direction: 'left' },
  { direction: 'opposite' },
  { direction: 'forward', 'traffic_sign:direction': 'backward' },
] as Tags[]) {
  scenario(`whose is it? ${JSON.stringify(node)}`, line(node), [
    { ...east, finds: ['stop-sign undetermined S: direction_ambiguous'] },
    { ...west, accuses: [] },
  ]);
}
for (const key of ['disused', 'abandoned', 'removed', 'razed']) {
  scenario(`a sign that is gone: ${key}=yes`, line({ [key]: 'yes' }), [{ ...east, finds: [] }]);
}

for (const direction of ['270°', '270 deg', 'WSW']) {
  scenario(`a sign that faces ${direction}`, meeting({ nodes: { S: { highway: 'stop', direction } } }), [
    { it: 'CONTROL: towards it', drive: 'ASJB', kmh: 35, accuses: RUN },
    { it: 'from behind', drive: 'BJSA', kmh: 35, accuses: [] },
  ]);
}
/** The sign of a one-way street whose direction only those can meet who drive against the arrow. */
const againstArrow = (direction: string, oneway: string) =>
  meeting({
    ways: { ASJ: { ...minor, oneway }, JB: minor, CJD: { highway: 'secondary' } },
    nodes: { S: { highway: 'stop', direction } },
  });
for (const [direction, oneway] of [
  ['backward', 'yes'],
  ['E', 'yes'],
] as const) {
  scenario(`direction=${direction} on oneway=${oneway}`, againstArrow(direction, oneway), [
    { it: 'along the arrow', drive: 'ASJB', kmh: 35, finds: ['stop-sign undetermined S: direction_ambiguous'] },
  ]);
}
scenario('direction=forward on oneway=-1', againstArrow('forward', '-1'), [
  { it: 'along the arrow', drive: 'BJSA', kmh: 35, finds: ['stop-sign undetermined S: direction_ambiguous'] },
]);
scenario('direction=forward on oneway=yes', againstArrow('forward', 'yes'), [
  { it: 'CONTROL: along the arrow', drive: 'ASJB', kmh: 35, accuses: RUN },
]);

// on a one-way street, right behind the junction that it leads away from
const oneWay = (oneway: string) =>
  meeting({
    ways: { ASJ: { ...minor, oneway }, JB: minor, CJD: { highway: 'secondary' } },
    nodes: { S: { highway: 'stop' } },
    shift: { A: [-60, 0], B: [60, 0], C: [0, 60], D: [0, -60] },
  });
scenario('a sign right behind the junction', oneWay('-1'), [
  { it: 'of whom, nobody knows', drive: 'BJSA', kmh: 40, accuses: [] },
]);
scenario('CONTROL: a sign before it', oneWay('yes'), [
  { it: 'run', drive: 'ASJB', kmh: 40, accuses: ['stop-sign violated S'] },
]);

/** S 24 m behind the side road K, and 40 m before J. */
const behind = (side: Tags) => ({
  map: `
      A-----------K--S----J-----------B
                  |       |
                  L       D
  `,
  metres: 8,
  ways: { AKSJB: minor, KL: { ...minor, ...side }, JD: minor },
  nodes: { S: { highway: 'stop' } },
});
const EASTWARD = { it: 'eastward', drive: 'AKSJB', ...judged };
const WESTWARD = { it: 'westward', drive: 'BJSKA', ...judged };
for (const side of [{ highway: 'service' }, { access: 'no' }, { motor_vehicle: 'private' }] as Tags[]) {
  scenario(`a stop sign between a proper road and one of ${JSON.stringify(side)}`, behind(side), [
    { ...EASTWARD, finds: ['stop-sign undetermined S: direction_ambiguous'] },
    { ...WESTWARD, finds: ['stop-sign undetermined S: direction_ambiguous'] },
  ]);
}
for (const side of [{}, { motor_vehicle: 'destination' }] as Tags[]) {
  scenario(`a stop sign between proper roads: ${JSON.stringify(side)}`, behind(side), [
    { ...WESTWARD, it: 'CONTROL: towards the nearer one', accuses: RUN },
    { ...EASTWARD, accuses: [] },
  ]);
}

/** The way ends in K, 24 m behind S, and another goes on; two ways of one tag set out there. J is 40 m ahead. */
const joint = (side: Tags) => ({
  map: `
                  M
                  |
      A-----------K--S----J-----------B
                  |       |
                  L       D
  `,
  metres: 8,
  ways: { AK: minor, KSJB: minor, KL: { highway: 'service', ...side }, KM: { highway: 'service', ...side }, JD: minor },
  nodes: { S: { highway: 'stop' } },
});
for (const service of ['driveway', 'alley', 'parking_aisle']) {
  scenario(`two ways of one road meet where two of service=${service} set out`, joint({ service }), [
    { ...EASTWARD, it: 'CONTROL: towards the junction', accuses: RUN },
    { ...WESTWARD, it: 'the joint is none', accuses: [] },
  ]);
}
scenario('two ways of one road meet where two streets set out', joint({ highway: 'residential' }), [
  { ...WESTWARD, it: 'CONTROL: towards it', accuses: RUN },
  { ...EASTWARD, accuses: [] },
]);
