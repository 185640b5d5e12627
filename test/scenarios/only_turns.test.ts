// SPDX-License-Identifier: MIT
// Restrictions with several members, several kinds, several relations, and ways that are not split at the via.
import { at1And5s, scenario } from './scene.ts';

const street = { highway: 'residential' };
const cross = {
  map: `
              N
              |
              |
      W-------X-------E
              |
              |
              S
    `,
  metres: 18,
  ways: { SX: street, XN: street, WX: street, XE: street },
};
const only = (kind: string, to: string | string[], more: Record<string, string> = {}) => ({
  from: 'SX',
  via: 'X',
  to,
  tags: { restriction: kind, ...more },
});
const drive = (to: string) => ({ it: `to ${to}`, drive: `SX${to}`, kmh: 30 });

scenario(
  'sign 311: two only_* of one approach',
  { ...cross, relations: [only('only_straight_on', 'XN'), only('only_left_turn', 'WX')] },
  at1And5s([
    { ...drive('N'), accuses: [] },
    { ...drive('W'), accuses: [] },
    { ...drive('E'), accuses: ['turn-ban violated SX>X>XN'] },
  ]),
);
scenario(
  'one only_straight_on with two ways to go is told of once, though one of them is a turn',
  { ...cross, relations: [only('only_straight_on', ['XN', 'WX'])] },
  [{ ...drive('E'), finds: ['turn-ban violated SX>X>XN>WX'] }],
);
scenario(
  'one only_* with two ways to go',
  { ...cross, relations: [only('only_straight_on', ['XN', 'WX'])] },
  at1And5s([
    { ...drive('N'), accuses: [] },
    { ...drive('W'), accuses: [] },
    { ...drive('E'), accuses: ['turn-ban violated SX>X>XN>WX'] },
  ]),
);
scenario(
  'two only_*, one of them by the hour',
  {
    ...cross,
    relations: [
      only('only_straight_on', 'XN'),
      { from: 'SX', via: 'X', to: 'WX', tags: { 'restriction:conditional': 'only_left_turn @ (15:00-19:00)' } },
    ],
  },
  [
    { ...drive('W'), it: 'in its hours', start: '2026-10-05T07:00:00Z', accuses: [] },
    { ...drive('W'), it: 'CONTROL: outside them', accuses: ['turn-ban violated SX>X>XN'] },
    { ...drive('E'), it: 'CONTROL: neither', accuses: ['turn-ban violated SX>X>XN'] },
  ],
);
scenario(
  'no_left_turn;no_u_turn',
  { ...cross, relations: [{ from: 'SX', via: 'X', to: 'WX', tags: { restriction: 'no_left_turn;no_u_turn' } }] },
  [
    { ...drive('W'), finds: ['turn-ban violated SX>X>WX'], tags: ['restriction=no_left_turn;no_u_turn'] },
    { ...drive('N'), finds: ['turn-ban complied SX>X>WX'] },
  ],
);
scenario(
  'the way to go is not split at the via: the kind tells which side',
  { ...cross, ways: { SX: street, XN: street, WXE: street }, relations: [only('no_left_turn', 'WXE')] },
  at1And5s([
    { ...drive('W'), accuses: ['turn-ban violated SX>X>WXE'] },
    { ...drive('E'), accuses: [] },
    { ...drive('N'), accuses: [] },
  ]),
);
scenario(
  'a no_left_turn with two ways to go: only the left one is banned',
  { ...cross, relations: [only('no_left_turn', ['WX', 'XE'])] },
  [
    { ...drive('W'), accuses: ['turn-ban violated SX>X>WX>XE'] },
    { ...drive('E'), accuses: [] },
  ],
);

const over = {
  map: `
              G
              |
      A-------B-------C-------D
              |       |
              E       F
    `,
  metres: 18,
  shift: { E: [0, -80], F: [0, -80], G: [0, 80] } as Record<string, [number, number]>,
  ways: { AB: street, BC: street, CD: street, BE: street, CF: street, BG: street },
};
scenario(
  'only_* over a way, left at its first node',
  { ...over, relations: [{ from: 'AB', via: ['BC'], to: 'CF', tags: { restriction: 'only_right_turn' } }] },
  at1And5s([
    { it: 'turns off at once', drive: 'ABE', kmh: 30, accuses: ['turn-ban violated AB>BC>CF'] },
    { it: 'turns off at the end', drive: 'ABCD', kmh: 30, accuses: ['turn-ban violated AB>BC>CF'] },
    { it: 'obeys', drive: 'ABCF', kmh: 30, accuses: [] },
    { it: 'comes from elsewhere', drive: 'EBCD', kmh: 30, accuses: [] },
  ]),
);
scenario(
  'no_entry over a way from two sides',
  { ...over, relations: [{ from: ['BE', 'BG'], via: ['BC'], to: 'CF', tags: { restriction: 'no_entry' } }] },
  at1And5s([
    { it: 'from the south', drive: 'EBCF', kmh: 30, accuses: ['turn-ban violated BE>BG>BC>CF'] },
    { it: 'from the north', drive: 'GBCF', kmh: 30, accuses: ['turn-ban violated BE>BG>BC>CF'] },
    { it: 'from the west', drive: 'ABCF', kmh: 30, accuses: [] },
  ]),
);
scenario(
  'no_exit over a way to two sides',
  { ...over, relations: [{ from: 'BE', via: ['BC'], to: ['CF', 'CD'], tags: { restriction: 'no_exit' } }] },
  [
    { it: 'to the south', drive: 'EBCF', kmh: 30, accuses: ['turn-ban violated BE>BC>CF>CD'] },
    { it: 'to the east', drive: 'EBCD', kmh: 30, accuses: ['turn-ban violated BE>BC>CF>CD'] },
    { it: 'from the west', drive: 'ABCD', kmh: 30, accuses: [] },
  ],
);
scenario(
  'via ways in any order',
  {
    map: `
      A---B---C---D---H
      |           |
      E           F
    `,
    metres: 30,
    ways: { AB: street, BC: street, CD: street, DH: street, AE: street, DF: street },
    relations: [{ from: 'AE', via: ['CD', 'AB', 'BC'], to: 'DF', tags: { restriction: 'no_right_turn' } }],
  },
  [
    { it: 'the banned chain', drive: 'EABCDF', kmh: 30, accuses: ['turn-ban violated AE>CD>AB>BC>DF'] },
    { it: 'straight on', drive: 'EABCDH', kmh: 30, accuses: [] },
  ],
);
