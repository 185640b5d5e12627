// SPDX-License-Identifier: MIT
// Lawful drives that look like violations: none may be accused, whatever the noise.
import { type Drive, scenario } from './scene.ts';

const street = { highway: 'residential' };
const SEEDS = Array.from({ length: 12 }, (_, i) => i + 1);

const lawful = (drives: Omit<Drive, 'accuses' | 'seeds'>[]): Drive[] =>
  drives.map((drive) => ({ ...drive, accuses: [], seeds: SEEDS }));

/** A circle of radius_m around the middle of the drawing, its eight nodes clockwise from the north. */
function ring(radius_m: number) {
  const shift: Record<string, [number, number]> = {};
  for (let i = 0; i < 8; i++) {
    const angle = (i * Math.PI) / 4;
    shift[`${i + 1}`] = [radius_m * Math.sin(angle), radius_m * Math.cos(angle)];
  }
  return {
    map: `
      1 2 3 4 5 6 7 8 N E S W
    `,
    metres: 0,
    ways: { '123456781': { ...street, junction: 'roundabout' }, W7: street, '3E': street, N1: street, '5S': street },
    shift: { ...shift, N: [0, 160], E: [160, 0], S: [0, -160], W: [-160, 0] } as Record<string, [number, number]>,
  };
}

for (const radius of [9, 15]) {
  scenario(
    `a roundabout of ${radius} m`,
    ring(radius),
    lawful([
      { it: 'straight over', drive: 'W78123E', kmh: 25 },
      { it: 'the third exit', drive: 'W7812345S', kmh: 25 },
      { it: 'the first exit', drive: 'W781N', kmh: 25 },
      { it: 'all the way round', drive: 'W78123456' + '7W', kmh: 25 },
      { it: 'straight over, sigma 6 m', drive: 'W78123E', kmh: 25, sigma_m: 6 },
    ]),
  );
}

scenario(
  'a one-way street beside a two-way one, 16 m apart',
  {
    map: `
      A---------------------B
      C---------------------D
      |                     |
      E                     F
    `,
    metres: 16,
    ways: { BA: { ...street, oneway: 'yes' }, CD: street, AC: street, BD: street, CE: street, DF: street },
    shift: { E: [0, -60], F: [0, -60] },
  },
  lawful([
    { it: 'along the two-way street, against the other', drive: 'ECDF', kmh: 40 },
    { it: 'the same with sigma 5 m', drive: 'ECDF', kmh: 40, sigma_m: 5 },
    { it: 'the same, positions only', drive: 'ECDF', kmh: 40, withSpeed: false },
    { it: 'the same, a fix every 5 s', drive: 'ECDF', kmh: 40, interval_s: 5 },
  ]),
);

scenario(
  'a junction where turning round and turning right are forbidden',
  {
    map: `
               N
               |
               |
               |
               |
      W--------X--------E
               |
               |
               |
               |
               S
    `,
    metres: 18,
    ways: { WX: street, XE: street, NX: street, XS: street },
    relations: [
      { from: 'WX', via: 'X', to: 'WX', tags: { restriction: 'no_u_turn' } },
      { from: 'WX', via: 'X', to: 'XS', tags: { restriction: 'no_right_turn' } },
    ],
  },
  lawful([
    { it: 'stood for a minute at the line, then straight on', drive: 'WXE', kmh: 40, stop: { X: 60 } },
    { it: 'the same with sigma 6 m', drive: 'WXE', kmh: 40, stop: { X: 60 }, sigma_m: 6 },
    { it: 'stood, then left', drive: 'WXN', kmh: 40, stop: { X: 60 } },
    { it: 'straight on, a fix every 10 s', drive: 'WXE', kmh: 40, interval_s: 10 },
    { it: 'left, a fix every 10 s', drive: 'WXN', kmh: 40, interval_s: 10 },
    { it: 'straight on, positions only', drive: 'WXE', kmh: 40, withSpeed: false, stop: { X: 30 } },
  ]),
);

