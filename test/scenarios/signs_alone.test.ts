// SPDX-License-Identifier: MIT
// Stop signs that a node has by `traffic_sign` alone, and signs that contradict the node.
import { longMeeting, meeting } from './block.ts';
import { type Drive, scenario } from './scene.ts';

type Tags = Record<string, string>;
const there = { it: 'towards the junction', drive: 'ASJB', kmh: 35 };
const back = { it: 'the other way', drive: 'BJSA', kmh: 35 };
const sign = (S: Tags, drives: Drive[]) => scenario(`the line ${JSON.stringify(S)}`, meeting({ nodes: { S } }), drives);

for (const traffic_sign of ['stop', 'DE:206', 'JP:330', 'JP:330-A', 'US:R1-1', 'DE:260,206', 'JP:330;JP:409']) {
  const finds = ['stop-sign undetermined S: direction_ambiguous'];
  sign({ traffic_sign }, [
    { ...there, finds, tags: ['traffic_sign'] },
    { ...back, finds },
  ]);
}
for (const tags of [
  { traffic_sign: 'DE:206', direction: 'forward' },
  { traffic_sign: 'stop', 'traffic_sign:direction': 'forward' },
  { 'traffic_sign:forward': 'JP:330' },
] as Tags[]) {
  sign(tags, [
    { ...there, it: 'CONTROL: the sign says its direction', accuses: ['stop-sign violated S'], tags: ['traffic_sign'] },
    { ...back, finds: [] },
  ]);
}
sign({ 'traffic_sign:backward': 'JP:330' }, [
  { ...there, finds: [] },
  { ...back, it: 'CONTROL: away from the junction', accuses: ['stop-sign violated S'] },
]);
const halted: Drive = { ...there, it: 'stopped', stop: { S: 4 }, finds: ['stop-sign complied S'] };
scenario('a sign that was kept', { ...longMeeting(), nodes: { S: { traffic_sign: 'DE:206', direction: 'forward' } } }, [
  { ...halted, drive: 'ASJT' },
]);
for (const traffic_sign of ['DE:205', 'JP:329', 'DE:2061', 'JP:3301', 'US:206', 'maxspeed', 'city_limit', 'no']) {
  sign({ traffic_sign }, [{ ...there, it: 'no stop sign', finds: [] }]);
}
sign({ highway: 'traffic_signals', traffic_sign: 'DE:206' }, [{ ...there, it: 'signals rule it', finds: [] }]);

const unsure = ['stop-sign undetermined S: map_contradiction'];
const stop = { highway: 'stop', direction: 'forward' };
for (const tags of [
  { ...stop, traffic_sign: 'give_way' },
  { ...stop, traffic_sign: 'yield' },
  { ...stop, traffic_sign: 'DE:205' },
  { ...stop, traffic_sign: 'DE:206;DE:205' },
  { ...stop, traffic_sign: 'none' },
  { highway: 'give_way', direction: 'forward', traffic_sign: 'stop' },
] as Tags[]) {
  sign(tags, [{ ...there, it: 'one of the two signs is a slip', finds: unsure }]);
}
for (const tags of [{ temporary: 'yes' }, { seasonal: 'winter' }] as Tags[]) {
  sign({ ...stop, ...tags }, [
    { ...there, it: 'nobody knows when', finds: ['stop-sign undetermined S: condition_unparsed'] },
  ]);
}
for (const key of ['planned', 'proposed', 'construction']) {
  sign({ ...stop, [key]: 'yes' }, [{ ...there, it: 'not yet there', finds: [] }]);
  sign({ ...stop, [key]: 'no' }, [{ ...there, it: 'CONTROL: there', accuses: ['stop-sign violated S'] }]);
}
for (const tags of [{ traffic_sign: 'DE:206' }, { traffic_sign: 'stop;maxspeed' }, { stop: 'yes' }, {}] as Tags[]) {
  sign({ ...stop, ...tags }, [
    { ...there, it: 'CONTROL: nothing contradicts it', accuses: ['stop-sign violated S'], tags: ['highway=stop'] },
  ]);
}
sign({ highway: 'give_way', direction: 'forward', traffic_sign: 'DE:205' }, [{ ...there, finds: [] }]);

const lineAndSign = (more: Tags, sign: Tags) => ({
  ...meeting({ nodes: { S: { ...stop, ...more }, Y: sign } }),
  map: `
                C
                |
      A------YS-J------B
                |
                D
  `,
  ways: { AYSJ: { highway: 'residential' }, JB: { highway: 'residential' }, CJD: { highway: 'secondary' } },
});
for (const sign of [{ traffic_sign: 'DE:206', direction: 'forward' }, { traffic_sign: 'stop' }] as Tags[]) {
  scenario(`a line and its sign ${JSON.stringify(sign)}`, lineAndSign({}, sign), [
    { it: 'CONTROL: one violation', drive: 'AYSJB', kmh: 35, finds: ['stop-sign violated S'] },
    { it: 'stopped at the sign', drive: 'AYSJB', kmh: 35, stop: { Y: 5 }, accuses: [] },
  ]);
}
scenario(
  'a line of one direction, a sign of the other',
  lineAndSign({}, { traffic_sign: 'DE:206', direction: 'backward' }),
  [
    { it: 'CONTROL: there', drive: 'AYSJB', kmh: 35, finds: ['stop-sign violated S'] },
    { it: 'CONTROL: back', drive: 'BJSYA', kmh: 35, finds: ['stop-sign violated Y'] },
  ],
);

for (const highway of ['Stop', 'STOP', ' stop', 'Stop; crossing']) {
  sign({ highway, direction: ' Forward' }, [
    { ...there, accuses: ['stop-sign violated S'] },
    { ...back, finds: [] },
  ]);
}
for (const tags of [{ except: 'motorcar' }, { except: 'bicycle;bus' }, { vehicle: 'hgv' }] as Tags[]) {
  sign({ highway: 'stop', direction: 'forward', ...tags }, [
    { ...there, finds: ['stop-sign undetermined S: condition_unparsed'] },
    { ...back, finds: [] },
  ]);
}
sign({ highway: 'stop', direction: 'forward', except: 'bicycle', motor_vehicle: 'private' }, [
  { ...there, it: 'CONTROL: of others', accuses: ['stop-sign violated S'] },
]);
