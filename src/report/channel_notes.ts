// SPDX-License-Identifier: MIT
// Sentences about the speeds, courses and accuracies of a log that the engine ignored (docs/CHANNELS.md).
import type { Channels } from '../types.ts';

type Note = Channels['notes'][number];

const share = (aside: number, of: number) => `${Math.max(1, Math.round((100 * aside) / Math.max(1, of)))} %`;

const TEXTS: Record<Note, (c: Channels) => string> = {
  speed_converted: (c) => `the speeds were divided by ${c.speed_factor.toFixed(2)}: the positions show their unit`,
  speed_unit: (c) => {
    const times = c.speed_factor === 1 ? c.speed_ratio : c.speed_factor;
    return `the speeds are not used: they are ${times?.toFixed(2)} times the speeds by the positions, as if in another unit`;
  },
  speed_unit_unknown: () => 'the speeds are not used: their unit is not given and does not follow from the movement',
  speed_constant: () => 'the speeds are not used: they have one value throughout, and the positions show other speeds',
  speed_contradicted: (c) =>
    `${share(c.speed_aside, c.speed_fixes)} of the speeds are not used: the positions contradict them there`,
  speed_contradicted_all_along: () =>
    'the speeds are not used: the positions contradict them in a large part of the drive',
  speed_late: () => 'the speeds are shifted: they come some seconds before or after the positions',
  speed_lag: () => 'the speeds and courses come a second or more after the positions and were moved back by as much',
  course_constant: () => 'the courses are not used: they have one value throughout while the car turns',
  course_contradicted: () => 'the courses are not used: they are not the direction in which the positions move',
  course_contradicted_in_places: (c) =>
    `${share(c.course_aside, c.course_fixes)} of the courses are not used: the positions move in another direction there`,
  accuracy_constant: () => 'the accuracies are not used: they have one value throughout',
};

export const channelWarnings = (channels: Channels): string[] => channels.notes.map((note) => TEXTS[note](channels));
