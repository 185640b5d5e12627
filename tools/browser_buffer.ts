// SPDX-License-Identifier: MIT
// Node's Buffer for what reads binary logs in a browser; esbuild puts it where the name stands.
export { Buffer } from 'buffer/';