scenario(
  'right is forbidden at X and allowed by the slip road and at Y',
  {
    map: `
      W--------P--X--Y--------E
                \\ |  |
                 QR  |
                  |  |
                  |  |
                  |  |
                  S  T
    `,
    metres: 18,
    ways: {
      WPX: street,
      XY: street,
      YE: street,
      XRS: street,
      YT: street,
      PQR: { highway: 'residential', oneway: 'yes' },
    },
    relations: [{ from: 'WPX', via: 'X', to: 'XRS', tags: { restriction: 'no_right_turn' } }],
  },
  lawful([
    { it: 'by the slip road', drive: 'WPQRS', kmh: 30 },
    { it: 'at the next street', drive: 'WPXYT', kmh: 30 },
    { it: 'at the next street, a fix every 5 s', drive: 'WPXYT', kmh: 30, interval_s: 5 },
  ]),
);

scenario(
  'across a pedestrian street and past a closed one',
  {
    map: `
             P        K
             |        |
             |        |
      A------B--------C-------D
             |        |
             |        |
             Q        L
    `,
    metres: 20,
    ways: {
      AB: street,
      BC: street,
      CD: street,
      PB: { highway: 'pedestrian' },
      BQ: { highway: 'pedestrian' },
      KC: { ...street, access: 'no' },
      CL: { ...street, oneway: '-1' },
    },
  },
  lawful([
    { it: 'across', drive: 'ABCD', kmh: 40 },
    { it: 'stood at both', drive: 'ABCD', kmh: 40, stop: { B: 45, C: 45 } },
    { it: 'stood at both, sigma 6 m', drive: 'ABCD', kmh: 40, stop: { B: 45, C: 45 }, sigma_m: 6 },
  ]),
);

scenario(
  'a street for destinations, in two ways and a branch',
  {
    map: `
      A------B--------C--------D-----E
                      |
                      |
                      |
                      F
    `,
    metres: 20,
    ways: {
      AB: street,
      DE: street,
      BC: { ...street, access: 'destination' },
      CD: { ...street, access: 'destination' },
      CF: { ...street, access: 'destination' },
    },
  },
  lawful([
    { it: 'to a house at the end of the branch', drive: 'ABCF', kmh: 30 },
    { it: 'from it', drive: 'FCDE', kmh: 30 },
    { it: 'to it, positions only', drive: 'ABCF', kmh: 30, withSpeed: false },
  ]),
);

scenario(
  'stop lines that the car does not pass',
  {
    map: `
               C             M
               |             |
      A--------J--S----------K----------L
               |             |
               D             O
    `,
    metres: 15,
    ways: {
      AJ: street,
      JSK: street,
      KL: street,
      CJ: { highway: 'secondary' },
      JD: { highway: 'secondary' },
      MK: street,
      KO: street,
    },
    nodes: { S: { highway: 'stop', direction: 'backward' } },
    shift: { C: [0, 60], D: [0, -60], M: [0, 60], O: [0, -60] },
  },
  lawful([
    { it: 'the far side of the junction', drive: 'AJSKL', kmh: 40 },
    { it: 'the road across', drive: 'CJD', kmh: 40 },
    { it: 'turned off before it', drive: 'LKO', kmh: 40 },
    { it: 'the road across, sigma 6 m', drive: 'CJD', kmh: 40, sigma_m: 6 },
  ]),
);

scenario(
  'a ramp with a stop line beside the main road, 14 m apart',
  {
    map: `
      A----B--------------------------C
            P-----------------------S-Q
                                      |
      D-------------------------------E------F
    `,
    metres: 14,
    ways: {
      AB: { highway: 'trunk', oneway: 'yes', maxspeed: '60' },
      BC: { highway: 'trunk', oneway: 'yes', maxspeed: '60' },
      BPSQE: { highway: 'trunk_link', oneway: 'yes', maxspeed: '40' },
      DE: { highway: 'secondary' },
      EF: { highway: 'secondary' },
    },
    nodes: { S: { highway: 'stop', direction: 'forward' } },
    shift: { D: [0, -60], E: [0, -60], F: [0, -60] },
  },
  lawful([
    { it: 'on the main road at 58', drive: 'ABC', kmh: 58 },
    { it: 'on the main road at 58, sigma 4 m', drive: 'ABC', kmh: 58, sigma_m: 4 },
    { it: 'along the ramp, stopped', drive: 'ABPSQEF', kmh: { A: 40 }, stop: { S: 3 } },
  ]),
);
