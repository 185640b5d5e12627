// SPDX-License-Identifier: MIT
// Stop signs and level crossings whose own node says that there is another sign, for whom it is, or that it was guessed.
import { meeting } from './block.ts';
import { type Drive, scenario } from './scene.ts';

type Tags = Record<string, string>;
const by: Drive = { it: 'by without a stop', drive: 'ASJB', kmh: 30, settings: { 'rules.speeding': false } };
const VIOLATED = ['stop-sign violated S'];
const sign = (tags: Tags, drive: Partial<Drive>) =>
  scenario(
    `a stop sign ${JSON.stringify(tags)}`,
    meeting({ nodes: { S: { highway: 'stop', direction: 'forward', ...tags } } }),
    [{ ...by, ...drive }],
  );

for (const tags of [
  ...['yield', 'give_way', 'no', 'none'].map((stop) => ({ stop })),
  { give_way: 'yes' },
  ...['徐行', 'stop_ahead', 'US:W3-1', 'US:R1-5b'].map((traffic_sign) => ({ traffic_sign })),
  ...['JP:329-A', 'JP:329', 'JP:326-A', 'JP:326-A;JP:509', 'DE:306', 'slow'].map((traffic_sign) => ({ traffic_sign })),
]) {
  sign(tags, { finds: ['stop-sign undetermined S: map_contradiction'] });
}
for (const tags of [
  { stop: 'yes' },
  { give_way: 'no' },
  ...['JP:330', 'JP:330;JP:326-A', 'JP:509', 'US:R1-3P', 'maxspeed'].map((traffic_sign) => ({ traffic_sign })),
]) {
  sign(tags, { it: 'CONTROL: no other sign in its place', accuses: VIOLATED });
}

for (const tags of [
  { bicycle: 'yes' },
  { bicycle: 'designated' },
  { hgv: 'yes' },
  { bus: 'only' },
  { taxi: 'yes', bicycle: 'yes' },
  { stop: 'bicycle' },
  { motorcar: 'no' },
  { motor_vehicle: 'no' },
  { hgv: 'no' },
  { hours: '07:00-09:00' },
  { 'stop:seasonal': 'winter' },
  { source: 'guess' },
  { source: 'survey; estimated' },
  { 'source:highway': 'assumed' },
  { 'source:direction': 'guess' },
  { fixme: 'Direction?' },
  { FIXME: 'does this sign exist' },
  { fixme: 'traffic_sign still there?' },
  { fixme: '標識の方向' },
  { 'fixme:direction': '?' },
] as Tags[]) {
  sign(tags, { finds: ['stop-sign undetermined S: condition_unparsed'] });
}
for (const tags of [
  { bicycle: 'no' },
  { bicycle: 'yes', motor_vehicle: 'yes' },
  { hgv: 'designated', motorcar: 'yes' },
  { foot: 'yes' },
  { highway: 'stop;crossing', bicycle: 'yes' },
  { barrier: 'gate', bicycle: 'yes', motor_vehicle: 'private' },
  { public_transport: 'stop_position', bus: 'yes' },
  { source: 'survey' },
  { source: 'Bing' },
  { fixme: 'position' },
  { fixme: 'signals?' },
  { fixme: 'design of the kerb, nonexistent path' },
] as Tags[]) {
  sign(tags, { it: 'CONTROL: for all', accuses: VIOLATED });
}

// a sign by the key of its side
const atSide = (it: string, tags: Tags, there: string[], back: string[]) =>
  scenario(`${it}: ${JSON.stringify(tags)}`, meeting({ nodes: { S: { highway: 'stop', ...tags } } }), [
    { ...by, finds: there },
    { ...by, it: 'back', drive: 'BJSA', finds: back },
  ]);
