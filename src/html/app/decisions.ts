// SPDX-License-Identifier: MIT
// Decisions of the reader: the last one counts. Kept in the page, sent to `tomare review` where that serves it, and saved
// as decisions.ndjson.
import type { Decision, PageDrive, PageFinding } from '../model.ts';

export function decisionOf(
  finding: PageFinding,
  drive: PageDrive,
  author: string,
  action: Decision['action'],
  more: Partial<Decision>,
): Decision {
  const random = crypto.getRandomValues(new Uint8Array(8));
  return {
    schema: 'tomare.decision/1',
    id: Array.from(random, (b) => b.toString(16).padStart(2, '0')).join(''),
    time: new Date().toISOString(),
    author,
    action,
    reason: 'other',
    drive: drive.id,
    rule: finding.rule,
    finding: finding.key,
    place: finding.place_key,
    scope: 'finding',
    ...more,
  };
}

/** Where `tomare review` takes decisions; other hosts have none. */
export interface ReviewServer {
  url: string;
  token: string;
}

async function ask(server: ReviewServer, init: RequestInit): Promise<Response> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${server.token}` };
  const answer = await fetch(server.url, { ...init, headers });
  if (!answer.ok) throw new Error(((await answer.json()) as { error?: string }).error ?? String(answer.status));
  return answer;
}

/** Keeps a decision; rejects when the server did not say that it is kept. */
export async function send(server: ReviewServer, decision: Decision): Promise<void> {
  await ask(server, { method: 'POST', body: JSON.stringify(decision) });
}

/** All decisions so far, those of other readers too. */
export async function fetched(server: ReviewServer): Promise<Decision[]> {
  return (await ask(server, { method: 'GET' })).json() as Promise<Decision[]>;
}

export function save(list: readonly Decision[]): void {
  const blob = new Blob(
    list.map((decision) => `${JSON.stringify(decision)}\n`),
    { type: 'application/x-ndjson' },
  );
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = 'decisions.ndjson';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
