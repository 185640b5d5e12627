// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { freePort } from './servers.ts';

test('a port is given once, though nobody listens on it yet: S3 and the queue were told the same one', async () => {
  const ports = await Promise.all(Array.from({ length: 400 }, () => freePort()));
  expect(new Set(ports).size).toBe(400);
});
