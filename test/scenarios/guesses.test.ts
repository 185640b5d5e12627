// SPDX-License-Identifier: MIT
// Facts that their mapper guessed or asks others to look at, that hold at hours told in keys of their own, or in some lanes alone.
import { banned, block, meeting } from './block.ts';
import { at1And5s, type Drive, scenario, withWayRound } from './scene.ts';

type Tags = Record<string, string>;
const against: Drive = { it: 'against the arrow', drive: 'FBAE', kmh: 30, settings: { 'rules.speeding': false } };
const along: Drive = { it: 'at 55', drive: 'EABF', kmh: 55 };

for (const tags of [
  { 'source:oneway': 'guess' },
  { 'oneway:source': 'assumed' },
  { 'fixme:oneway': 'direction?' },
  { FIXME: 'check Oneway' },
  { 'oneway:lanes': 'yes|-1' },
  { 'oneway:hour_on': '07:00', 'oneway:hour_off': '09:00' },
  { 'oneway:opening_hours': 'Mo-Fr 07:00-09:00' },
  { 'oneway:seasonal': 'summer' },
  { 'oneway:days': 'Mo-Fr' },
  { 'oneway:temporary': 'yes' },
]) {
  scenario(
    `one-way, ${JSON.stringify(tags)}`,
    block({ oneway: 'yes', ...tags }),
    at1And5s([{ ...against, finds: ['wrong-way undetermined -AB'] }]),
  );
}
for (const tags of [
  { 'source:oneway': 'survey' },
  { 'oneway:lanes': 'yes|yes' },
  { 'source:maxspeed': 'guess' },
  { fixme: 'name' },
  { 'oneway:check_date': '2024-05-01' },
  { 'oneway:except': 'bicycle' },
  { 'oneway:lane': 'yes' },
  { 'oneway:seasonal': 'no' },
]) {
  scenario(`CONTROL: one-way, ${JSON.stringify(tags)}`, block({ oneway: 'yes', ...tags }), [
    { ...against, accuses: ['wrong-way violated -AB'] },
  ]);
}
for (const tags of [
  { 'source:maxspeed': 'estimate' },
  { 'maxspeed:source': 'Guess' },
  { 'maxspeed:hour_on': '22:00' },
  { 'maxspeed:opening_hours': '22:00-06:00' },
  { 'maxspeed:seasonal': 'winter' },
  { 'maxspeed:type': 'advisory' },
  { 'source:maxspeed': 'recommended' },
  { 'fixme:maxspeed': '60?' },
  { fixme: 'check maxspeed' },
]) {
  scenario(`40, ${JSON.stringify(tags)}`, withWayRound({ maxspeed: '40', ...tags }), [{ ...along, accuses: [] }]);
}
const LANES_OF_MANY = [
  { 'maxspeed:hov:lanes': '80|' },
  { 'maxspeed:lanes:hov': '|80' },
  { 'maxspeed:express:lanes': '80|40' },
];
for (const tags of LANES_OF_MANY) {
  scenario(`40, ${JSON.stringify(tags)}`, withWayRound({ maxspeed: '40', ...tags }), [
    { ...along, finds: ['speeding undetermined AB: limit_interval condition_unparsed'] },
    { ...along, it: 'CONTROL: above both', kmh: 100, accuses: ['speeding violated AB'] },
  ]);
}
for (const tags of [
  { 'source:maxspeed': 'sign' },
  { 'source:oneway': 'guess' },
  { fixme: 'oneway?' },
  { 'fixme:maxspeed': 'no' },
  { 'maxspeed:hov:lanes': '30|' },
  { 'maxspeed:bus:lanes': '80|' },
  { 'maxspeed:taxi:lanes': '80|' },
]) {
  scenario(`CONTROL: 40, ${JSON.stringify(tags)}`, withWayRound({ maxspeed: '40', ...tags }), [
    { ...along, accuses: ['speeding violated AB'] },
  ]);
}
for (const tags of [
  { 'source:access': 'guess' },
  { 'access:hours': '22:00-06:00' },
  { fixme: 'access by car?' },
] as Tags[]) {
  scenario(`a closure ${JSON.stringify(tags)}`, withWayRound({ access: 'no', motor_vehicle: 'no', ...tags }), [
    { ...along, finds: ['no-entry undetermined AB'] },
  ]);
}
for (const tags of [
  { fixme: 'surface?' },
  { fixme: 'check accessibility' },
  { 'access:reason': 'rails' },
  { 'source:access': 'sign' },
] as Tags[]) {
  scenario(`CONTROL: a closure ${JSON.stringify(tags)}`, withWayRound({ access: 'no', ...tags }), [
    { ...along, accuses: ['no-entry violated AB'] },
  ]);
}

