// SPDX-License-Identifier: MIT
// Bans over the link between two carriageways that are not split where it leaves them.
import { type Drawing, type Drive, scenario } from './scene.ts';

type Tags = Record<string, string>;
const street = { highway: 'tertiary' };
const oneWay = { ...street, oneway: 'yes' };
const divided = (
  ways: Record<string, Tags>,
  from: string,
  to: string,
  via = ['BE'],
  restriction = 'no_u_turn',
): Drawing => ({
  map: `
      A--------B--------C
               |
      D--------E--------F
  `,
  metres: 20,
  ways: { BE: street, ...ways },
  relations: [{ from, via, to, tags: { restriction } }],
});
const round: Drive = { it: 'turned round over the link', drive: 'DEBA', kmh: 30 };
const on: Drive = { it: 'straight on', drive: 'DEF', kmh: 30, finds: [] };

for (const [name, ways, from, to] of [
  ['neither is split', { CBA: oneWay, DEF: oneWay }, 'DEF', 'CBA'],
  ['the first is split', { CBA: oneWay, DE: oneWay, EF: oneWay }, 'DE', 'CBA'],
  ['the second is split', { CB: oneWay, BA: oneWay, DEF: oneWay }, 'DEF', 'BA'],
  ['drawn against the arrow', { ABC: { ...street, oneway: '-1' }, DEF: oneWay }, 'DEF', 'ABC'],
] as [string, Record<string, Tags>, string, string][]) {
  scenario(`no_u_turn over a link, ${name}`, divided(ways, from, to), [
    { ...round, it: 'CONTROL: turned round', finds: [`turn-ban violated ${from}>BE>${to}`] },
    on,
    { ...on, it: 'the other carriageway', drive: 'CBA' },
  ]);
}
scenario(
  'the link of two ways, in any order',
  {
    map: `
      A--------B--------C
               |
               M
               |
      D--------E--------F
    `,
    metres: 15,
    ways: { CBA: oneWay, DEF: oneWay, BM: street, ME: street },
    relations: [{ from: 'DEF', via: ['BM', 'ME'], to: 'CBA', tags: { restriction: 'no_u_turn' } }],
  },
  [{ ...round, it: 'CONTROL: turned round', drive: 'DEMBA', finds: ['turn-ban violated DEF>BM>ME>CBA'] }, on],
);
// which of the two sides of a road of both directions does the sign stand on?
scenario('roads of both directions', divided({ CBA: street, DEF: street }, 'DEF', 'CBA'), [
  { ...round, accuses: [] },
  { ...round, it: 'from the other side', drive: 'FEBC', accuses: [] },
]);
scenario(
  'a link that meets the road nowhere',
  divided({ CBA: oneWay, DEF: oneWay, AD: street }, 'DEF', 'CBA', ['AD']),
  [{ ...round, accuses: [] }],
);
