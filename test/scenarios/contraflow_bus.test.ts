// SPDX-License-Identifier: MIT
// Buses where others may not drive: contraflow lanes in every spelling, busways, and buses of other kinds.
import { block } from './block.ts';
import { at1And5s, scenario } from './scene.ts';

const back = { drive: 'FBAE', kmh: 35, seeds: [2, 3] };
const along = { drive: 'EABF', kmh: 35, seeds: [2, 3] };

for (const tags of [
  { 'busway:left': 'opposite_lane' },
  { 'busway:right': 'opposite_lane' },
  { busway: 'opposite_lane' },
  { 'lanes:bus:backward': '1' },
  { 'lanes:psv:backward': '1' },
  { 'bus:backward': 'yes' },
  { 'psv:backward': 'designated' },
  { 'oneway:bus': 'no' },
  { 'oneway:psv': 'no' },
  { 'bus:lanes:backward': 'designated' },
] as Record<string, string>[]) {
  scenario(`contraflow ${JSON.stringify(tags)}`, block({ oneway: 'yes', ...tags }), [
    ...at1And5s([{ it: 'a bus against the arrow', ...back, vehicle: 'bus', finds: [] }]),
    { it: 'CONTROL: a car against it', ...back, finds: ['wrong-way violated -AB'] },
  ]);
}
for (const tags of [
  { 'lanes:bus:forward': '1' },
  { 'psv:forward': 'yes' },
  { 'busway:left': 'opposite_lane' },
] as Record<string, string>[]) {
  scenario(`contraflow, drawn backward ${JSON.stringify(tags)}`, block({ oneway: '-1', ...tags }), [
    { it: 'a bus against the arrow', ...along, vehicle: 'bus', finds: [] },
    { it: 'CONTROL: a car', ...along, finds: ['wrong-way violated AB'] },
  ]);
}
for (const highway of ['busway', 'bus_guideway']) {
  scenario(`highway=${highway} without a bus tag`, block({ highway }), [
    { it: 'a bus', ...along, vehicle: 'bus', finds: [] },
    { it: 'CONTROL: a car', ...along, finds: ['no-entry violated AB'], tags: [`highway=${highway}`] },
  ]);
}
for (const kind of ['coach', 'tourist_bus', 'minibus']) {
  scenario(`motor_vehicle=no, ${kind}=yes`, block({ motor_vehicle: 'no', [kind]: 'yes' }), [
    { it: 'a bus may be one', ...along, vehicle: 'bus', finds: ['no-entry undetermined AB: vehicle_unknown'] },
    { it: 'CONTROL: a car is none', ...along, finds: ['no-entry violated AB'] },
  ]);
}
