// SPDX-License-Identifier: MIT
// One-way streets whose own tags contradict the arrow, contraflow lanes in newer spellings, and slips of the pen.
import { scenario } from './scene.ts';

type Tags = Record<string, string>;
const street = { highway: 'tertiary' };
const drawing = (tags: Tags, way = 'AB') => ({
  map: `
      E-----A-----------------------B-----F
      |                                   |
      G-----------------------------------H
  `,
  metres: 25,
  ways: { [way]: { ...street, ...tags }, EA: street, BF: street, EGHF: street },
});
const against = { it: 'against the arrow', drive: 'FBAE', kmh: 35, seeds: [2, 3] };
const along = { it: 'along it', drive: 'EABF', kmh: 35 };
const judged = { settings: { 'rules.no_entry': false } };

for (const tags of [
  { 'lanes:forward': '1', 'lanes:backward': '1' },
  { 'motor_vehicle:backward': 'yes' },
  { 'vehicle:backward': 'destination' },
  { highway: 'motorway', oneway: '', 'lanes:backward': '1' },
  { 'lanes:reversible': '1' },
  { 'lanes:both_ways': '1' },
  { 'turn:lanes:backward': 'left|through' },
  { 'turn:lanes:both_ways': 'left' },
  { reversible: 'yes' },
  { reversible: 'alternating' },
  { alternating: 'yes' },
  { 'oneway:reversible': 'yes' },
  { 'change:lanes:backward': 'yes|no' },
  { 'width:lanes:backward': '3' },
  { 'placement:backward': 'right_of:1' },
  { 'overtaking:backward': 'no' },
] as Tags[]) {
  const given: Tags = { oneway: 'yes', ...tags };
  if (given['oneway'] === '') delete given['oneway'];
  scenario(`a street that says both ${JSON.stringify(given)}`, drawing(given), [
    { ...against, ...judged, finds: ['wrong-way undetermined -AB: map_contradiction'] },
    { ...along, ...judged, finds: [] },
  ]);
}
scenario(
  'a destination on signs for who comes the other way',
  drawing({ oneway: 'yes', 'destination:backward': 'Tokyo' }),
  [{ ...against, finds: ['wrong-way undetermined -AB'] }],
);
scenario(
  'the same, drawn the other way',
  drawing({ oneway: '-1', 'lanes:forward': '1', 'lanes:backward': '1' }, 'BA'),
  [{ ...against, finds: ['wrong-way undetermined BA: map_contradiction'] }],
);
for (const tags of [
  { 'lanes:backward': '0' },
  { 'lanes:backward': '1', 'lanes:bus:backward': '1' },
  { reversible: 'no' },
  { alternating: 'no' },
  { 'change:lanes:forward': 'yes|no' },
  { 'change:lanes:backward': 'no', 'lanes:bus:backward': '1' },
  { 'destination:forward': 'Tokyo' },
  {},
] as Tags[]) {
  scenario(`CONTROL: no contradiction ${JSON.stringify(tags)}`, drawing({ oneway: 'yes', ...tags }), [
    { ...against, accuses: ['wrong-way violated -AB'] },
  ]);
}
for (const tags of [
  { 'busway:left': 'lane', 'busway:left:oneway': '-1' },
  { 'busway:right': 'lane', 'busway:right:oneway': 'no' },
  { psv: 'opposite_lane' },
  { bus: 'opposite' },
  { 'oneway:coach': 'no' },
  { 'oneway:school_bus': 'no' },
  { 'oneway:bus': 'reversible' },
] as Tags[]) {
  scenario(`buses against the arrow ${JSON.stringify(tags)}`, drawing({ oneway: 'yes', ...tags }), [
    { ...against, it: 'a bus', vehicle: 'bus', accuses: [] },
    { ...along, it: 'a bus along it', vehicle: 'bus', accuses: [] },
    { ...against, it: 'CONTROL: a car', accuses: ['wrong-way violated -AB'] },
  ]);
}
scenario(
  'a bus lane, and lanes of both directions',
  drawing({ oneway: 'yes', 'lanes:bus': '1', 'lanes:backward': '1' }),
  [{ ...against, it: 'a bus', vehicle: 'bus', accuses: [] }],
);
scenario('reversible for cars', drawing({ oneway: 'yes', 'oneway:motor_vehicle': 'reversible' }), [
  { ...against, accuses: [] },
]);
for (const value of ['Yes', 'YES', ' yes']) {
  scenario(`CONTROL: oneway="${value}"`, drawing({ oneway: value }), [
    { ...against, accuses: ['wrong-way violated -AB'] },
  ]);
}
for (const oneway of ['shuttle', 'unknown', 'tidal']) {
  scenario(`a word in place of the arrow: motorway, oneway=${oneway}`, drawing({ highway: 'motorway', oneway }), [
    { ...against, accuses: [] },
  ]);
}
scenario('a motorway with a limit against its arrow', drawing({ highway: 'motorway', 'maxspeed:backward': '80' }), [
  { ...against, ...judged, finds: ['wrong-way undetermined -AB: map_contradiction'] },
]);
scenario('CONTROL: a limit along the arrow', drawing({ oneway: 'yes', 'maxspeed:forward': '80' }), [
  { ...against, accuses: ['wrong-way violated -AB'] },
]);
for (const key of ['vehicle', 'motor_vehicle', 'access']) {
  const during = (hours: string) => ({ oneway: 'yes', [`${key}:backward:conditional`]: `yes @ (${hours})` });
  scenario(`let in against the arrow by the hour: ${key}`, drawing(during('Mo 10:00-14:00')), [
    { ...against, accuses: [] },
    { ...along, accuses: [] },
  ]);
  scenario(`CONTROL: at other hours: ${key}`, drawing(during('Mo 14:00-18:00')), [
    { ...against, accuses: ['wrong-way violated -AB'] },
  ]);
}
scenario(
  'let in on an errand by the hour',
  drawing({ oneway: 'yes', 'vehicle:backward:conditional': 'destination @ Mo' }),
  [{ ...against, ...judged, finds: ['wrong-way undetermined -AB: condition_unparsed'] }],
);
scenario('a one-way rule that is lifted for a while', drawing({ oneway: 'yes', 'temporary:oneway': 'no' }), [
  { ...against, finds: ['wrong-way undetermined -AB: condition_unparsed'] },
]);
for (const tags of [{ temporary: 'yes' }, { hour_on: '10:00', hour_off: '20:00' }] as Tags[]) {
  scenario(`an arrow for a while ${JSON.stringify(tags)}`, drawing({ oneway: 'yes', ...tags }), [
    { ...against, finds: ['wrong-way undetermined -AB: condition_unparsed'] },
    { ...along, finds: [] },
  ]);
}

