// SPDX-License-Identifier: MIT
// Wrong way: driving against a one-way street, and what only looks like it.
import { block, street } from './block.ts';
import { scenario } from './scene.ts';

// Seed 1 has a bias of 6 m and more to the side: the fixes may lie on a road that the map lacks.
scenario('a one-way street', block({ oneway: 'yes' }), [
  { it: 'with it', drive: 'EABF', kmh: 35, finds: [], route: 'EA AB BF' },
  { it: 'against it', drive: 'FBAE', kmh: 35, finds: ['wrong-way violated -AB'], route: '-BF -AB -EA' },
  { it: 'around it', drive: 'FBDCAE', kmh: 35, finds: [], route: '-BF BD -CD -AC -EA' },
  {
    it: 'against it, a fix every 10 s',
    drive: 'FBAE',
    kmh: 35,
    interval_s: 10,
    seeds: [2, 3, 4],
    finds: ['wrong-way violated -AB'],
  },
  { it: 'against it, positions only', drive: 'FBAE', kmh: 35, withSpeed: false, finds: ['wrong-way violated -AB'] },
  {
    it: 'with it, positions only, poor reception',
    drive: 'EABF',
    kmh: 35,
    withSpeed: false,
    sigma_m: 8,
    seeds: [2, 3, 4],
    finds: [],
    route: 'EA AB BF',
  },
  { it: 'nothing received inside', drive: 'FBAE', kmh: 35, silent: 'BA', finds: [] },
]);

scenario('oneway=-1', block({ oneway: '-1' }), [
  { it: 'with it', drive: 'FBAE', kmh: 35, finds: [] },
  { it: 'against it', drive: 'EABF', kmh: 35, finds: ['wrong-way violated AB'] },
]);

scenario('cycles may ride against it', block({ oneway: 'yes', 'oneway:bicycle': 'no', cycleway: 'opposite_lane' }), [
  { it: 'a car with it', drive: 'EABF', kmh: 35, finds: [] },
  { it: 'a car against it', drive: 'FBAE', kmh: 35, finds: ['wrong-way violated -AB'] },
]);

scenario('buses may drive against it', block({ oneway: 'yes', 'oneway:psv': 'no' }), [
  { it: 'a car against it', drive: 'FBAE', kmh: 35, finds: ['wrong-way violated -AB'] },
  { it: 'a bus against it', drive: 'FBAE', kmh: 35, vehicle: 'bus', finds: [], route: '-BF -AB -EA' },
]);

scenario(
  'a bus lane against the one-way street (busway=opposite_lane)',
  block({ oneway: 'yes', busway: 'opposite_lane' }),
  [
    { it: 'a bus against it', drive: 'FBAE', kmh: 35, vehicle: 'bus', finds: [] },
    { it: 'a car against it', drive: 'FBAE', kmh: 35, finds: ['wrong-way violated -AB'] },
  ],
);

scenario('one-way for cycles only', block({ 'oneway:bicycle': 'yes' }), [
  { it: 'a car against it', drive: 'FBAE', kmh: 35, finds: [] },
]);

scenario('reversible', block({ oneway: 'reversible' }), [
  { it: 'one way', drive: 'FBAE', kmh: 35, finds: [] },
  { it: 'and the other', drive: 'EABF', kmh: 35, finds: [] },
]);

scenario('lifted at night', block({ oneway: 'yes', 'oneway:conditional': 'no @ (22:00-06:00)' }), [
  { it: 'against it by day', drive: 'FBAE', kmh: 35, finds: ['wrong-way violated -AB'] },
  { it: 'against it at night', drive: 'FBAE', kmh: 35, start: '2026-10-05T13:30:00Z', finds: [] },
  { it: 'with it', drive: 'EABF', kmh: 35, finds: [] },
]);

