// SPDX-License-Identifier: MIT
// Several rules on one drive, and clocks, jumps and vehicles that make a log hard to read.
import { meeting, street } from './block.ts';
import { scenario } from './scene.ts';

scenario(
  'a drive that breaks every rule',
  {
    map: `
      A--------S-B---------C---------D----------E
                 |         |         |
                 |         |         |
                 |         |         |
                 |         |         |
                 F---------G---------H
    `,
    metres: 18,
    ways: {
      ASB: street,
      BC: { ...street, maxspeed: '30' },
      CD: { ...street, oneway: '-1' },
      DE: street,
      BF: { highway: 'secondary' },
      CG: street,
      DH: { ...street, motor_vehicle: 'no' },
      GH: street,
      FG: street,
    },
    nodes: { S: { highway: 'stop', direction: 'forward' } },
    relations: [{ from: 'BC', via: 'C', to: 'CD', tags: { restriction: 'no_straight_on' } }],
    shift: { A: [-40, 0], E: [40, 0] },
  },
  [
    {
      it: 'stop line, speed, banned turn, one-way street, closed street',
      drive: 'ASBCDHG',
      kmh: { A: 40, B: 55, C: 40, D: 30 },
      finds: [
        'stop-sign violated S',
        'speeding violated BC',
        'turn-ban violated BC>C>CD',
        'wrong-way violated CD',
        'no-entry violated DH',
      ],
      route: 'ASB BC CD DH -GH',
    },
    {
      it: 'the lawful way round',
      drive: 'ASBFGHG',
      kmh: 28,
      stop: { S: 3 },
      finds: ['stop-sign complied S'],
      route: 'ASB BF FG GH -GH',
    },
  ],
);

scenario(
  'a one-way street with a stop line at its end, driven against',
  meeting({
    metres: 14,
    ways: { ASJ: { ...street, oneway: 'yes' }, JB: street, CJ: street, JD: street },
    nodes: { S: { highway: 'stop' } },
    shift: { A: [-40, 0], C: [0, 60], D: [0, -60] },
  }),
  [
    { it: 'against it: the line is not for it', drive: 'BJSA', kmh: 35, finds: ['wrong-way violated -ASJ'] },
    { it: 'with it: the line is', drive: 'ASJB', kmh: 35, finds: ['stop-sign violated S'] },
  ],
);

scenario(
  'one stop line, several vehicles and receivers',
  {
    map: `
      A-----------S-J----------B
                    |
                    C
    `,
    metres: 14,
    ways: { ASJ: { ...street, maxspeed: '40' }, JB: street, JC: { highway: 'secondary' } },
    nodes: { S: { highway: 'stop', direction: 'forward' } },
    shift: { C: [0, -60] },
  },
  [
    { it: 'a motorcycle at the line', drive: 'ASJB', kmh: 38, vehicle: 'motorcycle', finds: ['stop-sign violated S'] },
    {
      it: 'a bus that stands at the line',
      drive: 'ASJB',
      kmh: 38,
      vehicle: 'bus',
      stop: { S: 3 },
      finds: ['stop-sign complied S'],
    },
    {
      it: 'the position jumps once at the line',
      drive: 'ASJB',
      kmh: 38,
      stop: { S: 3 },
      spike: { 12: [70, 90] },
      finds: ['stop-sign complied S'],
    },
    { it: 'a fix every 0.5 s', drive: 'ASJB', kmh: 38, interval_s: 0.5, finds: ['stop-sign violated S'] },
    { it: 'poor reception, sigma 8 m', drive: 'ASJB', kmh: 38, sigma_m: 8, finds: ['stop-sign violated S'] },
    { it: 'poor Doppler, 0.5 m/s', drive: 'ASJB', kmh: 38, sigmaSpeed_mps: 0.5, stop: { S: 3 }, accuses: [] },
    { it: 'the rule is switched off', drive: 'ASJB', kmh: 38, settings: { 'rules.stop_sign': false }, finds: [] },
  ],
);

scenario(
  'a road that crosses the edges of many tiles',
  {
    map: `
      A---------------------S-B------------------------------C
                              |
                              |
                              D
    `,
    metres: 100,
    ways: {
      ASB: { highway: 'primary', maxspeed: '50' },
      BC: { highway: 'primary', oneway: 'yes', maxspeed: '60' },
      BD: street,
    },
    nodes: { S: { highway: 'stop', direction: 'forward' } },
    shift: { S: [80, 0] },
  },
  [
    {
      it: 'lawful over 5 km',
      drive: 'ASBC',
      kmh: { A: 49, B: 58 },
      stop: { S: 3 },
      finds: ['stop-sign complied S'],
      route: 'ASB BC',
    },
    { it: 'against the one-way part for 3 km', drive: 'CBD', kmh: 50, seeds: [1], finds: ['wrong-way violated -BC'] },
  ],
);
