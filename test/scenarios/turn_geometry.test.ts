// SPDX-License-Identifier: MIT
// A ban whose kind contradicts the geometry of its roads accuses nobody: the map is wrong somewhere.
import { at1And5s, scenario } from './scene.ts';

const street = { highway: 'residential' };
/** From S over X; L and R bend off by some 10 degrees, W and E by 90, F by 30. */
const fork = (restriction: string, to: string) => ({
  map: `
            L N R   F
             \\|/
      W-------X-------E
              |
              |
              S
    `,
  metres: 18,
  shift: { L: [30, 150], R: [-30, 150], N: [0, 170], F: [0, 100] } as Record<string, [number, number]>,
  ways: { SX: street, XL: street, XR: street, XF: street, XW: street, XE: street },
  relations: [{ from: 'SX', via: 'X', to, tags: { restriction } }],
});
const go = (to: string) => ({ it: `to ${to}`, drive: `SX${to}`, kmh: 30 });
const UNSURE = (to: string) => [`turn-ban undetermined SX>X>X${to}: map_contradiction`];
const SURE = (to: string) => [`turn-ban violated SX>X>X${to}`];

scenario(
  'no_left_turn that goes on by three degrees',
  fork('no_left_turn', 'XL'),
  at1And5s([{ ...go('L'), accuses: [] }]),
);
scenario('no_right_turn that goes on', fork('no_right_turn', 'XR'), [{ ...go('R'), accuses: [] }]);
scenario('no_left_turn to the right', fork('no_left_turn', 'XE'), at1And5s([{ ...go('E'), finds: UNSURE('E') }]));
scenario('no_right_turn to the left', fork('no_right_turn', 'XW'), at1And5s([{ ...go('W'), finds: UNSURE('W') }]));
scenario('no_u_turn that is a left turn', fork('no_u_turn', 'XW'), [{ ...go('W'), finds: UNSURE('W') }]);
scenario('only_left_turn that is a right turn', fork('only_left_turn', 'XE'), [{ ...go('W'), finds: UNSURE('E') }]);
scenario('CONTROL: no_left_turn', fork('no_left_turn', 'XW'), at1And5s([{ ...go('W'), finds: SURE('W') }]));
scenario('CONTROL: no_right_turn', fork('no_right_turn', 'XE'), at1And5s([{ ...go('E'), finds: SURE('E') }]));
scenario('CONTROL: no_right_turn of 40 degrees', fork('no_right_turn', 'XF'), [{ ...go('F'), finds: SURE('F') }]);
scenario('CONTROL: only_left_turn', fork('only_left_turn', 'XW'), [{ ...go('E'), finds: SURE('W') }]);

// "straight on" drawn to a bend, beside a road that goes straight on
for (const restriction of ['only_straight_on', 'no_straight_on']) {
  const banned = restriction === 'no_straight_on';
  scenario(`${restriction} that is a left turn`, fork(restriction, 'XW'), [
    { ...go(banned ? 'W' : 'R'), finds: UNSURE('W') },
    { ...go('E'), accuses: [] },
  ]);
}
scenario('CONTROL: only_straight_on', fork('only_straight_on', 'XR'), [{ ...go('E'), finds: SURE('R') }]);
const fence = { highway: 'service', service: 'driveway' };
const bend = fork('only_straight_on', 'XW');
scenario(
  'CONTROL: only_straight_on round a bend, and a driveway goes straight on',
  { ...bend, ways: { SX: street, XN: fence, XW: street, XE: street } },
  [{ ...go('E'), finds: SURE('W') }],
);
