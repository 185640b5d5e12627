// SPDX-License-Identifier: MIT
// Speeds and courses that contradict the positions: undetermined, and beside it what both show.
import { scenario } from './scene.ts';

const road = {
  map: `
      A-----------------------------B
    `,
  metres: 30,
  ways: { AB: { highway: 'secondary', maxspeed: '60' } },
};
const everySeed = { seeds: [1, 2, 3, 4, 5, 6] };

scenario('a road signed 60, and speeds that say otherwise than the positions', road, [
  { it: 'at 50, as the speeds say', ...everySeed, drive: 'AB', kmh: 50, finds: [] },
  { it: 'at 80, as the speeds say', ...everySeed, drive: 'AB', kmh: 80, finds: ['speeding violated AB'] },
  {
    it: 'seven seconds of 103 at 50',
    ...everySeed,
    drive: 'AB',
    kmh: 50,
    told: { from_s: 20, to_s: 27, kmh: 103 },
    finds: ['speeding undetermined AB: speed_contradicted'],
  },
  {
    it: 'thirty seconds of 103 at 50',
    ...everySeed,
    drive: 'AB',
    kmh: 50,
    told: { from_s: 15, to_s: 45, kmh: 103 },
    finds: ['speeding undetermined AB: speed_contradicted'],
  },
  {
    it: 'twelve seconds of 255 at 50, a fix every 2 s',
    ...everySeed,
    drive: 'AB',
    kmh: 50,
    interval_s: 2,
    told: { from_s: 20, to_s: 32, kmh: 255 },
    finds: ['speeding undetermined AB: speed_contradicted'],
  },
  { it: 'another unit at 50', ...everySeed, drive: 'AB', kmh: 50, told: { times: 1.852 }, finds: [] },
  {
    it: 'another unit at 80',
    ...everySeed,
    drive: 'AB',
    kmh: 80,
    told: { times: 1.852 },
    finds: ['speeding violated AB'],
  },
  {
    it: 'miles an hour at 80, or a clock that runs at another pace',
    ...everySeed,
    drive: 'AB',
    kmh: 80,
    told: { times: 0.621 },
    finds: ['speeding undetermined AB: speed_contradicted'],
  },
  {
    it: 'at 40, the times written at half pace',
    ...everySeed,
    drive: 'AB',
    kmh: 80,
    told: { times: 0.5 },
    finds: ['speeding undetermined AB: speed_contradicted'],
  },
  { it: 'always 0 at 50', ...everySeed, drive: 'AB', kmh: 50, told: { times: 0 }, finds: [] },
  { it: 'always 0 at 80', ...everySeed, drive: 'AB', kmh: 80, told: { times: 0 }, finds: ['speeding violated AB'] },
]);

scenario('the same on 2.6 km', { ...road, metres: 90 }, [
  {
    it: 'at 58, and a fifth too much told for half a minute',
    ...everySeed,
    drive: 'AB',
    kmh: 58,
    told: { from_s: 40, to_s: 70, times: 1.2 },
    accuses: [],
  },
  {
    it: 'at 80, and 40 told for a while: before and after it both show 80',
    ...everySeed,
    drive: 'AB',
    kmh: 80,
    told: { from_s: 50, to_s: 67, kmh: 40 },
    finds: ['speeding violated AB', 'speeding undetermined AB: speed_contradicted', 'speeding violated AB'],
  },
]);

const line = {
  map: `
      A---------S----------B
    `,
  metres: 20,
  ways: { ASB: { highway: 'residential' } },
  nodes: { S: { highway: 'stop', direction: 'forward' } },
};

scenario('a stop line, and speeds that say otherwise than the positions', line, [
  { it: 'stopped at', drive: 'ASB', kmh: 30, stop: { S: 4 }, finds: ['stop-sign complied S'] },
  { it: 'run', drive: 'ASB', kmh: 30, finds: ['stop-sign violated S'] },
  {
    it: 'stopped at for ten seconds, and 20 told all the while',
    drive: 'ASB',
    kmh: 30,
    stop: { S: 10 },
    told: { from_s: 25, to_s: 45, kmh: 20 },
    finds: ['stop-sign undetermined S: speed_contradicted'],
  },
  {
    it: 'stopped at for four seconds, and 20 told all the while',
    drive: 'ASB',
    kmh: 30,
    stop: { S: 4 },
    told: { from_s: 25, to_s: 39, kmh: 20 },
    finds: ['stop-sign undetermined S: speed_contradicted'],
  },
  {
    it: 'run, and a standstill told',
    drive: 'ASB',
    kmh: 30,
    told: { from_s: 22, to_s: 32, kmh: 0 },
    finds: ['stop-sign undetermined S: speed_contradicted'],
  },
  { it: 'stopped at, and always 0 told', drive: 'ASB', kmh: 30, stop: { S: 4 }, told: { times: 0 }, accuses: [] },
  { it: 'run, and always 0 told', drive: 'ASB', kmh: 30, told: { times: 0 }, accuses: ['stop-sign violated S'] },
]);

scenario(
  'a one-way street, and courses that say otherwise than the positions',
  {
    map: `
      A---------B-----------------C--------D
    `,
    metres: 20,
    ways: {
      AB: { highway: 'residential' },
      BC: { highway: 'residential', oneway: 'yes' },
      CD: { highway: 'residential' },
    },
  },
  [
    { it: 'driven against', drive: 'DCBA', kmh: 30, finds: ['wrong-way violated -BC'] },
    { it: 'driven along, courses reversed', drive: 'ABCD', kmh: 30, courseTurned: 180, accuses: [] },
    {
      it: 'driven against, courses reversed',
      drive: 'DCBA',
      kmh: 30,
      courseTurned: 180,
      finds: ['wrong-way undetermined -BC: course_contradicted'],
    },
  ],
);
