// SPDX-License-Identifier: MIT
// The oldest Node that runs this package. Plain code without imports: an old Node must come as far as to say so.

/** As `engines` of package.json says. */
export const OLDEST_NODE: readonly [number, number] = [22, 18];

/** Why this Node cannot be used, in one line; undefined where it can, and in a browser. */
export function nodeProblem(version: string | undefined = globalThis.process?.versions?.node): string | undefined {
  if (version === undefined) return undefined;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldest, least] = OLDEST_NODE;
  if (major > oldest || (major === oldest && minor >= least)) return undefined;
  return `tomare needs Node ${oldest}.${least} or newer, and this is ${version}: install a newer one (https://nodejs.org)`;
}
