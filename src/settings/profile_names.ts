// SPDX-License-Identifier: MIT
// Which country profiles there are: their files' names, without reading them.
import { readdirSync } from 'node:fs';
import { packageFile } from '../package_files.ts';

/** Names of the profiles there are, sorted. */
export function profileNames(): string[] {
  const files = readdirSync(packageFile('mapdata/profiles')).filter((file) => file.endsWith('.yaml'));
  return files.map((file) => file.slice(0, -'.yaml'.length)).sort();
}
