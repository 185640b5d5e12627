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
  ...['JP:329-A', 'JP:329', 'JP:326-A', 'JP:326-A;JP:509', 'DE:306', 'slow'].map((traffic_sign) => ({ traffic_sign })),
]) {
  sign(tags, { finds: ['stop-sign undetermined S: map_contradiction'] });
}
for (const tags of [
  { stop: 'yes' },
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
atSide('CONTROL: the same', { direction: 'forward', 'traffic_sign:forward': 'JP:330' }, VIOLATED, []);
atSide('CONTROL: by its side', { 'traffic_sign:backward': 'JP:330' }, [], VIOLATED);
atSide('CONTROL: of one side', { direction: 'both', 'traffic_sign:forward': 'JP:330' }, VIOLATED, []);

const rails = (node: Tags) => ({
  map: `
              N
              |
      A-------X-------B
              |
              S
  `,
  metres: 25,
  ways: { AXB: { highway: 'tertiary' }, NXS: { railway: 'rail' } },
  nodes: { X: { railway: 'level_crossing', ...node } },
});
const over: Drive = { ...by, it: 'over without a stop', drive: 'AXB', kmh: 40, profile: 'jp' };
for (const tags of [{ temporary: 'yes' }, { source: 'guess' }, { 'source:railway': 'estimate' }, { except: 'bus' }]) {
  scenario(`a level crossing ${JSON.stringify(tags)}`, rails(tags as Tags), [
    { ...over, finds: ['level-crossing undetermined X: map_contradiction'] },
  ]);
}
for (const tags of [{ temporary: 'no' }, { source: 'survey' }, { bicycle: 'yes' }, { except: 'bicycle' }]) {
  scenario(`CONTROL: a level crossing ${JSON.stringify(tags)}`, rails(tags as Tags), [
    { ...over, accuses: ['level-crossing violated X'] },
  ]);
}
