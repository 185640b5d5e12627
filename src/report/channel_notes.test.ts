// SPDX-License-Identifier: MIT
import { expect, it } from 'vitest';
import { CHANNEL_NOTES } from '../layout.ts';
import type { Channels } from '../types.ts';
import { channelWarnings } from './channel_notes.ts';

const channels: Channels = {
  speed_ratio: 1.31,
  speed_factor: 1,
  speed_fixes: 200,
  speed_aside: 30,
  course_fixes: 1000,
  course_aside: 2,
  notes: [],
};

it('says nothing of channels that agree', () => expect(channelWarnings(channels)).toEqual([]));

it('says the share that is left aside, and at least 1 %', () => {
  expect(channelWarnings({ ...channels, notes: ['speed_contradicted', 'course_contradicted_in_places'] })).toEqual([
    '15 % of the speeds are not used: the positions contradict them there',
    '1 % of the courses are not used: the positions move in another direction there',
  ]);
});

it('says the ratio where no unit is known', () => {
  expect(channelWarnings({ ...channels, notes: ['speed_unit'] })[0]).toContain('1.31 times');
});

it('has words of its own for every note', () => {
  const all = channelWarnings({ ...channels, notes: [...CHANNEL_NOTES] });
  expect(new Set(all).size).toBe(CHANNEL_NOTES.length);
});
