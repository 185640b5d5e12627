// SPDX-License-Identifier: MIT
// The version of this package, for the hosts to name in a result.
import { readFileSync } from 'node:fs';
import { packageFile } from '../package_files.ts';

export const VERSION: string = JSON.parse(readFileSync(packageFile('package.json'), 'utf8')).version;
