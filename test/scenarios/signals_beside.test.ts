// SPDX-License-Identifier: MIT
// Signals of a crosswalk at a stop line or at rails, signals on the approach, and signs that hold under a condition.
import { at1And5s, scenario } from './scene.ts';

type Tags = Record<string, string>;
const minor = { highway: 'residential' };
const SIGN = { highway: 'stop', direction: 'forward' };
const line = (S: Tags, others: Record<string, Tags> = {}) => ({
  map: `
                     C
                     |
      A----------S-X-J----B
                     |
                     D
  `,
  metres: 12,
  shift: { A: [-100, 0], B: [100, 0], C: [0, 100], D: [0, -100], X: [-6, 0] } as Record<string, [number, number]>,
  ways: { ASXJ: minor, JB: minor, CJD: { highway: 'secondary' } },
  nodes: { S: { ...SIGN, ...S }, ...others },
});
const run = { it: 'run', drive: 'ASXJB', kmh: 40 };
const halts = { it: 'stopped at it', drive: 'ASXJB', kmh: 40, stop: { S: 4 }, finds: ['stop-sign complied S'] };
const away = { it: 'the other way', drive: 'BJXSA', kmh: 40, finds: [] };
const WALK = { highway: 'crossing', crossing: 'traffic_signals' };

for (const X of [
  WALK,
  { highway: 'crossing', 'crossing:signals': 'yes' },
  { highway: 'crossing', 'crossing:signals': 'separate' },
  { highway: 'crossing', crossing: 'traffic_signals;marked' },
  { highway: 'crossing', crossing: 'pelican' },
  { highway: 'crossing', crossing_ref: 'toucan' },
  { highway: 'crossing', button_operated: 'yes' },
  { highway: 'crossing', traffic_signals: 'pedestrian_crossing' },
  { highway: 'crossing;traffic_signals' },
  { highway: 'traffic_signals;crossing' },
] as Tags[]) {
  scenario(`a crosswalk with signals behind the line ${JSON.stringify(X)}`, line({}, { X }), [
    ...at1And5s([{ ...run, finds: ['stop-sign undetermined S: signal_present'] }]),
    halts,
    away,
  ]);
}
scenario('signals of a crosswalk on the line itself', line({ crossing: 'traffic_signals' }), [
  { ...run, finds: ['stop-sign undetermined S: signal_present'] },
]);
for (const [what, others] of [
  ['without signals', { X: { highway: 'crossing', crossing: 'marked' } }],
  ['beyond the junction', { B: WALK }],
  ['of the main road', { C: WALK, D: WALK }],
] as [string, Record<string, Tags>][]) {
  scenario(`CONTROL: a crosswalk ${what}`, line({}, others), [
    ...at1And5s([{ ...run, finds: ['stop-sign violated S'] }]),
    halts,
  ]);
}
const LIGHTS = { highway: 'traffic_signals' };
const approach = (P: Tags, ways: Record<string, Tags>, shift: [number, number] = [8, 0]) => {
  const drawn = line({}, { P });
  const map = drawn.map.replace('A----------S', 'A--------P-S');
  return {
    ...drawn,
    map,
    ways: { ...ways, JB: minor, CJD: { highway: 'secondary' } },
    shift: { ...drawn.shift, P: shift },
  };
};
const passes = { it: 'run', drive: 'APSXJB', kmh: 40 };
for (const [what, P, ways] of [
  ['on one way', LIGHTS, { APSXJ: minor }],
  ['that say for whom', { ...LIGHTS, 'traffic_signals:direction': 'forward' }, { APSXJ: minor }],
  ['where the way is split', LIGHTS, { AP: minor, PS: minor, SXJ: minor }],
] as [string, Tags, Record<string, Tags>][]) {
  scenario(`signals 16 m before the sign on its approach, ${what}`, approach(P, ways), [
    ...at1And5s([{ ...passes, finds: ['stop-sign undetermined S: signal_present'] }]),
    { ...passes, it: 'stopped at it', stop: { S: 4 }, finds: ['stop-sign complied S'] },
  ]);
}
for (const [what, P, shift, more] of [
  ['of the other direction', { ...LIGHTS, 'traffic_signals:direction': 'backward' }, [8, 0], {}],
  ['24 m before it', LIGHTS, [0, 0], {}],
  ['of the junction before', LIGHTS, [8, 0], { PE: { highway: 'secondary' } }],
] as [string, Tags, [number, number], Record<string, Tags>][]) {
  const drawn = approach(P, { APSXJ: minor, ...more }, shift);
  const map = drawn.map.replace(/^( +)C$/m, '            E    C');
  scenario(`CONTROL: signals ${what}`, { ...drawn, map }, [{ ...passes, finds: ['stop-sign violated S'] }]);
}
for (const key of ['stop:conditional', 'highway:conditional', 'traffic_sign:conditional', 'opening_hours']) {
  scenario(`a sign that holds at times, by ${key}`, line({ [key]: 'yes @ (22:00-06:00)' }), [
    ...at1And5s([{ ...run, finds: ['stop-sign undetermined S: condition_unparsed'] }]),
    halts,
    away,
  ]);
}

