// SPDX-License-Identifier: MIT
// A stand inside a street that asks for a destination or a permit makes it one, as the ends of a log do.
import { blockWithYard as block } from './block.ts';
import { at1And5s, scenario } from './scene.ts';

const VALUES: [Record<string, string>, string, string][] = [
  [{ motor_vehicle: 'destination' }, 'complied', 'violated'],
  [{ vehicle: 'delivery' }, 'complied', 'possible'],
  [{ motorcar: 'destination;delivery' }, 'complied', 'possible'],
  [{ access: 'private' }, 'undetermined', 'possible'],
  [{ motor_vehicle: 'customers' }, 'undetermined', 'possible'],
  [{ motor_vehicle: 'permit' }, 'undetermined', 'possible'],
  [{ motor_vehicle: 'no' }, 'undetermined', 'violated'],
  [{ 'motor_vehicle:conditional': 'destination @ (06:00-22:00)' }, 'complied', 'violated'],
];

for (const [tags, inside, through] of VALUES) {
  const drives = [
    {
      it: 'a courier stands ten minutes in it',
      drive: 'EAXBF',
      kmh: 25,
      stop: { X: 600 },
      finds: [`no-entry ${inside} AXB`],
    },
    { it: 'the other way', drive: 'FBXAE', kmh: 25, stop: { X: 240 }, finds: [`no-entry ${inside} -AXB`] },
    { it: 'CONTROL: through it', drive: 'EAXBF', kmh: 25, finds: [`no-entry ${through} AXB`] },
    {
      it: 'CONTROL: a queue of twenty seconds in it',
      drive: 'EAXBF',
      kmh: 25,
      stop: { X: 20 },
      finds: [`no-entry ${through} AXB`],
    },
  ];
  scenario(`stands in a street: ${JSON.stringify(tags)}`, block(tags), at1And5s(drives));
}

scenario(
  'stands in a yard behind a street of destinations',
  block({ motor_vehicle: 'destination' }),
  at1And5s([
    {
      it: 'in from the west, out to the east',
      drive: 'EAXYXBF',
      kmh: 20,
      stop: { Y: 300 },
      finds: ['no-entry complied AXB', 'no-entry complied AXB'],
    },
  ]),
);
