// SPDX-License-Identifier: MIT
// Stop signs that the law or the map does not support, and what stands on private ground.
import { meeting } from './block.ts';
import { at1And5s, scenario } from './scene.ts';

const minor = { highway: 'residential' };
const major = { highway: 'secondary' };

const cross = (west: Record<string, string>, north: Record<string, string>, node: Record<string, string>) => ({
  map: `
               N
               |
               |
      A--------J--------B
               |
               |
               S
  `,
  metres: 20,
  ways: { AJ: west, JB: west, NJ: north, JS: north },
  nodes: { J: { highway: 'stop', ...node } },
});
const through = { drive: 'AJB', kmh: 40, settings: { 'rules.speeding': false } };

scenario('stop=all at a junction', cross(major, minor, { stop: 'all' }), [
  {
    it: 'in Japan there is none',
    ...through,
    profile: 'jp',
    finds: ['stop-sign undetermined J: line_position_uncertain map_contradiction'],
  },
  { it: 'CONTROL: in the United States', ...through, profile: 'us', accuses: ['stop-sign violated J'] },
  { it: 'CONTROL: in Germany', ...through, profile: 'de', accuses: ['stop-sign violated J'] },
]);
scenario(
  'stop=all on an approach',
  meeting({ metres: 12, nodes: { S: { highway: 'stop', stop: 'all', direction: 'forward' } } }),
  [
    { it: 'in Japan', drive: 'ASJB', kmh: 40, settings: { 'rules.speeding': false }, profile: 'jp', accuses: [] },
    {
      it: 'CONTROL: in Britain',
      drive: 'ASJB',
      kmh: 40,
      settings: { 'rules.speeding': false },
      profile: 'gb',
      accuses: ['stop-sign violated S'],
    },
  ],
);
scenario('stop=minor among equal roads', cross(minor, minor, { stop: 'minor' }), [
  {
    it: 'whose it is, nobody knows',
    ...through,
    finds: ['stop-sign undetermined J: line_position_uncertain direction_ambiguous'],
  },
]);
scenario(
  'stop=minor, and the lower road is a driveway',
  cross(minor, { highway: 'service', service: 'driveway' }, { stop: 'minor' }),
  [{ it: 'along the road', ...through, accuses: [] }],
);
scenario('CONTROL: stop=minor of a lower road', cross(minor, major, { stop: 'minor' }), [
  { it: 'on the lower road', ...through, accuses: ['stop-sign violated J'] },
  { it: 'on the higher one', drive: 'NJS', kmh: 40, accuses: [] },
]);

/** The arms of a crossroads by their classes: west, east, north, south. */
const arms = (west: string, east: string, north: string, south: string) => ({
  ...cross(minor, major, { stop: 'minor' }),
  ways: { AJ: { highway: west }, JB: { highway: east }, NJ: { highway: north }, JS: { highway: south } },
});
const AMBIGUOUS = ['stop-sign undetermined J'];
scenario(
  'stop=minor where the higher road changes its class',
  arms('residential', 'residential', 'secondary', 'tertiary'),
  [
    { it: 'on its lower half', ...through, drive: 'SJN', finds: AMBIGUOUS },
    { it: 'CONTROL: on the lower road', ...through, accuses: ['stop-sign violated J'] },
  ],
);
for (const [west, east, north, south] of [
  ['residential', 'residential', 'residential', 'tertiary'],
  ['unclassified', 'residential', 'residential', 'residential'],
] as const) {
  scenario(`stop=minor where a higher road only ends: ${west} ${south}`, arms(west, east, north, south), [
    { it: 'which road goes on, nobody knows', ...through, drive: 'BJA', finds: AMBIGUOUS },
  ]);
}

const line = (ways: Record<string, Record<string, string>>, node: Record<string, string>) => ({
  map: `
                     C
                     |
      A----S---------J----B
                     |
                     D
  `,
  metres: 12,
  ways: { ...ways, JB: minor, CJD: major },
  nodes: { S: { highway: 'stop', ...node } },
});
scenario('two ways meet head to head at the stop', line({ AS: minor, JS: minor }, { direction: 'forward' }), [
  ...at1And5s([{ it: 'whose forward?', drive: 'ASJB', kmh: 40, accuses: [] }]),
  { it: 'whose forward, the other way?', drive: 'BJSA', kmh: 40, accuses: [] },
]);
scenario('CONTROL: two ways that follow each other', line({ AS: minor, SJ: minor }, { direction: 'forward' }), [
  { it: 'towards the junction', drive: 'ASJB', kmh: 40, accuses: ['stop-sign violated S'] },
]);
for (const direction of ['N', 'S', '0', '170']) {
  scenario(`a sign that faces across the road: direction=${direction}`, line({ ASJ: minor }, { direction }), [
    { it: 'eastward', drive: 'ASJB', kmh: 40, accuses: [] },
    { it: 'westward', drive: 'BJSA', kmh: 40, accuses: [] },
  ]);
}
scenario('CONTROL: a sign that faces west', line({ ASJ: minor }, { direction: 'W' }), [
  { it: 'eastward', drive: 'ASJB', kmh: 40, accuses: ['stop-sign violated S'] },
  { it: 'westward', drive: 'BJSA', kmh: 40, accuses: [] },
]);

for (const service of ['driveway', 'parking_aisle', 'alley']) {
  scenario(
    `a stop before a main road, and a ${service} behind it`,
    {
      map: `
             P            C
             |            |
      A------Q-S----------J----B
                          |
                          D
      `,
      metres: 4,
      ways: { AQSJ: minor, JB: minor, CJD: major, QP: { highway: 'service', service } },
      nodes: { S: { highway: 'stop' } },
      shift: { A: [-150, 0], B: [150, 0], C: [0, 100], D: [0, -100], P: [0, 40] },
    },
    [
      { it: 'away from the main road', drive: 'BJSQA', kmh: 40, accuses: [] },
      { it: 'towards it', drive: 'AQSJB', kmh: 40, accuses: ['stop-sign violated S'] },
    ],
  );
}

const aisle = { highway: 'service', service: 'parking_aisle' };
for (const ground of [
  aisle,
  { highway: 'service', service: 'driveway' },
  { ...minor, access: 'private' },
  { ...minor, access: 'customers' },
] as Record<string, string>[]) {
  scenario(
    `signs on private ground ${JSON.stringify(ground)}`,
    {
      map: `
      A---------S------B
      `,
      metres: 15,
      ways: { ASB: { ...ground, oneway: 'yes', maxspeed: '20' } },
      nodes: { S: { highway: 'stop', direction: 'both' } },
    },
    [
      { it: 'a stop run', drive: 'ASB', kmh: 20, accuses: [] },
      { it: 'against the arrow', drive: 'BSA', kmh: 20, accuses: [] },
      { it: 'too fast', drive: 'ASB', kmh: 45, accuses: [] },
      {
        it: 'CONTROL: judged where the settings say so',
        drive: 'ASB',
        kmh: 45,
        settings: { 'rules.private_ground': true, 'rules.no_entry': false },
        accuses: ['speeding violated ASB', 'stop-sign violated S'],
      },
    ],
  );
}
