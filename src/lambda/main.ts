// SPDX-License-Identifier: MIT
// The entry of the bundle: everything is made once, before the first event.
import '../require_node.ts';
import { createHandler } from './handler.ts';
import { start } from './parts.ts';

export const handler = createHandler(start(process.env));
