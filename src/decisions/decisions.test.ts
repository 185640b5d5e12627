// SPDX-License-Identifier: MIT
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Result } from '../report/result.ts';
import { withDecisions } from './apply.ts';
import { type Decision, findingKey } from './decision.ts';
import { appendDecision, readDecisions } from './file.ts';
import { inForce } from './in_force.ts';

const folder = mkdtempSync(join(tmpdir(), 'tomare-decisions-'));
afterAll(() => rmSync(folder, { recursive: true }));

const finding = (way: number, verdict = 'violated') => ({
  rule: 'wrong-way',
  verdict,
  start: '2026-10-05T10:00:00+09:00',
  road: { way, forward: false },
  reasons: [],
  offence: { code: 'jp.oneway' },
});
const result = {
  drive: { id: 'd' },
  exposure: [{ rule: 'wrong-way', passed: 2, complied: 0, violated: 2, undetermined: 0 }],
  findings: [finding(7), finding(8)],
} as unknown as Result;

let n = 0;
const decision = (over: Partial<Decision>): Decision => ({
  schema: 'tomare.decision/1',
  id: `id${n++}`,
  time: '2026-11-30T10:00:00Z',
  author: 'Sato',
  action: 'dismiss',
  reason: 'wrong_map',
  drive: 'd',
  rule: 'wrong-way',
  finding: findingKey(result, result.findings[0] as Result['findings'][number]),
  place: 'wrong-way way 7 false',
  scope: 'finding',
  ...over,
});
const apply = (...list: Decision[]) => withDecisions(result, inForce(list));

describe('a result with decisions', () => {
  it('a dismissed finding is undetermined, says by whom, and nothing else changes', () => {
    const changed = apply(decision({}));
    expect(changed.findings[0]).toMatchObject({
      verdict: 'undetermined',
      reasons: ['dismissed'],
      decision: { author: 'Sato', time: '2026-11-30T10:00:00Z', reason: 'wrong_map', scope: 'finding' },
    });
    expect(changed.findings[0]).not.toHaveProperty('offence');
    expect(changed.findings[1]).toBe(result.findings[1]);
    expect(changed.exposure).toMatchObject([{ violated: 1, undetermined: 1 }]);
  });
  it('a place is dismissed for all drives', () => {
    const other = decision({ scope: 'place', finding: 'of another drive' });
    expect(apply(other).findings.map((f) => f.verdict)).toEqual(['undetermined', 'violated']);
  });
  it.each(['confirm', 'dispute', 'coach'] as const)('%s leaves the verdict', (action) => {
    const [first] = apply(decision({ action })).findings;
    expect(first).toMatchObject({ verdict: 'violated', decision: { action }, offence: { code: 'jp.oneway' } });
  });
  it('the last decision counts, and an undone one is gone', () => {
    const dismissed = decision({});
    expect(apply(dismissed, decision({ action: 'confirm' })).findings[0]?.verdict).toBe('violated');
    expect(apply(dismissed, decision({ action: 'undo' }))).toBe(result);
  });
  it('a decision that was sent twice counts once', () => {
    const dismissed = decision({});
    expect(apply(dismissed, decision({ action: 'undo' }), dismissed)).toBe(result);
  });
});

describe('the file', () => {
  const path = join(folder, 'decisions.ndjson');
  it('is empty where there is none', () => expect(readDecisions(path)).toEqual({ decisions: [], torn: 0 }));
  it('keeps decisions in their order', () => {
    const [a, b] = [decision({}), decision({ note: 'zwei\nZeilen' })];
    appendDecision(path, a);
    appendDecision(path, b);
    expect(readDecisions(path)).toEqual({ decisions: [a, b], torn: 0 });
  });
  it('goes on after a line that its writer left unfinished', () => {
    appendFileSync(path, '{"schema":"tomare.dec');
    const c = decision({});
    appendDecision(path, c);
    const { decisions, torn } = readDecisions(path);
    expect([decisions.length, decisions[2]?.id, torn]).toEqual([3, c.id, 1]);
    expect(readFileSync(path, 'utf8').endsWith('}\n')).toBe(true);
  });
  it('names the line that is no decision', () => {
    const bad = join(folder, 'bad.ndjson');
    writeFileSync(bad, `${JSON.stringify(decision({}))}\n${JSON.stringify({ ...decision({}), action: 'delete' })}\n`);
    expect(() => readDecisions(bad)).toThrow(/bad\.ndjson:2: action/);
  });
});
