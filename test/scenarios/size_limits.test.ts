// SPDX-License-Identifier: MIT
// Limits of weight and size with units, vehicles, conditions and exceptions: judged, or undetermined.
import { at1And5s, scenario } from './scene.ts';

const street = { highway: 'residential' };
const drawing = (tags: Record<string, string>) => ({
  map: `
      E-----A---------------B-----F
      |                           |
      G---------------------------H
  `,
  metres: 20,
  ways: { AB: { ...street, ...tags }, EA: street, BF: street, EGHF: street },
});
// a car of the profile jp weighs 3.5 t at most; nothing is known of a lorry
const car = { drive: 'EABF', kmh: 25, profile: 'jp', vehicle: 'car' } as const;
const lorry = { ...car, vehicle: 'large_goods' } as const;
const VIOLATED = ['no-entry violated AB'];
const UNKNOWN = ['no-entry undetermined AB: vehicle_unknown'];
const night = '2026-10-05T15:00:00Z';

scenario(
  'a size that nobody gave',
  drawing({ maxheight: '3.5' }),
  at1And5s([{ it: 'a lorry', ...lorry, finds: UNKNOWN }]),
);
scenario('maxweight=2 by day', drawing({ 'maxweight:conditional': '2 @ (08:00-20:00)' }), [
  { it: 'a lorry by day', ...lorry, finds: UNKNOWN },
  { it: 'a lorry at night', ...lorry, start: night, finds: ['no-entry complied AB'] },
]);
scenario('maxweight=2, lifted at night', drawing({ maxweight: '2', 'maxweight:conditional': 'none @ (20:00-06:00)' }), [
  { it: 'a lorry at night', ...lorry, start: night, finds: ['no-entry complied AB'] },
  { it: 'by day', ...lorry, finds: UNKNOWN },
]);
scenario(
  'maxweight=2, not for destinations',
  drawing({ maxweight: '2', 'maxweight:conditional': 'none @ destination' }),
  [{ it: 'nobody knows', ...lorry, accuses: [] }],
);
scenario('another figure for lorries', drawing({ maxweight: '2', 'maxweight:hgv': '40' }), [
  { it: 'a lorry', ...lorry, finds: UNKNOWN },
  { it: 'a car', ...car, finds: UNKNOWN },
]);
for (const maxweight of ['4 t', '8000 lbs', '4 st', '4000 kg']) {
  scenario(`maxweight=${maxweight}`, drawing({ maxweight }), [
    { it: 'a car is lighter', ...car, finds: ['no-entry complied AB'] },
    { it: 'a lorry', ...lorry, finds: UNKNOWN },
  ]);
}
for (const tags of [
  { maxheight: `13'6"` },
  { maxheight: '11 ft' },
  { 'maxwidth:physical': '2' },
  { maxweightrating: '7.5' },
] as Record<string, string>[]) {
  scenario(`read: ${JSON.stringify(tags)}`, drawing(tags), [{ it: 'a lorry', ...lorry, finds: UNKNOWN }]);
}
for (const tags of [{ maxheight: 'none' }, { maxheight: 'default' }, { maxweight: 'unsigned' }] as Record<
  string,
  string
>[]) {
  scenario(`binds nobody: ${JSON.stringify(tags)}`, drawing(tags), [{ it: 'a lorry', ...lorry, accuses: [] }]);
}
scenario('not understood: maxweight=about 3', drawing({ maxweight: 'about 3' }), [
  { it: 'a lorry', ...lorry, finds: ['no-entry undetermined AB: condition_unparsed'] },
]);
scenario('hgv=no, but for light ones', drawing({ hgv: 'no', 'hgv:conditional': 'yes @ (weight<7.5)' }), [
  { it: 'a lorry of unknown weight', ...lorry, finds: UNKNOWN },
  { it: 'CONTROL: a trailer of unknown weight', ...lorry, vehicle: 'trailer', finds: UNKNOWN },
]);
scenario('CONTROL: hgv=no', drawing({ hgv: 'no' }), at1And5s([{ it: 'a lorry', ...lorry, finds: VIOLATED }]));
