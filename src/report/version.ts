// SPDX-License-Identifier: MIT
// The version of this package, for the hosts to name in a result.
import { readFileSync } from 'node:fs';

export const VERSION: string = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version;
