// SPDX-License-Identifier: MIT
// Which country profiles there are: their files' names, without reading them.
import { packageNames } from '../host/node.ts';

/** Names of the profiles there are, sorted. */
export function profileNames(): string[] {
  const files = packageNames('mapdata/profiles').filter((file) => file.endsWith('.yaml'));
  return files.map((file) => file.slice(0, -'.yaml'.length)).sort();
}
