// SPDX-License-Identifier: MIT
// Drawings that several scenarios share.

export const street = { highway: 'residential' };

/** A block of residential streets; the northern one, AB, has these tags too. */
export const block = (tags: Record<string, string>) => ({
  map: `
      E-----A---------------B-----F
            |               |
      G-----C---------------D-----H
    `,
  metres: 20,
  ways: {
    AB: { ...street, ...tags },
    EA: street,
    BF: street,
    AC: street,
    BD: street,
    GC: street,
    CD: street,
    DH: street,
  },
});
