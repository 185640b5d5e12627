// SPDX-License-Identifier: MIT
// Decisions of the reader: the last one counts. Kept in the page, sent to `tomare review` where that serves it, and saved
// as decisions.ndjson.
import type { Decision, PageDrive, PageFinding } from '../model.ts';

/** The decision in force by finding or place; an undone one is gone. */
export function inForce(list: readonly Decision[]): Map<string, Decision> {
  const map = new Map<string, Decision>();
  for (const decision of list) {
    const key = decision.scope === 'place' ? decision.place : decision.finding;
    if (decision.action === 'undo') {
      map.delete(decision.finding);
      map.delete(decision.place);
    } else map.set(key, decision);
  }
  return map;
}

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

export async function send(server: ReviewServer, decision: Decision): Promise<void> {
  const answer = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${server.token}` },
    body: JSON.stringify(decision),
  });
  if (!answer.ok) throw new Error(`the review server answered ${answer.status}`);
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
