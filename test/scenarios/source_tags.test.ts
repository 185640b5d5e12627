// SPDX-License-Identifier: MIT
// A finding quotes the tag that made the rule as the map has it.
import { block } from './block.ts';
import { scenario } from './scene.ts';

const along = { drive: 'EABF', kmh: 35, seeds: [2, 3] };
const against = { drive: 'FBAE', kmh: 35, seeds: [2, 3] };

const ONEWAYS: [Record<string, string>, typeof along, string][] = [
  [{ oneway: 'yes' }, against, 'oneway=yes'],
  [{ oneway: '-1' }, along, 'oneway=-1'],
  [{ oneway: '1' }, against, 'oneway=1'],
  [{ 'oneway:motorcar': 'yes' }, against, 'oneway:motorcar=yes'],
  [{ 'oneway:conditional': 'yes @ (10:00-14:00)' }, against, 'oneway:conditional=yes @ (10:00-14:00)'],
];
for (const [tags, drive, text] of ONEWAYS) {
  const way = drive === along ? 'AB' : '-AB';
  scenario(text, block(tags), [{ it: 'is quoted', ...drive, finds: [`wrong-way violated ${way}`], tags: [text] }]);
}

const ACCESSES: [Record<string, string>, string][] = [
  [{ motor_vehicle: 'no' }, 'violated'],
  [{ 'vehicle:forward': 'no' }, 'violated'],
  [{ motorcar: 'agricultural' }, 'possible'],
  [{ motor_vehicle: 'residents' }, 'possible'],
  [{ access: 'private' }, 'possible'],
  [{ vehicle: 'permit;customers' }, 'possible'],
  [{ access: 'military' }, 'possible'],
  [{ highway: 'pedestrian' }, 'violated'],
  [{ highway: 'raceway' }, 'undetermined'],
  [{ 'motor_vehicle:conditional': 'no @ (10:00-14:00)' }, 'violated'],
];
for (const [tags, verdict] of ACCESSES) {
  const [[key, value] = []] = Object.entries(tags);
  const text = `${key}=${value}`;
  scenario(text, block(tags), [{ it: 'is quoted', ...along, finds: [`no-entry ${verdict} AB`], tags: [text] }]);
}

for (const [key, value, kmh] of [
  ['maxspeed', '40', 65],
  ['maxspeed', '25 mph', 65],
  ['maxspeed:forward', '40', 65],
  ['maxspeed:motorcar', '40', 65],
  ['maxspeed:conditional', '40 @ (10:00-14:00)', 65],
] as const) {
  scenario(`${key}=${value}`, block({ [key]: value }), [
    { it: 'is quoted', ...along, kmh, accuses: ['speeding violated AB'], tags: [`${key}=${value}`] },
  ]);
}
for (const [key, value] of [
  ['maxspeed', 'DE:urban'],
  ['source:maxspeed', 'DE:urban'],
  ['zone:traffic', 'DE:urban'],
] as const) {
  scenario(`${key}=${value}`, block({ [key]: value }), [
    {
      it: 'is quoted',
      ...along,
      kmh: 75,
      profile: 'de',
      settings: { 'speeding.exclude_assumed': true },
      accuses: ['speeding violated AB'],
      tags: [`${key}=${value}`],
    },
  ]);
}