scenario('an arrow that does not bind cars of many people', drawing({ oneway: 'yes', 'oneway:hov': 'no' }), [
  { ...against, finds: ['wrong-way undetermined -AB: condition_unknowable'] },
  { ...against, it: 'CONTROL: a lorry', vehicle: 'large_goods', accuses: ['wrong-way violated -AB'] },
  { ...along, finds: [] },
]);
for (const key of ['residents', 'delivery', 'disabled']) {
  scenario(`an arrow that does not bind ${key}`, drawing({ oneway: 'yes', [`oneway:${key}`]: 'no' }), [
    { ...against, finds: ['wrong-way undetermined -AB: condition_unknowable'] },
  ]);
}
for (const key of ['bicycle', 'mtb', 'emergency', 'note', 'psv']) {
  scenario(`CONTROL: an arrow that does not bind ${key}`, drawing({ oneway: 'yes', [`oneway:${key}`]: 'no' }), [
    { ...against, accuses: ['wrong-way violated -AB'] },
  ]);
}
scenario('an arrow that does not bind the slowest mopeds', drawing({ oneway: 'yes', 'oneway:mofa': 'no' }), [
  {
    ...against,
    it: 'a moped may be one',
    vehicle: 'moped',
    finds: ['wrong-way undetermined -AB: condition_unknowable'],
  },
  { ...against, it: 'CONTROL: a car', accuses: ['wrong-way violated -AB'] },
]);
