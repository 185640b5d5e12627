// SPDX-License-Identifier: MIT
// A crossing of rails that no train uses is none, in each spelling of it; a line in use stays one.
import { scenario } from './scene.ts';

const drawing = (rails: Record<string, string>, node: Record<string, string> = {}) => ({
  map: `
              N
              |
      A-------X-------B
              |
              S
    `,
  metres: 25,
  ways: { AXB: { highway: 'tertiary' }, NXS: rails },
  nodes: { X: { railway: 'level_crossing', ...node } },
});
const drive = { drive: 'AXB', kmh: 40, profile: 'jp', settings: { 'rules.speeding': false } };
const ACCUSED = ['level-crossing violated X'];

const DEAD: Record<string, string>[] = [
  ...['abandoned', 'disused', 'razed', 'removed', 'construction', 'proposed', 'dismantled', 'demolished'].flatMap(
    (word) => [{ [`${word}:railway`]: 'rail' }, { railway: word, [word]: 'rail' }],
  ),
  { railway: 'rail', disused: 'yes' },
  { railway: 'narrow_gauge', abandoned: 'yes' },
  ...['razed', 'removed', 'dismantled', 'demolished', 'destroyed', 'proposed', 'construction'].map((key) => ({
    railway: 'rail',
    [key]: 'yes',
  })),
  { railway: 'rail', end_date: '2010-03-31' },
  { railway: 'rail', usage: 'disused' },
  { railway: 'rail', operational_status: 'closed' },
  { railway: 'rail', operational_status: 'out_of_service' },
  { railway: 'rail', 'railway:traffic_mode': 'none' },
  { railway: 'rail', 'railway:status': 'disused' },
  { railway: 'rail', status: 'abandoned' },
  { railway: 'out_of_service' },
  { railway: 'rail', planned: 'yes' },
  { railway: 'rail', status: 'suspended' },
  { railway: 'rail', inactive: 'yes' },
  { railway: 'rail', active: 'no' },
  { railway: 'rail', in_use: 'no' },
  { railway: 'miniature' },
  // at another level
  { railway: 'rail', tunnel: 'yes', layer: '-1' },
  { railway: 'rail', bridge: 'yes', layer: '1' },
];
for (const rails of DEAD) {
  scenario(`dead rails ${JSON.stringify(rails)}`, drawing(rails), [{ it: 'driven over', ...drive, finds: [] }]);
}
for (const node of [
  { disused: 'yes' },
  { abandoned: 'yes' },
  { razed: 'yes' },
  { removed: 'yes' },
  { 'disused:railway': 'level_crossing' },
  { operational_status: 'closed' },
  { status: 'abandoned' },
  { 'railway:status': 'disused' },
] as Record<string, string>[]) {
  scenario(`dead by its node ${JSON.stringify(node)}`, drawing({ railway: 'rail' }, node), [
    { it: 'driven over', ...drive, finds: [] },
  ]);
}
for (const level of [
  { bridge: 'yes', layer: '1' },
  { tunnel: 'yes', layer: '-1' },
] as Record<string, string>[]) {
  const { ways, ...rest } = drawing({ railway: 'rail' });
  const above = { ...rest, ways: { ...ways, AXB: { highway: 'tertiary', ...level } } };
  scenario(`the road lies at another level ${JSON.stringify(level)}`, above, [
    { it: 'driven over', ...drive, finds: [] },
  ]);
}
for (const rails of [
  { railway: 'rail' },
  { railway: 'rail', 'railway:traffic_mode': 'freight' },
  { railway: 'rail', disused: 'no' },
  { railway: 'rail', active: 'yes', in_use: 'yes', inactive: 'no' },
  { railway: 'rail', operational_status: 'operational' },
  { highway: 'footway' },
] as Record<string, string>[]) {
  scenario(`CONTROL: ${JSON.stringify(rails)}`, drawing(rails), [
    { it: 'driven over', ...drive, accuses: ACCUSED },
    { it: 'driven over, a fix every 3 s', ...drive, interval_s: 3, accuses: ACCUSED },
  ]);
}

for (const second of [
  { highway: 'give_way', direction: 'forward' },
  { highway: 'stop' },
  { barrier: 'lift_gate' },
] as Record<string, string>[]) {
  scenario(`one node, two duties: ${JSON.stringify(second)}`, drawing({ railway: 'rail' }, second), [
    { it: 'the crossing counts', ...drive, accuses: ACCUSED },
  ]);
}
scenario('a crossing with road signals on its node', drawing({ railway: 'rail' }, { highway: 'traffic_signals' }), [
  { it: 'nobody knows what they showed', ...drive, finds: ['level-crossing undetermined X: signal_present'] },
]);
