// SPDX-License-Identifier: MIT
// Conditions that are written oddly: read, or undetermined where readers differ; never the opposite of what they say.
import { at1And5s, scenario, withWayRound } from './scene.ts';

// START is Monday noon in Tokyo
const drive = { drive: 'EABF', kmh: 55 };
const SIGNED = { 'speeding.exclude_assumed': true };
const NIGHT = '2026-10-05T14:00:00Z';
const SUNDAY = '2026-10-04T06:00:00Z';

scenario(
  'commas between clauses',
  withWayRound({ maxspeed: '60', 'maxspeed:conditional': '30 @ (22:00-06:00), 40 @ (06:00-08:00)' }),
  [
    { it: 'by day', ...drive, accuses: [] },
    { it: 'CONTROL: at night', ...drive, start: NIGHT, accuses: ['speeding violated AB'], limit_kmh: 30 },
  ],
);
scenario(
  'a second @ inside',
  withWayRound({ maxspeed: '60', 'maxspeed:conditional': '30 @ 22:00-06:00 40 @ 06:00-08:00' }),
  [...at1And5s([{ it: 'nobody knows', ...drive, accuses: [] }])],
);
scenario(
  'key parts in another order',
  withWayRound({ maxspeed: '60', 'maxspeed:conditional:forward': '30 @ (10:00-14:00)' }),
  [
    {
      it: 'forward',
      ...drive,
      accuses: ['speeding violated AB'],
      limit_kmh: 30,
      tags: ['maxspeed:conditional:forward=30 @ (10:00-14:00)'],
    },
    { it: 'backward', drive: 'FBAE', kmh: 55, accuses: [] },
  ],
);
scenario(
  'limits of lanes by the hour',
  withWayRound({ maxspeed: '30', 'maxspeed:lanes:conditional': '60|60 @ (10:00-14:00)' }),
  [{ it: 'nobody knows', ...drive, accuses: [] }],
);
scenario(
  'a part that nobody knows',
  withWayRound({ maxspeed: '30', 'maxspeed:blue:conditional': '60 @ (10:00-14:00)' }),
  [{ it: 'nobody knows', ...drive, accuses: [] }],
);
scenario('of bicycles', withWayRound({ maxspeed: '30', 'maxspeed:bicycle:conditional': '60 @ (10:00-14:00)' }), [
  { it: 'CONTROL: is not ours', ...drive, accuses: ['speeding violated AB'] },
]);
scenario('a zone as the value', withWayRound({ maxspeed: '30', 'maxspeed:conditional': 'DE:rural @ (10:00-14:00)' }), [
  { it: 'by the law of Germany', ...drive, profile: 'de', settings: SIGNED, accuses: [] },
  { it: 'a law that has no such zone', ...drive, profile: 'jp', settings: SIGNED, accuses: [] },
  { it: 'no law at all', ...drive, accuses: [] },
  {
    it: 'CONTROL: outside the hours',
    ...drive,
    start: NIGHT,
    profile: 'de',
    settings: SIGNED,
    accuses: ['speeding violated AB'],
    limit_kmh: 30,
  },
  {
    it: 'CONTROL: faster than the zone allows',
    ...drive,
    kmh: 125,
    profile: 'de',
    settings: SIGNED,
    accuses: ['speeding violated AB'],
  },
]);
scenario('a town as the value', withWayRound({ maxspeed: '100', 'maxspeed:conditional': 'DE:urban @ (10:00-14:00)' }), [
  {
    it: 'CONTROL: 70 in its hours',
    ...drive,
    kmh: 70,
    profile: 'de',
    settings: SIGNED,
    accuses: ['speeding violated AB'],
    limit_kmh: 50,
  },
  { it: 'at night', ...drive, kmh: 70, profile: 'de', settings: SIGNED, start: NIGHT, accuses: [] },
]);
const closed = (condition: string) => withWayRound({ motor_vehicle: 'no', 'motor_vehicle:conditional': condition });
scenario('a comma and a space between days', closed('yes @ (Su, Mo-Sa 20:00-06:00)'), [
  {
    it: 'Sunday: readers differ',
    ...drive,
    kmh: 30,
    start: SUNDAY,
    finds: ['no-entry undetermined AB: condition_unparsed'],
  },
  { it: 'CONTROL: Monday noon', ...drive, kmh: 30, finds: ['no-entry violated AB'] },
  { it: 'CONTROL: Monday night', ...drive, kmh: 30, start: NIGHT, finds: ['no-entry complied AB'] },
]);
scenario('the same days twice', closed('yes @ (Mo-Fr 06:00-13:00; Mo-Fr 20:00-23:30)'), [
  {
    it: 'the first window: readers differ',
    ...drive,
    kmh: 30,
    finds: ['no-entry undetermined AB: condition_unparsed'],
  },
  { it: 'CONTROL: the second', ...drive, kmh: 30, start: NIGHT, finds: ['no-entry complied AB'] },
  { it: 'CONTROL: neither', ...drive, kmh: 30, start: '2026-10-05T08:00:00Z', finds: ['no-entry violated AB'] },
]);
scenario(
  'the same days twice, a limit',
  withWayRound({ maxspeed: '60', 'maxspeed:conditional': '30 @ (Mo-Fr 06:00-13:00; Mo-Fr 20:00-23:30)' }),
  [
    { it: 'the first window', ...drive, accuses: [] },
    { it: 'CONTROL: the second', ...drive, start: NIGHT, accuses: ['speeding violated AB'] },
  ],
);
scenario(
  'the same days twice, a one-way street',
  withWayRound({ 'oneway:conditional': 'yes @ (Mo-Fr 06:00-13:00; Mo-Fr 20:00-23:30)' }),
  [
    { it: 'against it in the first window', drive: 'FBAE', kmh: 35, seeds: [2, 3], accuses: [] },
    {
      it: 'CONTROL: in the second',
      drive: 'FBAE',
      kmh: 35,
      seeds: [2, 3],
      start: NIGHT,
      accuses: ['wrong-way violated -AB'],
    },
  ],
);
for (const dates of [
  '2026 Oct 1-Oct 20',
  '2026 Sep 10-Dec 15',
  '2026 Oct',
  '2026 Sep-Dec',
  '2026',
  '2026-2027',
  'Aug 10-Jan',
  'Aug 15-Jun 15: Mo-Fr 07:30-19:30',
  '2026 Sep-Dec Sa-Tu 08:00-18:00',
]) {
  scenario(`closed on ${dates}`, withWayRound({ 'motor_vehicle:conditional': `no @ (${dates})` }), [
    { it: 'CONTROL: in force', ...drive, kmh: 30, finds: ['no-entry violated AB'] },
  ]);
}
for (const dates of ['2025', '2025 Oct', '2025 Nov 10-Nov 20', '2024-2025', '2025 Dec 20-Jan 10', 'Jan-Feb 10']) {
  scenario(`closed on ${dates}, which is over`, withWayRound({ 'motor_vehicle:conditional': `no @ (${dates})` }), [
    { it: 'open', ...drive, kmh: 30, finds: ['no-entry complied AB'] },
  ]);
}
