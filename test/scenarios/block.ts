// SPDX-License-Identifier: MIT
// Drawings that several scenarios share.
import type { Drawing } from './scene.ts';

export const street = { highway: 'residential' };

const DRAWN = `
      E-----A---------------B-----F
            |               |
      G-----C---------------D-----H
    `;
const AROUND = { EA: street, BF: street, AC: street, BD: street, GC: street, CD: street, DH: street };

/** A block of residential streets; the northern one, AB, has these tags too. */
export const block = (tags: Record<string, string>) => ({
  map: DRAWN,
  metres: 20,
  ways: { AB: { ...street, ...tags }, ...AROUND },
});

/** The same with a door X in the middle of the northern street, AXB. */
export const blockWithDoor = (tags: Record<string, string>) => ({
  map: DRAWN.replace('A---------------B', 'A-------X-------B'),
  metres: 20,
  ways: { AXB: { ...street, ...tags }, ...AROUND },
});

/** And with a door Y in a yard behind that one. */
export const blockWithYard = (tags: Record<string, string>) => {
  const { map, metres, ways } = blockWithDoor(tags);
  const { AXB, ...around } = ways;
  const yard = `
                    Y
                    |
                    |`;
  return { map: yard + map, metres, ways: { AXB, XY: { highway: 'service' }, ...around } };
};

const stopSign = { highway: 'stop', direction: 'forward' };
const minor = { highway: 'residential' };
const major = { highway: 'secondary' };

/** A minor street ASJ, JB crosses a major one, CJD; the stop line S lies 20 m before the junction J. `more` replaces parts. */
export const meeting = (more: Partial<Drawing> = {}): Drawing => ({
  map: `
                C
                |
      A-------S-J------B
                |
                D
    `,
  metres: 10,
  ways: { ASJ: minor, JB: minor, CJD: major },
  nodes: { S: stopSign },
  ...more,
});

/** The same with JT in place of JB, the line 30 m before the junction, and longer streets. */
export const longMeeting = (shift: Drawing['shift'] = {}): Drawing => ({
  map: `
                  C
                  |
      A--------S--J--------T
                  |
                  D
    `,
  metres: 10,
  ways: { ASJ: minor, JT: minor, CJD: major },
  nodes: { S: stopSign },
  shift: { A: [-60, 0], T: [60, 0], C: [0, 60], D: [0, -60], ...shift },
});

/** A turn to the left that a relation with these tags bans. */
export const banned = (tags: Record<string, string>): Drawing => ({
  map: `
        N
        |
        |
    A---J---B
  `,
  metres: 40,
  ways: { AJ: { highway: 'tertiary' }, JB: { highway: 'tertiary' }, NJ: { highway: 'tertiary' } },
  relations: [{ from: 'AJ', via: 'J', to: 'NJ', tags: { restriction: 'no_left_turn', ...tags } }],
});
