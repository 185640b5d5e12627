// SPDX-License-Identifier: MIT
// Signs and roads that stand from a day on, or up to one, and hours and lanes that may open what a tag closes.
import { meeting, street } from './block.ts';
import { at1And5s, scenario, withWayRound } from './scene.ts';

type Tags = Record<string, string>;
const line = (node: Tags) =>
  meeting({
    nodes: { S: { highway: 'stop', direction: 'forward', ...node } },
    shift: { A: [-60, 0], B: [60, 0], C: [0, 60], D: [0, -60] },
  });
const run = { it: 'run', drive: 'ASJB', kmh: 40 };

// the drive is on 2026-10-05, and nobody knows from when the map is
for (const tags of [{ start_date: '2031' }, { start_date: '2026-10-06' }, { end_date: '2024' }, { end_date: 'soon' }]) {
  scenario(`a stop sign ${JSON.stringify(tags)}`, line(tags as Tags), [
    ...at1And5s([{ ...run, accuses: [] }]),
    { it: 'stops', drive: 'ASJB', kmh: 40, stop: { S: 4 }, accuses: [] },
  ]);
}
for (const tags of [
  { start_date: '2019' },
  { start_date: '1990s' },
  { start_date: '2019-12-31' },
  { check_date: '2031' },
]) {
  scenario(`CONTROL: a stop sign ${JSON.stringify(tags)}`, line(tags as Tags), [
    { ...run, finds: ['stop-sign violated S'] },
  ]);
}
scenario('a stop sign that is long gone', line({ end_date: '2012' }), [{ ...run, finds: [] }]);

const crossing = (node: Tags, rail: Tags = {}) => ({
  map: `
              C
              |
      A-------X-------B
              |
              D
  `,
  metres: 20,
  ways: { AXB: street, CXD: { railway: 'rail', ...rail } },
  nodes: { X: { railway: 'level_crossing', ...node } },
});
const over = { it: 'does not stop', drive: 'AXB', kmh: 40, profile: 'jp', settings: { 'rules.speeding': false } };
scenario('a level crossing that is not yet there', crossing({ start_date: '2031' }), [
  { ...over, finds: ['level-crossing undetermined X: map_contradiction'] },
]);
scenario('rails that are not yet there', crossing({}, { start_date: '2031' }), [{ ...over, finds: [] }]);
for (const rail of [{}, { start_date: '1890' }] as Tags[]) {
  scenario(`CONTROL: rails ${JSON.stringify(rail)}`, crossing({}, rail), [
    { ...over, finds: ['level-crossing violated X'] },
  ]);
}

const against = { it: 'against it', drive: 'FBAE', kmh: 35 };
const through = { it: 'driven through', drive: 'EABF', kmh: 35 };
for (const tags of [{ start_date: '2026-10-06' }, { end_date: '2026-10-04' }] as Tags[]) {
  const [tag] = Object.entries(tags).map((t) => t.join('='));
  scenario(`a one-way street ${tag}`, withWayRound({ oneway: 'yes', ...tags }), [
    { ...against, finds: ['wrong-way undetermined -AB: condition_unknowable'], tags: [tag ?? ''] },
    { ...through, finds: [] },
  ]);
  scenario(`a closed street ${tag}`, withWayRound({ motor_vehicle: 'no', ...tags }), [
    { ...through, finds: ['no-entry undetermined AB: condition_unknowable'], tags: [tag ?? ''] },
  ]);
  scenario(`a limit ${tag}`, withWayRound({ maxspeed: '30', ...tags }), [{ ...through, kmh: 60, accuses: [] }]);
  scenario(`an open street ${tag}`, withWayRound(tags), [{ ...through, finds: [] }]);
}
for (const tags of [{ start_date: '2026-10-05' }, { start_date: '2020' }, { end_date: '2026' }] as Tags[]) {
  scenario(`CONTROL: a street ${JSON.stringify(tags)}`, withWayRound({ oneway: 'yes', ...tags }), [
    { ...against, finds: ['wrong-way violated -AB'] },
  ]);
  scenario(`CONTROL: a closed street ${JSON.stringify(tags)}`, withWayRound({ motor_vehicle: 'no', ...tags }), [
    { ...through, finds: ['no-entry violated AB'] },
  ]);
}

for (const tags of [
  { opening_hours: 'Mo-Fr 10:00-14:00' },
  { opening_hours: 'Sa,Su' },
  { hour_on: '08:00', hour_off: '10:00' },
  { temporary: 'yes' },
  { construction: 'minor' },
  { seasonal: 'yes' },
  { seasonal: 'winter' },
  { 'motor_vehicle:lanes': 'yes|no' },
  { 'access:lanes:forward': 'no|designated' },
  { 'temporary:access': 'yes' },
] as Tags[]) {
  scenario(`a closed street with ${JSON.stringify(tags)}`, withWayRound({ access: 'no', ...tags }), [
    { ...through, finds: ['no-entry undetermined AB: condition_unparsed'] },
  ]);
  scenario(`an open street with ${JSON.stringify(tags)}`, withWayRound(tags), [{ ...through, finds: [] }]);
}
for (const tags of [
  { opening_hours: '24/7' },
  { seasonal: 'no' },
  { temporary: 'no' },
  { construction: 'no' },
  { 'bus:lanes': 'designated|no' },
  { 'access:lanes': 'no|private' },
  { 'temporary:access': 'no' },
] as Tags[]) {
  scenario(`CONTROL: a closed street with ${JSON.stringify(tags)}`, withWayRound({ access: 'no', ...tags }), [
    { ...through, finds: ['no-entry violated AB'] },
  ]);
}
