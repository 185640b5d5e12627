// SPDX-License-Identifier: MIT
// A stop sign of both directions right behind the junction that a street leaves.
import { meeting } from './block.ts';
import { type Drive, scenario } from './scene.ts';

const drawing = (oneway: string, direction: string) => ({
  ...meeting({ nodes: { S: { highway: 'stop', direction } } }),
  map: `
                C
                |
      A---------J-S----B
                |
                D
  `,
  ways: { AJ: { highway: 'residential' }, JSB: { highway: 'residential', oneway }, CJD: { highway: 'secondary' } },
});
const out: Drive = { it: 'out of the junction', drive: 'AJSB', kmh: 30, settings: { 'rules.speeding': false } };
for (const direction of ['both', 'all', '90', 'E', 'backward']) {
  scenario(`direction=${direction}`, drawing('yes', direction), [
    { ...out, finds: ['stop-sign undetermined S: direction_ambiguous'] },
  ]);
}
scenario('CONTROL: the street leads into the junction', drawing('-1', 'both'), [
  { ...out, drive: 'BSJA', kmh: 40, accuses: ['stop-sign violated S'] },
]);
scenario('CONTROL: the sign says so', drawing('yes', 'forward'), [{ ...out, accuses: ['stop-sign violated S'] }]);

const twoWay = (nodes: Record<string, Record<string, string>>, right = 'B') => ({
  ...drawing('no', 'both'),
  map: `
                C
                |
      A---------J-S--K-----${right}
                |
                D
    `,
  ways: { AJ: { highway: 'residential' }, [`JSK${right}`]: { highway: 'residential' }, CJD: { highway: 'secondary' } },
  nodes: { S: { highway: 'stop', direction: 'both' }, ...nodes },
});
const AMBIGUOUS = ['stop-sign undetermined S: direction_ambiguous'];
const into: Drive = { ...out, it: 'into the junction', drive: 'BKSJA', kmh: 40 };
for (const S of [
  { highway: 'stop', direction: 'both' },
  { highway: 'stop', direction: 'forward;backward' },
  { highway: 'stop', 'traffic_sign:forward': 'JP:330', 'traffic_sign:backward': 'JP:330' },
] as Record<string, string>[]) {
  scenario(`a street of both directions ${JSON.stringify(S)}`, twoWay({ S }), [
    { ...out, drive: 'AJSKB', finds: AMBIGUOUS },
    {
      ...out,
      it: 'CONTROL: stopped on the way out',
      drive: 'AJSKB',
      stop: { S: 5 },
      finds: ['stop-sign complied S: direction_ambiguous'],
    },
    { ...into, it: 'CONTROL: into the junction', accuses: ['stop-sign violated S'] },
  ]);
}
scenario('CONTROL: a crosswalk ahead may be what it is for', twoWay({ K: { highway: 'crossing' } }), [
  { ...out, drive: 'AJSKB', accuses: ['stop-sign violated S'] },
]);
