// SPDX-License-Identifier: MIT
// What is made at its first use. Schemas of zod are megabytes, which who only reads logs does not pay.

export function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
