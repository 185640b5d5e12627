// SPDX-License-Identifier: MIT
// Limits per lane, direction and vehicle, in their order; figures that no sign has.
import { at1And5s, scenario } from './scene.ts';

const street = { highway: 'tertiary' };
const drawing = (tags: Record<string, string>) => ({
  map: `
      E-----A-----------------------B-----F
  `,
  metres: 25,
  ways: { AB: { ...street, ...tags }, EA: street, BF: street },
});
const at = (kmh: number) => ({ drive: 'EABF', kmh });
const back = (kmh: number) => ({ drive: 'FBAE', kmh });
const FAST = ['speeding violated AB'];

scenario('maxspeed:lanes:forward before maxspeed', drawing({ maxspeed: '80', 'maxspeed:lanes:forward': '40|40' }), [
  ...at1And5s([
    { it: 'forward at 60', ...at(60), accuses: FAST, limit_kmh: 40, tags: ['maxspeed:lanes:forward=40|40'] },
  ]),
  { it: 'backward at 60', ...back(60), accuses: [] },
]);
scenario(
  'lanes of both directions alone',
  drawing({ 'maxspeed:lanes:forward': '40|40', 'maxspeed:lanes:backward': '80|80' }),
  [
    { it: 'forward at 60', ...at(60), accuses: FAST, limit_kmh: 40 },
    { it: 'backward at 60', ...back(60), accuses: [] },
    { it: 'CONTROL: backward at 100', ...back(100), accuses: ['speeding violated -AB'], limit_kmh: 80 },
  ],
);
scenario('a lane without a limit', drawing({ 'maxspeed:lanes': '80|none' }), [
  { it: 'at 110', ...at(110), accuses: [] },
]);
scenario('a lane that says nothing has the limit of the road', drawing({ maxspeed: '70', 'maxspeed:lanes': '50|' }), [
  { it: 'at 65: by the lane', ...at(65), finds: ['speeding undetermined AB: limit_interval'] },
  { it: 'CONTROL: at 95', ...at(95), accuses: FAST, limit_kmh: 70 },
]);
scenario(
  "a lorry's own limit and one by the hour for all",
  drawing({ maxspeed: '100', 'maxspeed:hgv': '60', 'maxspeed:conditional': '80 @ (10:00-14:00)' }),
  [
    { it: 'a lorry at 75', ...at(75), vehicle: 'large_goods', accuses: FAST, limit_kmh: 60, tags: ['maxspeed:hgv=60'] },
    { it: 'a car at 75', ...at(75), accuses: [] },
    { it: 'CONTROL: a car at 95', ...at(95), accuses: FAST, limit_kmh: 80 },
  ],
);
scenario(
  'a clause for lorries before their own limit',
  drawing({ 'maxspeed:hgv': '40', 'maxspeed:hgv:conditional': '70 @ (10:00-14:00)' }),
  [{ it: 'a lorry at 65', ...at(65), vehicle: 'large_goods', accuses: [] }],
);
for (const maxspeed of ['1', '2', '3', '4', '2 mph']) {
  scenario(`maxspeed=${maxspeed} is a slip`, drawing({ maxspeed }), [{ it: 'at 50', ...at(50), accuses: [] }]);
}
scenario('a slip by the hour', drawing({ maxspeed: '60', 'maxspeed:conditional': '3 @ (10:00-14:00)' }), [
  { it: 'at 50', ...at(50), accuses: [] },
]);
scenario('CONTROL: maxspeed=5', drawing({ maxspeed: '5' }), [{ it: 'at 50', ...at(50), accuses: FAST, limit_kmh: 5 }]);
