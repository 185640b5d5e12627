// SPDX-License-Identifier: MIT
// node --import: the native libraries in a process of their own, as redirect.ts says.
import { registerHooks } from 'node:module';
import { redirected } from './redirect.ts';

registerHooks({
  resolve: (specifier, context, next) => next(redirected(specifier, context.parentURL) ?? specifier, context),
});