for (const [X, finds] of [
  [{ crossing: 'traffic_signals' }, 'level-crossing undetermined X: signal_present'],
  [{ 'crossing:signals': 'yes' }, 'level-crossing undetermined X: signal_present'],
  [{ crossing: 'uncontrolled', 'crossing:light': 'yes' }, 'level-crossing violated X'], // warning lights
] as [Tags, string][]) {
  scenario(
    `rails with ${JSON.stringify(X)}`,
    {
      map: `
              N
              |
      A-------X-------B
              |
              S
      `,
      metres: 25,
      ways: { AXB: { highway: 'tertiary' }, NXS: { railway: 'rail' } },
      nodes: { X: { railway: 'level_crossing', ...X } },
    },
    at1And5s([
      { it: 'run', drive: 'AXB', kmh: 40, profile: 'jp', settings: { 'rules.speeding': false }, finds: [finds] },
    ]),
  );
}

for (const highway of ['stop;crossing', 'crossing;stop', 'stop ; bus_stop']) {
  scenario(`CONTROL: a stop sign with something else: ${highway}`, line({ highway }), [
    { ...run, finds: ['stop-sign violated S'] },
    halts,
    away,
  ]);
}
scenario('a stop sign or a give way sign', line({ highway: 'stop;give_way' }), [
  { ...run, finds: ['stop-sign undetermined S: map_contradiction'] },
]);
scenario('a stop sign and signals on one node', line({ highway: 'stop;traffic_signals' }), [
  { ...run, finds: ['stop-sign undetermined S: signal_present'] },
]);
for (const X of [{ crossing: 'zebra' }, { 'crossing:signals': 'no' }, { traffic_signals: 'no' }] as Tags[]) {
  scenario(
    `CONTROL: a crosswalk without signals ${JSON.stringify(X)}`,
    line({}, { X: { highway: 'crossing', ...X } }),
    [{ ...run, finds: ['stop-sign violated S'] }],
  );
}

const arms = (nodes: Record<string, Tags>, more: Record<string, Tags> = {}) => ({
  map: `
                     C
                     P
                     |
      A------------S-J-Q--B
                     |
                     R
                     D
  `,
  metres: 10,
  shift: { A: [-60, 0], B: [100, 0], C: [0, 100], D: [0, -100] } as Record<string, [number, number]>,
  ways: { ASJ: minor, JQB: minor, CPJRD: { highway: 'secondary' }, ...more },
  nodes: { S: SIGN, ...nodes },
});
const crosses = { it: 'run', drive: 'ASJQB', kmh: 40 };
const to = (direction: string) => ({ ...LIGHTS, 'traffic_signals:direction': direction });
for (const [what, nodes] of [
  ['of the main road', { P: to('forward'), R: to('backward') }],
  ['that do not say for whom', { P: LIGHTS, R: LIGHTS }],
  ['of two arms', { P: to('forward'), Q: to('backward') }],
] as [string, Record<string, Tags>][]) {
  scenario(`signals on the other arms ${what}`, arms(nodes), [
    ...at1And5s([{ ...crosses, finds: ['stop-sign undetermined S: signal_present'] }]),
    { ...crosses, it: 'stopped at it', stop: { S: 4 }, finds: ['stop-sign complied S'] },
  ]);
}
for (const [what, nodes] of [
  ['on one other arm', { P: to('forward') }],
  ['for traffic out of the junction', { P: to('backward'), R: to('forward') }],
] as [string, Record<string, Tags>][]) {
  scenario(`CONTROL: signals ${what}`, arms(nodes), [{ ...crosses, finds: ['stop-sign violated S'] }]);
}
