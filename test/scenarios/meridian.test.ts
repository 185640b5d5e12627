// SPDX-License-Identifier: MIT
// A street over the 180th meridian, as on Taveuni: neither the map nor the drive is 40,000 km long there.
import { at1And5s, scenario } from './scene.ts';

const street = { highway: 'residential', maxspeed: '60' };
const oneWay = { ...street, oneway: 'yes' };
const drawing = (
  ways: Record<string, Record<string, string>>,
  nodes: Record<string, Record<string, string>> = {},
  west = 179.994,
) => ({
  map: `
    A-----B--C-SD-----E
          |     |
          F     G
  `,
  metres: 60,
  ways: { ...ways, BF: street, DG: street },
  nodes,
  shift: { S: [50, 0] } as Record<string, [number, number]>,
  origin: [-16.8, west] as [number, number],
});
const drive = { kmh: 40, seeds: [1, 2] };
const control = { ...drive, profile: 'jp', withSpeed: true };

for (const [name, before, after, ways] of [
  ['a way over it', 'ABCSDE', 'ABCSDE', { ABCSDE: oneWay }],
  ['two ways that meet beside it', 'ABC', 'CSDE', { ABC: oneWay, CSDE: oneWay }],
] as const) {
  scenario(name, drawing(ways, { S: { highway: 'stop', direction: 'forward' } }), [
    ...at1And5s([{ it: 'lawful', ...drive, drive: 'ABCSDE', stop: { S: 8 }, accuses: [] }]),
    { it: 'lawful, from positions alone', ...drive, drive: 'ABCSDE', stop: { S: 8 }, withSpeed: false, accuses: [] },
    { it: 'CONTROL: against the arrow', ...control, drive: 'EDSCBA', accuses: [`wrong-way violated -${after}`] },
    {
      it: 'CONTROL: too fast',
      ...control,
      kmh: 90,
      drive: 'ABCSDE',
      stop: { S: 8 },
      accuses: [`speeding violated ${before}`, `speeding violated ${after}`],
    },
    { it: 'CONTROL: past a stop sign', ...control, drive: 'ABCSDE', accuses: ['stop-sign violated S'] },
  ]);
}

// the meridian lies 9 m east of the sign, 76 m west of it, 2 m west of it and in the middle of a long piece
for (const west of [179.991, 179.9918, 179.99111, 179.9929]) {
  scenario(`a sign near it, from ${west}`, drawing({ ABCSDE: oneWay }, { S: { highway: 'stop' } }, west), [
    ...at1And5s([{ it: 'lawful', ...drive, drive: 'ABCSDE', stop: { S: 8 }, accuses: [] }]),
    { it: 'CONTROL: past the sign', ...control, drive: 'ABCSDE', finds: ['stop-sign violated S'], route: 'ABCSDE' },
    { it: 'CONTROL: it was kept', ...control, drive: 'ABCSDE', stop: { S: 8 }, finds: ['stop-sign complied S'] },
    { it: 'CONTROL: against the arrow', ...control, drive: 'EDSCBA', accuses: ['wrong-way violated -ABCSDE'] },
    {
      it: 'CONTROL: too fast is one event',
      ...control,
      kmh: 90,
      drive: 'ABCSDE',
      accuses: ['speeding violated ABCSDE', 'stop-sign violated S'],
    },
  ]);
}

// a junction right beside it, whose roads lie on the other side
const crossroads = (west: number) => ({
  map: `
             N
             |
      A----S-J-----B
             |
             M`,
  metres: 20,
  ways: { ASJ: street, JB: { highway: 'secondary' }, NJ: street, JM: { highway: 'secondary' } },
  nodes: { S: { highway: 'stop', direction: '270' } },
  relations: [{ from: 'ASJ', via: 'J', to: 'NJ', tags: { restriction: 'no_left_turn' } }],
  origin: [-16.8, west] as [number, number],
  shift: { A: [-80, 0], B: [80, 0], N: [0, 80], M: [0, -80] } as Record<string, [number, number]>,
});
for (const west of [179.99752, 179.99802, 179.99715]) {
  scenario(`a junction near it, from ${west}`, crossroads(west), [
    { it: 'straight on', ...drive, drive: 'ASJB', stop: { S: 8 }, accuses: [] },
    { it: 'the other way', ...drive, drive: 'BJSA', accuses: [] },
    {
      it: 'CONTROL: to the left, past the sign',
      ...drive,
      kmh: 30,
      drive: 'ASJN',
      accuses: ['stop-sign violated S', 'turn-ban violated ASJ>J>NJ'],
    },
  ]);
}

// a street right on it, whose fixes lie on both sides
for (const west of [179.9983114, 179.9983117, 179.9983111]) {
  const along = {
    map: `
      N
      |
      |
   A--J--B
      |
      S
      |
      M`,
    metres: 60,
    ways: { AJ: street, JB: street, NJ: oneWay, JSM: oneWay },
    nodes: { S: { highway: 'stop', direction: 'forward' } },
    origin: [-16.8, west - 0.0016887] as [number, number],
  };
  scenario(`a street on it, from ${west}`, along, [
    ...['A', 'B', 'N'].map((from) => ({
      it: `lawful from ${from}`,
      ...drive,
      drive: `${from}JSM`,
      stop: { S: 8 },
      finds: ['stop-sign complied S'],
      off_road: 0,
    })),
    ...['A', 'B', 'N'].map((from) => ({
      it: `CONTROL: past the sign from ${from}`,
      ...drive,
      drive: `${from}JSM`,
      accuses: ['stop-sign violated S'],
      off_road: 0,
    })),
    { it: 'CONTROL: against the arrow', ...drive, drive: 'MSJB', accuses: ['wrong-way violated -JSM'], off_road: 0 },
  ]);
}

// two one-way streets, one on each side, two metres from it
const fast = { highway: 'secondary', maxspeed: '60', oneway: 'yes' };
const twoSides = {
  map: `
   A    C
   |    |
   |    |
   |    |
   |    |
   |    |
   |    |
   B    D`,
  metres: 60,
  ways: { AB: fast, DC: { ...fast, maxspeed: '40' }, AC: street, BD: street },
  shift: { A: [118, 0], B: [118, 0], C: [-178, 0], D: [-178, 0] } as Record<string, [number, number]>,
  origin: [-16.8, 179.9971857] as [number, number],
};
scenario('a street on each side of it', twoSides, [
  { it: 'lawful to the south', ...drive, kmh: 50, drive: 'AB', accuses: [], off_road: 0 },
  {
    it: 'lawful, the receiver on the other side',
    ...drive,
    kmh: 50,
    drive: 'AB',
    lateral_m: 6,
    accuses: [],
    off_road: 0,
  },
  { it: 'lawful to the north', ...drive, kmh: 36, drive: 'DC', accuses: [], off_road: 0 },
  { it: 'CONTROL: too fast', ...drive, kmh: 90, drive: 'AB', accuses: ['speeding violated AB'] },
]);