const AMBIGUOUS = ['stop-sign undetermined S: direction_ambiguous'];
atSide('both sides', { direction: 'forward', 'traffic_sign:backward': 'JP:330' }, AMBIGUOUS, AMBIGUOUS);
for (const sign of ['DE:205', 'JP:329', 'none']) {
  const contradicted = ['stop-sign undetermined S: map_contradiction'];
  atSide('another sign there', { direction: 'forward', 'traffic_sign:forward': sign }, contradicted, []);
  atSide('CONTROL: of the other side', { direction: 'forward', 'traffic_sign:backward': sign }, VIOLATED, []);
}
// the direction by keys that OSM does not list
for (const word of ['forward', 'backward']) {
  const there = word === 'forward' ? VIOLATED : [];
  const back = word === 'forward' ? [] : VIOLATED;
  for (const key of ['stop', 'highway:direction', 'sign:direction', 'stop_sign:direction']) {
    atSide('by another key', { [key]: word }, there, back);
  }
  atSide('by a key of the side', { [`stop:${word}`]: 'yes' }, there, back);
  atSide('by a key of the side', { [`direction:${word}`]: 'yes' }, there, back);
}
atSide('the keys differ', { direction: 'forward', stop: 'backward' }, AMBIGUOUS, AMBIGUOUS);
atSide('CONTROL: the keys agree', { direction: 'forward', 'stop:forward': 'yes' }, VIOLATED, []);
atSide('CONTROL: the same', { direction: 'forward', 'traffic_sign:forward': 'JP:330' }, VIOLATED, []);
atSide('CONTROL: by its side', { 'traffic_sign:backward': 'JP:330' }, [], VIOLATED);
atSide('CONTROL: of one side', { direction: 'both', 'traffic_sign:forward': 'JP:330' }, VIOLATED, []);

const rails = (node: Tags, rail: Tags = {}) => ({
  map: `
              N
              |
      A-------X-------B
              |
              S
  `,
  metres: 25,
  ways: { AXB: { highway: 'tertiary' }, NXS: { railway: 'rail', ...rail } },
  nodes: { X: { railway: 'level_crossing', ...node } },
});
const over: Drive = { ...by, it: 'over without a stop', drive: 'AXB', kmh: 40, profile: 'jp' };
for (const tags of [
  { temporary: 'yes' },
  { source: 'guess' },
  { 'source:railway': 'estimate' },
  { except: 'bus' },
  { fixme: 'does it exist?' },
  { seasonal: 'summer' },
  { stop: 'no' },
]) {
  scenario(`a level crossing ${JSON.stringify(tags)}`, rails(tags as Tags), [
    { ...over, finds: ['level-crossing undetermined X: map_contradiction'] },
  ]);
}
const DOUBTED_RAILS: Tags[] = [
  { temporary: 'yes' },
  { source: 'guess' },
  { 'source:railway': 'assumed' },
  { fixme: 'still in use?' },
  { FIXME: 'abandoned?' },
  { 'fixme:railway': '?' },
  { seasonal: 'yes' },
  { opening_hours: 'Apr-Oct' },
];
for (const tags of DOUBTED_RAILS) {
  scenario(`a level crossing of rails ${JSON.stringify(tags)}`, rails({}, tags), [
    { ...over, finds: ['level-crossing undetermined X: map_contradiction'] },
    { ...over, it: 'CONTROL: stopped', stop: { X: 5 }, finds: ['level-crossing complied X'] },
  ]);
}
for (const tags of [
  { temporary: 'no' },
  { source: 'survey' },
  { fixme: 'check gauge' },
  { fixme: 'unused name' },
  { opening_hours: '24/7' },
  { active: 'yes' },
  { service: 'yard' },
] as Tags[]) {
  scenario(`CONTROL: a level crossing of rails ${JSON.stringify(tags)}`, rails({}, tags), [
    { ...over, accuses: ['level-crossing violated X'] },
  ]);
}
const twoRails = (second: Tags) => {
  const drawing = rails({}, { temporary: 'yes' });
  return { ...drawing, map: `${drawing.map}\n   W  E`, ways: { ...drawing.ways, WXE: { railway: 'rail', ...second } } };
};
scenario('CONTROL: a line in use beside a temporary one', twoRails({}), [
  { ...over, accuses: ['level-crossing violated X'] },
]);
scenario('a dead line beside a temporary one', twoRails({ disused: 'yes' }), [
  { ...over, finds: ['level-crossing undetermined X: map_contradiction'] },
]);
for (const tags of [
  { temporary: 'no' },
  { source: 'survey' },
  { bicycle: 'yes' },
  { except: 'bicycle' },
  { fixme: 'signals?' },
] as Tags[]) {
  scenario(`CONTROL: a level crossing ${JSON.stringify(tags)}`, rails(tags as Tags), [
    { ...over, accuses: ['level-crossing violated X'] },
  ]);
}