scenario(
  'a short one-way piece',
  {
    map: `
      E------A-B-------F
             |
             G
    `,
    metres: 15,
    ways: { EA: street, AB: { ...street, oneway: 'yes' }, BF: street, AG: street },
  },
  [
    { it: 'against 30 m of it', drive: 'FBAE', kmh: 30, finds: ['wrong-way undetermined -AB'] },
    { it: 'with it', drive: 'EABF', kmh: 30, finds: [] },
  ],
);

scenario(
  'a parking place beside a one-way street',
  {
    map: `
                    P
                    |
                    |
                    |
      E-------A-----KL--------B-------F
    `,
    metres: 12,
    ways: {
      EA: street,
      AKLB: { ...street, oneway: 'yes' },
      BF: street,
      KP: { highway: 'service', service: 'parking_aisle' },
    },
  },
  [
    { it: 'past it and back into it', drive: 'EAKLKP', kmh: { E: 30, L: 5 }, stop: { L: 3 }, finds: [] },
    { it: 'out of it with the street', drive: 'PKLBF', kmh: 30, finds: [], route: '-KP AKLB BF' },
  ],
);

const dual = {
  map: `
      A---------------------------B
      C---------------------------D
    `,
  metres: 18,
  ways: {
    BA: { highway: 'primary', oneway: 'yes' },
    CD: { highway: 'primary', oneway: 'yes' },
  },
};

scenario('a dual carriageway, 18 m apart', dual, [
  { it: 'eastward on the southern one', drive: 'CD', kmh: 50, finds: [], route: 'CD' },
  { it: 'westward on the northern one', drive: 'BA', kmh: 50, finds: [], route: 'BA' },
  {
    it: 'eastward on the northern one',
    drive: 'AB',
    kmh: 50,
    seeds: [2, 3, 4],
    finds: ['wrong-way violated -BA'],
    route: '-BA',
  },
  // Half way to the other carriageway, and so as well an error of a drive on that one.
  { it: 'eastward on the northern one, 6 m to the south on average', drive: 'AB', kmh: 50, seeds: [1], finds: [] },
  {
    it: 'lawful with an offset of a lane towards the other',
    drive: 'CD',
    kmh: 50,
    lateral_m: 5,
    finds: [],
    route: 'CD',
  },
]);

scenario(
  'a motorway is one-way by its class',
  {
    map: `
      A--------------------B
    `,
    metres: 20,
    ways: { AB: { highway: 'motorway' } },
  },
  [
    { it: 'with it', drive: 'AB', kmh: 80, finds: [] },
    { it: 'against it', drive: 'BA', kmh: 80, seeds: [2, 3, 4], finds: ['wrong-way violated -AB'] },
  ],
);

/** Eight nodes of a circle of 48 m around the middle of the drawing. */
const ring = (order: string) => ({
  map: `
                  N


                  1
               8     2

      W------7           3------E

               6     4
                  5


                  S
    `,
  metres: 8,
  ways: { [order]: { ...street, junction: 'roundabout' }, W7: street, '3E': street, N1: street, '5S': street },
  shift: {
    W: [-60, 0] as [number, number],
    E: [60, 0] as [number, number],
    N: [0, 60] as [number, number],
    S: [0, -60] as [number, number],
  },
});

scenario('a roundabout where one drives on the left: clockwise', ring('123456781'), [
  { it: 'clockwise, three quarters', drive: 'W7812345S', kmh: 30, finds: [], route: 'W7 123456781 5S' },
  { it: 'the short way round to the right', drive: 'W765S', kmh: 30, finds: ['wrong-way violated -123456781'] },
  { it: 'straight over', drive: 'W78123E', kmh: 30, finds: [] },
]);

scenario('a roundabout where one drives on the right: anticlockwise', ring('187654321'), [
  {
    it: 'anticlockwise, straight over',
    drive: 'W76543E',
    kmh: 30,
    lateral_m: -1.5,
    finds: [],
    route: 'W7 187654321 3E',
  },
  { it: 'clockwise', drive: 'W78123E', kmh: 30, lateral_m: -1.5, finds: ['wrong-way violated -187654321'] },
]);
