// SPDX-License-Identifier: MIT
// A stop sign of both directions right behind the junction that a one-way street leaves.
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
