// SPDX-License-Identifier: MIT
// Whom a tag beside the fact lets out of it, for how long the fact holds, and a vehicle's own limit beside a clause.
import { meeting, street } from './block.ts';
import { at1And5s, type Drawing, type Drive, scenario, withWayRound } from './scene.ts';

type Tags = Record<string, string>;
const road = (tags: Tags, drives: Drive[]) => scenario(JSON.stringify(tags), withWayRound(tags), drives);
const through = { it: 'through it', drive: 'EABF', kmh: 35 };
const back = { it: 'against the arrow', drive: 'FBAE', kmh: 35 };
const CLOSED = ['no-entry violated AB'];
const AGAINST = ['wrong-way violated -AB'];
const run = { it: 'run', drive: 'ASJB', kmh: 40 };
const stop = (node: Tags, drives: Drive[]) =>
  scenario(
    `a stop line ${JSON.stringify(node)}`,
    meeting({
      nodes: { S: { highway: 'stop', direction: 'forward', ...node } },
      shift: { A: [-60, 0], B: [60, 0], C: [0, 60], D: [0, -60] },
    }),
    drives,
  );

for (const tags of [
  { except: 'right_turn' },
  { 'stop:except': 'left_turn' },
  { traffic_sign: 'US:R1-1,R1-10P' },
  { traffic_sign: 'US:R1-1;US:R1-10P' },
  { vehicle: 'bicycle' },
  { vehicle: 'tram' },
  { 'stop:end_date': '2022' },
  { 'highway:start_date': '2031' },
  { 'traffic_sign:end_date': 'soon' },
] as Tags[]) {
  stop(tags, at1And5s([{ ...run, accuses: [] }]));
}
for (const tags of [
  { except: 'bicycle;tram' },
  { traffic_sign: 'US:R1-1' },
  { 'stop:start_date': '1990' },
  { 'crossing:check_date': '2022' },
] as Tags[]) {
  stop(tags, [{ ...run, it: 'CONTROL: run', finds: ['stop-sign violated S'] }]);
}

for (const tags of [
  { 'motor_vehicle:end_date': '2024-01-01' },
  { 'motor_vehicle:start_date': '2031' },
  { except: 'residents' },
  { 'motor_vehicle:except': 'motorcar' },
  { exempt: 'delivery' },
] as Tags[]) {
  road({ motor_vehicle: 'no', ...tags }, [
    ...at1And5s([{ ...through, finds: ['no-entry undetermined AB: condition_unknowable'] }]),
  ]);
}
for (const tags of [
  { 'motor_vehicle:end_date': '2031' },
  { 'motor_vehicle:start_date': '2020' },
  { 'access:end_date': '2024' },
  { 'oneway:end_date': '2024' },
  { except: 'bicycle;emergency' },
  { 'motor_vehicle:except': 'hgv' },
  { 'oneway:except': 'residents' },
] as Tags[]) {
  road({ motor_vehicle: 'no', ...tags }, [{ ...through, it: 'CONTROL: through it', finds: CLOSED }]);
}

for (const tags of [
  { except: 'residents' },
  { 'oneway:except': 'delivery;bicycle' },
  { 'oneway:exception': 'motorcar' },
  { 'delivery:backward': 'yes' },
  { 'residents:backward': 'designated' },
  { 'hov:backward': 'designated' },
  { 'delivery:backward:conditional': 'yes @ (10:00-14:00)' },
  { 'oneway:end_date': '2020' },
  { 'oneway:start_date': '2031' },
] as Tags[]) {
  road({ oneway: 'yes', ...tags }, at1And5s([{ ...back, accuses: [] }]));
}
for (const tags of [
  { except: 'bicycle' },
  { 'delivery:forward': 'yes' },
  { 'delivery:backward': 'no' },
  { 'delivery:backward:conditional': 'yes @ (22:00-06:00)' },
  { 'hgv:backward': 'destination' },
  { 'coach:backward': 'yes' },
  { 'oneway:end_date': '2031' },
  { 'maxspeed:end_date': '2020' },
] as Tags[]) {
  road({ oneway: 'yes', ...tags }, [{ ...back, it: 'CONTROL: against the arrow', accuses: AGAINST }]);
}
road({ oneway: 'yes', 'motorcar:backward': 'destination' }, [
  { ...back, it: 'CONTROL: through it with no destination there', accuses: ['no-entry violated -AB'] },
]);
road({ oneway: 'yes', 'coach:backward': 'yes' }, [{ ...back, it: 'our bus may be one', vehicle: 'bus', accuses: [] }]);

const turn = (tags: Tags): Drawing => ({
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
  relations: [{ from: 'SX', via: 'X', to: 'WX', tags: { restriction: 'no_left_turn', ...tags } }],
});
for (const end_date of ['2019', '2031']) {
  scenario(`a ban until ${end_date}`, turn({ 'restriction:end_date': end_date }), [
    {
      it: end_date === '2019' ? 'is over' : 'CONTROL: holds',
      drive: 'SXW',
      kmh: 30,
      accuses: end_date === '2019' ? [] : ['turn-ban violated SX>X>WX'],
    },
  ]);
}

// a limit of a vehicle's own, and one by the hour for all
const NIGHT = '2026-10-05T14:00:00Z';
const at = (kmh: number) => ({ it: `at ${kmh}`, drive: 'EABF', kmh });
const UNSURE = ['speeding undetermined AB: limit_interval condition_unknowable'];
const FAST = ['speeding violated AB'];
road({ maxspeed: '60', 'maxspeed:motorcar': '60', 'maxspeed:conditional': '30 @ (22:00-06:00)' }, [
  { ...at(50), finds: [] },
  ...at1And5s([{ ...at(50), it: 'at night', start: NIGHT, finds: UNSURE }]),
  { ...at(75), it: 'CONTROL: faster than both', start: NIGHT, finds: FAST, limit_kmh: 60 },
]);
road({ 'maxspeed:hgv': '40', 'maxspeed:conditional': '60 @ (10:00-14:00)' }, [
  { ...at(55), vehicle: 'large_goods', finds: UNSURE },
  { ...at(75), it: 'CONTROL: faster than both', vehicle: 'large_goods', finds: FAST, limit_kmh: 60 },
  { ...at(55), it: 'CONTROL: at night', vehicle: 'large_goods', start: NIGHT, finds: FAST, limit_kmh: 40 },
]);
road({ 'maxspeed:hgv': '40', 'maxspeed:hgv:conditional': '30 @ (10:00-14:00)', 'maxspeed:conditional': '60 @ wet' }, [
  { ...at(38), it: 'CONTROL: of its own by the hour', vehicle: 'large_goods', finds: FAST, limit_kmh: 30 },
]);
road({ maxspeed: '60', 'maxspeed:lanes:conditional': '40|60 @ (10:00-14:00)' }, [
  { ...at(38), finds: [] },
  { ...at(55), it: 'in which lane?', finds: UNSURE },
  { ...at(75), it: 'CONTROL: too fast in each', finds: FAST, limit_kmh: 60 },
  { ...at(55), it: 'at night', start: NIGHT, finds: [] },
  { ...at(75), it: 'CONTROL: at night', start: NIGHT, finds: FAST, limit_kmh: 60 },
]);
