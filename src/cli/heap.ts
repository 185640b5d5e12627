// SPDX-License-Identifier: MIT
// How the command's memory grows: V8 doubles its young generation up to 16 MiB as texts come and go, and a log is read as
// fast with the 1 MiB that it begins with. A library leaves this to its program. `npm run bench -- reading-memory`.
import { setFlagsFromString } from 'node:v8';

export const HEAP_FLAG = '--semi-space-growth-factor=1';

/** For the whole process, workers too; before anything is loaded. */
export const boundYoungGeneration = (): void => setFlagsFromString(HEAP_FLAG);
