// SPDX-License-Identifier: MIT
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDecisions } from '../decisions/file.ts';
import { type Review, startReview } from './server.ts';

const folder = mkdtempSync(join(tmpdir(), 'tomare-review-'));
const file = join(folder, 'decisions.ndjson');
const decision = {
  schema: 'tomare.decision/1',
  id: 'a1',
  time: '2026-11-30T10:00:00Z',
  author: '',
  action: 'confirm',
  reason: 'correct',
  drive: 'd',
  rule: 'speeding',
  finding: 'f',
  place: 'p',
  scope: 'finding',
};
let review: Review;
let origin: string;

beforeAll(async () => {
  review = await startReview({ page: ({ token }) => `<p>${token}</p>`, decisions: file, token: 'secret' });
  origin = new URL(review.url).origin;
});
afterAll(async () => {
  await review.close();
  rmSync(folder, { recursive: true });
});

const bearer = { authorization: 'Bearer secret' };
const post = (body: string, headers: Record<string, string> = bearer) =>
  fetch(`${origin}/decisions`, { method: 'POST', body, headers });

it('gives the page to who has the token', async () => {
  expect(await (await fetch(review.url)).text()).toBe('<p>secret</p>');
});

it('a decision is on the disk when it is answered for', async () => {
  expect((await post(JSON.stringify(decision))).status).toBe(201);
  expect(readDecisions(file).decisions).toEqual([decision]);
  const listed = await fetch(`${origin}/decisions`, { headers: bearer });
  expect(await listed.json()).toEqual([decision]);
});

describe('refused', () => {
  it.each([
    ['no token for the page', '/', {}, 401],
    ['a wrong token', '/?token=secreu', {}, 401],
    ['no token for the decisions', '/decisions', {}, 401],
    ['the token in the address of the decisions', '/decisions?token=secret', {}, 401],
    ['a foreign origin', '/decisions', { ...bearer, origin: 'https://evil.example' }, 403],
    ['an unknown path', '/etc/passwd', bearer, 404],
  ])('%s', async (_, path, headers, status) => {
    expect((await fetch(`${origin}${path}`, { headers })).status).toBe(status);
  });
  it('another host name (DNS rebinding)', async () => {
    const { port } = new URL(origin);
    const status = await new Promise((resolve) =>
      request({ host: '127.0.0.1', port, path: '/?token=secret', headers: { host: `evil.example:${port}` } }, (r) =>
        resolve(r.statusCode),
      ).end(),
    );
    expect(status).toBe(403);
  });
  it.each([
    ['no JSON', '{', 400],
    ['no decision', '{"action":"confirm"}', 400],
    ['a decision that is too long', JSON.stringify({ ...decision, note: 'x'.repeat(20_000) }), 413],
  ])('%s', async (_, body, status) => {
    const before = readDecisions(file).decisions.length;
    expect((await post(body)).status).toBe(status);
    expect(readDecisions(file).decisions.length).toBe(before);
  });
});
