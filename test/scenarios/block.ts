// SPDX-License-Identifier: MIT
// Drawings that several scenarios share.

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
