// SPDX-License-Identifier: MIT
// What the map has twice: a node that follows itself, a sign at one place, a road.
import { type Drawing, scenario } from './scene.ts';

const street = { highway: 'residential' };
const stop = { highway: 'stop', direction: 'forward' };
const meeting = (way: string, nodes: Drawing['nodes'], shift: Drawing['shift'] = {}): Drawing => ({
  map: `
                C
                |
      A------TS-J------B
                |
                D
    `,
  metres: 10,
  ways: { [way]: street, JB: street, CJD: { highway: 'secondary' } },
  nodes: { ...nodes },
  shift: { T: [10, 0], ...shift },
});
const past = { it: 'CONTROL: run', drive: 'ASJB', kmh: 35 };

scenario('every node twice in a row', meeting('AASSJJ', { S: stop }), [
  { ...past, finds: ['stop-sign violated S'] },
  { ...past, it: 'stopped', stop: { S: 5 }, accuses: [] },
]);
scenario('the sign twice at one place', meeting('ATSJ', { S: stop, T: stop }), [
  { ...past, finds: ['stop-sign violated S'] },
]);
scenario(
  'two signs at one place, one for each direction',
  meeting('ATSJ', { S: stop, T: { ...stop, direction: 'backward' } }),
  [{ ...past, finds: ['stop-sign violated S'] }],
);

const twice = (first: Record<string, string>, second: Record<string, string>): Drawing => ({
  map: `
      E-----A--------------B-----F
  `,
  metres: 25,
  ways: { EA: street, AB: { ...street, ...first }, BF: street, BA: { ...street, ...second } },
});
const drive = { drive: 'FBAE', kmh: 50, seeds: [1, 2, 3, 4, 5, 6] };
scenario('a road of two limits', twice({ maxspeed: '30' }, { maxspeed: '60' }), [
  { it: 'as the higher allows', ...drive, accuses: [] },
  { it: 'as the higher allows, the other way', ...drive, drive: 'EABF', accuses: [] },
]);
scenario('a road of one limit', twice({ maxspeed: '30' }, { maxspeed: '30' }), [
  { it: 'CONTROL: too fast', ...drive, drive: 'EABF', seeds: [1], accuses: ['speeding violated -BA'] },
]);
scenario(
  'a road of one limit, once',
  { ...twice({ maxspeed: '30' }, {}), ways: { EA: street, AB: { ...street, maxspeed: '30' }, BF: street } },
  [{ it: 'CONTROL: too fast', ...drive, drive: 'EABF', accuses: ['speeding violated AB'] }],
);
scenario('an arrow and none', twice({ oneway: 'yes' }, {}), [{ it: 'against it', ...drive, kmh: 40, accuses: [] }]);
