// SPDX-License-Identifier: MIT
// The version of this package, for the hosts to name in a result.
import { packageText } from '../host/node.ts';

export const VERSION: string = JSON.parse(packageText('package.json')).version;
