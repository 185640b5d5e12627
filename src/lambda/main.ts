// SPDX-License-Identifier: MIT
// The entry of the bundle: everything is made once, before the first event. The analyst's thread opens the map while
// this one loads the clients.
import '../require_node.ts';
import { extname } from 'node:path';
import { Analyst } from './analyst.ts';

const analyst = new Analyst(new URL(`./worker${extname(import.meta.filename)}`, import.meta.url));
const { createHandler } = await import('./handler.ts');
const { makeParts } = await import('./parts.ts');
const parts = makeParts(process.env, await analyst.ready());

export const handler = createHandler(parts);
