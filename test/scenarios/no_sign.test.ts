// SPDX-License-Identifier: MIT
// Rules of which the map says that no sign tells them, and closed roads that let in cars by another name of theirs.
import { banned, block, meeting } from './block.ts';
import { type Drive, scenario, withWayRound } from './scene.ts';

type Tags = Record<string, string>;
const along: Drive = { it: 'at 55', drive: 'EABF', kmh: 55 };
const against: Drive = { it: 'against the arrow', drive: 'FBAE', kmh: 30, settings: { 'rules.speeding': false } };

for (const tags of [
  { 'maxspeed:signed': 'no' },
  { 'maxspeed:sign': 'no' },
  { traffic_sign: 'none' },
  { 'traffic_sign:forward': 'no' },
  { signed: 'no' },
  { 'source:maxspeed': 'unsigned' },
] as Tags[]) {
  scenario(`40, ${JSON.stringify(tags)}`, withWayRound({ maxspeed: '40', ...tags }), [{ ...along, finds: [] }]);
}
for (const tags of [
  { 'maxspeed:signed': 'yes' },
  { 'oneway:signed': 'no' },
  { traffic_sign: 'maxspeed' },
  { 'traffic_sign:backward': 'none' },
  { 'maxspeed:signed': 'no', 'source:maxspeed': 'DE:urban' }, // holds without a sign
  { 'maxspeed:variable': 'yes' }, // signs may only lower it (OSM wiki: Key:maxspeed:variable)
  { 'maxspeed:variable': 'peak_traffic' },
] as Tags[]) {
  scenario(`CONTROL: 40, ${JSON.stringify(tags)}`, withWayRound({ maxspeed: '40', ...tags }), [
    { ...along, accuses: ['speeding violated AB'] },
  ]);
}

// a sign of which nobody wrote down what it says: the law's limit is not in force
const inJapan: Drive = { it: 'at 75', drive: 'EABF', kmh: 75, profile: 'jp' };
const amidst = (tags: Tags) => {
  const { ways, ...rest } = withWayRound(tags);
  const signed = { highway: 'tertiary', maxspeed: '80' };
  return { ...rest, ways: { ...ways, EA: signed, BF: signed } };
};
for (const tags of [{ 'source:maxspeed': 'sign' }, { 'maxspeed:type': 'JP:sign' }] as Tags[]) {
  scenario(`${JSON.stringify(tags)} alone`, amidst(tags), [{ ...inJapan, finds: [] }]);
  scenario(`CONTROL: 60, ${JSON.stringify(tags)}`, amidst({ maxspeed: '60', ...tags }), [
    { ...inJapan, accuses: ['speeding violated AB'] },
  ]);
}
scenario('CONTROL: without a word of a sign', amidst({}), [{ ...inJapan, accuses: ['speeding possible AB'] }]);

for (const tags of [
  { 'access:signed': 'no' },
  { traffic_sign: 'none' },
  { car: 'yes' },
  { cars: 'destination' },
  { automobile: 'yes' },
] as Tags[]) {
  scenario(`a closure ${JSON.stringify(tags)}`, withWayRound({ access: 'no', ...tags }), [
    { ...along, finds: ['no-entry undetermined AB: condition_unparsed'] },
  ]);
}
scenario('a closure truck=yes', withWayRound({ access: 'no', truck: 'yes' }), [
  { ...along, it: 'CONTROL: a car', accuses: ['no-entry violated AB'] },
  { ...along, it: 'a truck', vehicle: 'large_goods', finds: ['no-entry undetermined AB: condition_unparsed'] },
]);
for (const tags of [{ 'access:signed': 'yes' }, { traffic_sign: 'JP:301' }, { car: 'no' }, { motorbike: 'yes' }]) {
  scenario(`CONTROL: a closure ${JSON.stringify(tags)}`, withWayRound({ access: 'no', ...(tags as Tags) }), [
    { ...along, accuses: ['no-entry violated AB'] },
  ]);
}

for (const tags of [{ 'oneway:signed': 'no' }, { traffic_sign: 'no' }, { signed: 'no' }] as Tags[]) {
  scenario(`one-way, ${JSON.stringify(tags)}`, block({ oneway: 'yes', ...tags }), [
    { ...against, finds: ['wrong-way undetermined -AB'] },
  ]);
}
for (const tags of [{ 'oneway:signed': 'yes' }, { 'maxspeed:signed': 'no' }, { 'name:signed': 'no' }] as Tags[]) {
  scenario(`CONTROL: one-way, ${JSON.stringify(tags)}`, block({ oneway: 'yes', ...tags }), [
    { ...against, accuses: ['wrong-way violated -AB'] },
  ]);
}

const left: Drive = { it: 'to the left', drive: 'AJN', kmh: 30 };
for (const tags of [{ traffic_sign: 'none' }, { signed: 'no' }, { 'restriction:signed': 'no' }] as Tags[]) {
  scenario(`a ban, ${JSON.stringify(tags)}`, banned(tags), [{ ...left, finds: ['turn-ban undetermined AJ>J>NJ'] }]);
}
for (const tags of [{ traffic_sign: 'JP:311' }, { signed: 'yes' }] as Tags[]) {
  scenario(`CONTROL: a ban, ${JSON.stringify(tags)}`, banned(tags), [
    { ...left, accuses: ['turn-ban violated AJ>J>NJ'] },
  ]);
}

const by: Drive = { it: 'by without a stop', drive: 'ASJB', kmh: 30, settings: { 'rules.speeding': false } };
const sign = (tags: Tags) => meeting({ nodes: { S: { highway: 'stop', direction: 'forward', ...tags } } });
for (const tags of [{ signed: 'no' }, { 'stop:signed': 'no' }, { unsigned: 'yes' }] as Tags[]) {
  scenario(`a stop sign ${JSON.stringify(tags)}`, sign(tags), [
    { ...by, finds: ['stop-sign undetermined S: map_contradiction'] },
  ]);
}
for (const tags of [{ signed: 'yes' }, { 'stop:signed': 'yes' }, { opening_hours: '24/7' }] as Tags[]) {
  scenario(`CONTROL: a stop sign ${JSON.stringify(tags)}`, sign(tags), [{ ...by, accuses: ['stop-sign violated S'] }]);
}