const left: Drive = { it: 'to the left', drive: 'AJN', kmh: 30 };
for (const tags of [
  { time: '07:00-09:00' },
  { 'temporary:date_on': '2020-01-01' },
  { source: 'guess' },
  { fixme: 'still there?' },
  { hours: '07:00-09:00' },
  { days: 'Mo-Fr' },
  { 'restriction:opening_hours': '07:00-09:00' },
  { 'restriction:seasonal': 'summer' },
  { 'restriction:source': 'guess' },
  { exempt: 'residents' },
  { 'restriction:exception': 'residents' },
  { maxwidth: '2.2' },
  { hazmat: 'no' },
  { conditional: 'no_left_turn @ (07:00-09:00)' },
  { condition: '07:00-09:00' },
  { valid: 'Mo-Fr' },
  { applies_to: 'hgv' },
  { for: 'hgv' },
  { vehicle_type: 'hgv' },
  { advisory: 'yes' },
  { 'restriction:type': 'advisory' },
  { on_red: 'yes' },
]) {
  scenario(`a ban, ${JSON.stringify(tags)}`, banned(tags), [{ ...left, finds: ['turn-ban undetermined AJ>J>NJ'] }]);
}
for (const tags of [
  { status: 'proposed' },
  { active: 'no' },
  { status: 'inactive' },
  { state: 'inactive' },
  { inactive: 'yes' },
  { in_use: 'no' },
  { exempt: 'motorcar' },
  { 'restriction:except': 'motorcar' },
]) {
  scenario(`no ban, ${JSON.stringify(tags)}`, banned(tags), [{ ...left, finds: [] }]);
}
scenario('a ban, except:hgv=yes', banned({ 'except:hgv': 'yes' }), [
  { ...left, vehicle: 'large_goods', finds: ['turn-ban undetermined AJ>J>NJ'] },
]);
for (const tags of [
  { source: 'survey' },
  { status: 'active' },
  { active: 'yes' },
  { fixme: 'no' },
  { exempt: 'bicycle' },
  { 'restriction:note': 'by the bridge' },
  { 'restriction:hgv': 'no_left_turn' },
  { 'restriction:seasonal': 'no' },
  { 'restriction:type': 'sign' },
  { advisory: 'no' },
  { in_use: 'yes' },
]) {
  scenario(`CONTROL: a ban, ${JSON.stringify(tags)}`, banned(tags), [
    { ...left, accuses: ['turn-ban violated AJ>J>NJ'] },
  ]);
}

const stop = { highway: 'stop', direction: 'forward' };
const by: Drive = { it: 'by without a stop', drive: 'ASJB', kmh: 30, settings: { 'rules.speeding': false } };
scenario('a stop sign with hours', meeting({ nodes: { S: { ...stop, hour_on: '07:00', hour_off: '09:00' } } }), [
  { ...by, finds: ['stop-sign undetermined S'] },
]);
scenario('CONTROL: a stop sign', meeting(), [{ ...by, accuses: ['stop-sign violated S'] }]);
