// SPDX-License-Identifier: MIT
// Two signs for one approach: a stop line and a stop node at the junction's centre, or a stop sign and a give-way sign.
import { type Drawing, type Drive, scenario } from './scene.ts';

type Tags = Record<string, string>;
const minor = { highway: 'residential' };
const stop = { highway: 'stop', direction: 'forward' };
const all = { highway: 'stop', stop: 'all' };
const giveWay = { highway: 'give_way', direction: 'forward' };
const drawing = (nodes: Record<string, Tags>, split = false): Drawing => ({
  map: `
                       C
                       |
      A----------T-S-U-J-----------B
                       |
                       D
  `,
  metres: 10,
  ways: {
    ...(split ? { ATSU: minor, UJ: minor } : { ATSUJ: minor }),
    JB: minor,
    CJD: { highway: 'secondary' },
  },
  nodes,
});
const into: Drive = { it: 'by without a stop', drive: 'ATSUJB', kmh: 30, settings: { 'rules.speeding': false } };
const other: Drive = { ...into, it: 'CONTROL: from the other side', drive: 'BJUSTA' };

for (const S of ['S', 'U']) {
  for (const centre of [all, { ...all, stop: 'minor' }, { highway: 'stop' }] as Tags[]) {
    for (const split of [false, true]) {
      const ambiguous = centre['stop'] === undefined;
      const verdict = ambiguous ? 'undetermined' : 'violated';
      scenario(
        `a line at ${S}, ${centre['stop'] ?? 'no'} at the centre, ${split}`,
        drawing({ [S]: stop, J: centre }, split),
        [
          { ...into, stop: { [S]: 4 }, it: 'stopped at the line', finds: [`stop-sign complied ${S}`] },
          { ...into, it: 'CONTROL: by without a stop', finds: [`stop-sign violated ${S}`] },
          { ...other, finds: [`stop-sign ${verdict} J`] },
        ],
      );
    }
  }
}
scenario('CONTROL: the line is for the other direction', drawing({ U: { ...stop, direction: 'backward' }, J: all }), [
  { ...into, accuses: ['stop-sign violated J'] },
]);

const CONTRADICTED = ['stop-sign undetermined S: map_contradiction'];
for (const nodes of [
  { S: stop, U: giveWay },
  { S: stop, U: { highway: 'give_way' } },
] as Record<string, Tags>[]) {
  scenario(`a stop and a give-way sign ${JSON.stringify(nodes)}`, drawing(nodes), [{ ...into, finds: CONTRADICTED }]);
}
for (const nodes of [
  { S: stop, U: { ...giveWay, direction: 'backward' } },
  { S: stop, J: { highway: 'give_way' } }, // of another approach, perhaps
] as Record<string, Tags>[]) {
  scenario(`CONTROL: of another direction ${JSON.stringify(nodes)}`, drawing(nodes), [
    { ...into, accuses: ['stop-sign violated S'] },
  ]);
}
scenario('a give-way sign before the line', drawing({ U: stop, S: giveWay }), [
  { ...into, finds: ['stop-sign undetermined U: map_contradiction'] },
]);
scenario('a give-way sign, and a stop node at the centre', drawing({ U: giveWay, J: { ...all, stop: 'minor' } }), [
  { ...into, finds: ['stop-sign undetermined J: line_position_uncertain map_contradiction'] },
  { ...other, accuses: ['stop-sign violated J'] },
]);
scenario(
  'CONTROL: the give-way sign is for the next junction',
  {
    map: `
                C             E
                |             |
      A-------S-J-----------G-K-------B
                |             |
                D             F
    `,
    metres: 10,
    ways: {
      ASJGKB: minor,
      CJ: { highway: 'secondary' },
      JD: { highway: 'secondary' },
      EK: { highway: 'secondary' },
      KF: { highway: 'secondary' },
    },
    nodes: { S: stop, G: giveWay },
  },
  [{ ...into, drive: 'ASJGKB', accuses: ['stop-sign violated S'] }],
);
