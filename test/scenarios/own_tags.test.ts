// SPDX-License-Identifier: MIT
// A vehicle's own tag goes before a clause for all; a tag of coaches, or one that nobody understands, may hold.
import { type Drive, scenario, withWayRound } from './scene.ts';

type Tags = Record<string, string>;
const with_ = (tags: Tags, drives: Drive[]) => scenario(JSON.stringify(tags), withWayRound(tags), drives);
// START is Monday noon in Tokyo
const NIGHT = '2026-10-05T13:00:00Z';
const FOUR = '2026-10-05T07:00:00Z';
const through = { drive: 'EABF', kmh: 35 };
const back = { drive: 'FBAE', kmh: 35, seeds: [2, 3] };
const at = (kmh: number) => ({ drive: 'EABF', kmh, seeds: [2, 3] });
const CLOSED = ['no-entry violated AB'];
const AGAINST = ['wrong-way violated -AB'];
const FAST = ['speeding violated AB'];

// access
with_({ 'vehicle:conditional': 'no @ (10:00-14:00)', bus: 'yes' }, [
  { it: 'a bus', ...through, vehicle: 'bus', accuses: [] },
  { it: 'CONTROL: a car', ...through, accuses: CLOSED },
]);
with_({ access: 'no', 'motorcar:conditional': 'yes @ (10:00-14:00)' }, [
  { it: 'in the hours', ...through, finds: ['no-entry complied AB'] },
  { it: 'CONTROL: at night', ...through, start: NIGHT, finds: CLOSED },
  { it: 'CONTROL: a lorry in the hours', ...through, vehicle: 'large_goods', finds: CLOSED },
]);
with_({ 'motor_vehicle:forward': 'no', bus: 'yes' }, [
  { it: 'a bus', ...through, vehicle: 'bus', finds: [] },
  { it: 'CONTROL: a car', ...through, finds: CLOSED },
  { it: 'a car the other way', ...back, finds: [] },
]);

// one-way
for (const tags of [
  { 'oneway:bus': 'no' },
  { 'oneway:coach': 'no' },
  { busway: 'opposite_lane' },
  { psv: 'opposite' },
] as Tags[]) {
  with_({ 'oneway:conditional': 'yes @ (10:00-14:00)', ...tags }, [
    { it: 'a bus against it', ...back, vehicle: 'bus', accuses: [] },
    { it: 'CONTROL: a car', ...back, accuses: AGAINST },
  ]);
}
with_({ oneway: 'no', 'oneway:hgv': 'yes', 'oneway:conditional': 'no @ (10:00-14:00)' }, [
  { it: 'CONTROL: a lorry', ...back, vehicle: 'large_goods', accuses: AGAINST, tags: ['oneway:hgv=yes'] },
  { it: 'a car', ...back, accuses: [] },
]);
with_({ oneway: 'reversible', 'oneway:conditional': 'yes @ (10:00-14:00); -1 @ (15:00-19:00)' }, [
  { it: 'CONTROL: against it in the morning', ...back, accuses: AGAINST },
  { it: 'along it in the morning', ...through, accuses: [] },
  {
    it: 'CONTROL: against it in the evening',
    ...through,
    start: FOUR,
    seeds: [2, 3],
    accuses: ['wrong-way violated AB'],
  },
  { it: 'along it in the evening', ...back, start: FOUR, accuses: [] },
  { it: 'at night', ...back, start: NIGHT, accuses: [] },
]);
for (const key of ['motorcycle', 'moped'] as const) {
  with_({ oneway: 'yes', [`oneway:${key}`]: 'no' }, [
    { it: 'of its own', ...back, vehicle: key, accuses: [] },
    { it: 'CONTROL: a car', ...back, accuses: AGAINST },
  ]);
}

// limits
with_({ maxspeed: '80', 'maxspeed:coach': '100' }, [
  { it: 'our bus may be a coach', ...at(95), vehicle: 'bus', accuses: [] },
  { it: 'CONTROL: a coach may not either', ...at(115), vehicle: 'bus', accuses: FAST, limit_kmh: 100 },
  { it: 'CONTROL: a car', ...at(95), accuses: FAST, limit_kmh: 80 },
]);
with_({ maxspeed: '100', 'maxspeed:bus': '60', 'maxspeed:coach': '80' }, [
  { it: 'our bus may be a coach', ...at(75), vehicle: 'bus', accuses: [] },
  { it: 'CONTROL: too fast for both', ...at(95), vehicle: 'bus', accuses: FAST, limit_kmh: 80 },
]);
for (const part of ['summer', 'night', 'whatever']) {
  with_({ maxspeed: '30', [`maxspeed:${part}`]: '60' }, [
    { it: 'may hold', ...at(55), accuses: [] },
    { it: 'CONTROL: faster than both', ...at(75), accuses: FAST, limit_kmh: 60 },
  ]);
}
with_({ maxspeed: '60', 'maxspeed:children_present': '30' }, [
  { it: 'a lower one binds nobody for sure, and is not told', ...at(55), finds: [] },
]);
with_({ maxspeed: '80', 'maxspeed:trailer': '40' }, [
  { it: 'CONTROL: a trailer', ...at(60), vehicle: 'trailer', accuses: FAST, limit_kmh: 40 },
  { it: 'a lorry without one', ...at(60), vehicle: 'large_goods', accuses: [] },
]);
with_({ maxspeed: '40', 'maxspeed:hgv': 'none', 'maxspeed:bus': 'signals' }, [
  { it: 'a lorry', ...at(60), vehicle: 'large_goods', accuses: [] },
  { it: 'a bus', ...at(60), vehicle: 'bus', accuses: [] },
  { it: 'CONTROL: a car', ...at(60), accuses: FAST },
]);
