// SPDX-License-Identifier: MIT
// A zone of one country's law has no limit in another's: under a profile of another country nobody knows it.
import { scenario, withWayRound } from './scene.ts';

const drive = { drive: 'EABF', kmh: 75 };
const SIGNED = { 'speeding.exclude_assumed': true };
const german = { ...drive, profile: 'de', settings: SIGNED };

for (const tags of [
  { maxspeed: 'US:urban' },
  { 'maxspeed:type': 'FR:urban' },
  { 'source:maxspeed': 'PL:urban' },
  { 'zone:maxspeed': 'AT:urban' },
  { maxspeed: 'BE-VLG:urban' },
  { maxspeed: '70', 'maxspeed:conditional': 'US:urban @ (00:00-24:00)' },
  { maxspeed: '70', 'maxspeed:motorcar': 'RO:urban' },
] as Record<string, string>[]) {
  scenario(`not of the profile's country ${JSON.stringify(tags)}`, withWayRound(tags), [
    { it: 'at 75', ...german, accuses: [] },
    { it: 'at 75 in Japan', ...drive, profile: 'jp', settings: SIGNED, accuses: [] },
    { it: 'at 75, and defaults count', ...drive, kmh: { E: 40, A: 75, B: 40 }, profile: 'jp', accuses: [] },
  ]);
}
for (const tags of [
  { maxspeed: 'DE:urban' },
  { 'maxspeed:type': 'DE:urban' },
  { 'zone:traffic': 'urban' },
  { maxspeed: '50', 'source:maxspeed': 'US:urban' },
  { maxspeed: '100', 'maxspeed:conditional': 'DE:urban @ (00:00-24:00)' },
] as Record<string, string>[]) {
  scenario(`CONTROL: ${JSON.stringify(tags)}`, withWayRound(tags), [
    { it: 'at 75', ...german, accuses: ['speeding violated AB'], limit_kmh: 50 },
  ]);
}
scenario('the code of the country itself', withWayRound({ maxspeed: 'JP:urban' }), [
  { it: 'CONTROL: a default, where none is signed', ...drive, profile: 'jp', accuses: ['speeding possible EA'] },
]);
scenario('a zone of lorries alone', withWayRound({ 'maxspeed:hgv': 'DE:urban' }), [
  { it: 'a car', ...german, accuses: [] },
  { it: 'CONTROL: a lorry', ...german, vehicle: 'large_goods', accuses: ['speeding violated AB'], limit_kmh: 50 },
  { it: 'a lorry in Japan', ...drive, profile: 'jp', settings: SIGNED, vehicle: 'large_goods', accuses: [] },
]);
scenario('a zone of one direction alone', withWayRound({ 'maxspeed:backward': 'DE:urban' }), [
  { it: 'in the other', ...german, accuses: [] },
  { it: 'CONTROL: in this one', ...german, drive: 'FBAE', accuses: ['speeding violated -AB'], limit_kmh: 50 },
]);

// where signs count in miles, a number without a unit may be miles
for (const profile of ['us', 'gb']) {
  const signed = { drive: 'EABF', profile, settings: SIGNED };
  for (const tags of [{ maxspeed: '40' }, { 'maxspeed:forward': '40' }, { maxspeed: '40', 'maxspeed:hgv': '30 mph' }]) {
    scenario(`no unit, ${profile}: ${JSON.stringify(tags)}`, withWayRound(tags as Record<string, string>), [
      { it: 'as miles allow', ...signed, kmh: 60, finds: ['speeding undetermined AB: limit_interval'] },
      { it: 'CONTROL: above both', ...signed, kmh: 80, accuses: ['speeding violated AB'] },
    ]);
  }
  const byTheHour = (kmh: string) => ({ maxspeed: '60 mph', 'maxspeed:conditional': `${kmh} @ (00:00-24:00)` });
  scenario(`no unit by the hour, ${profile}`, withWayRound(byTheHour('40')), [
    { it: 'as miles allow', ...signed, kmh: 60, finds: ['speeding undetermined AB: limit_interval'] },
  ]);
  scenario(`CONTROL: miles by the hour, ${profile}`, withWayRound(byTheHour('25 mph')), [
    { it: 'at 60', ...signed, kmh: 60, accuses: ['speeding violated AB'] },
  ]);
  for (const maxspeed of ['25 mph', '40 km/h']) {
    scenario(`CONTROL: ${maxspeed}, ${profile}`, withWayRound({ maxspeed }), [
      { it: 'at 60', ...signed, kmh: 60, accuses: ['speeding violated AB'] },
    ]);
  }
}
scenario('CONTROL: no unit, de', withWayRound({ maxspeed: '40' }), [
  { it: 'at 60', ...german, kmh: 60, accuses: ['speeding violated AB'], limit_kmh: 40 },
]);

// words of the national limits of Great Britain, and of Japan's zones
const british = { drive: 'EABF', profile: 'gb', settings: SIGNED };
for (const [zone, high, allowed, more] of [
  ['GB:nsl_single', 110, 90, {}],
  ['GB:nsl_dual', 125, 108, { oneway: 'yes' }],
  ['GB:nsl_restricted', 60, 45, {}],
] as const) {
  for (const key of ['maxspeed', 'maxspeed:type', 'source:maxspeed']) {
    scenario(`${key}=${zone}`, withWayRound({ ...more, [key]: zone } as Record<string, string>), [
      { it: 'as it allows', ...british, kmh: allowed, accuses: [] },
      { it: 'CONTROL: faster', ...british, kmh: high, accuses: ['speeding violated AB'], tags: [`${key}=${zone}`] },
    ]);
  }
}
const zone30 = { drive: 'EABF', profile: 'jp', settings: SIGNED };
for (const tags of [
  { maxspeed: 'JP:zone30' },
  { 'source:maxspeed': 'JP:zone30' },
  { 'zone:maxspeed': 'JP:30' },
] as Record<string, string>[]) {
  scenario(`a zone of Japan ${JSON.stringify(tags)}`, withWayRound(tags), [
    { it: 'at 28', ...zone30, kmh: 28, accuses: [] },
    { it: 'CONTROL: at 48', ...zone30, kmh: 48, accuses: ['speeding violated AB'], limit_kmh: 30 },
  ]);
}
scenario('a number goes before the zone', withWayRound({ maxspeed: '40', 'zone:maxspeed': 'JP:30' }), [
  { it: 'at 38', ...zone30, kmh: 38, accuses: [] },
]);
