// SPDX-License-Identifier: MIT
// A result with what people decided: a dismissal takes the accusation away and says who, when and why.
import { placeKey } from '../audit/tally.ts';
import type { Result } from '../report/result.ts';
import { type Decision, findingKey } from './decision.ts';

type Finding = Result['findings'][number];

function decided(f: Finding, { action, author, time, reason, scope }: Decision): Finding {
  if (action === 'undo') return f;
  const decision = { action, author, time, reason, scope };
  if (action !== 'dismiss' || (f.verdict !== 'violated' && f.verdict !== 'possible')) return { ...f, decision };
  const { offence: _, ...rest } = f;
  return { ...rest, verdict: 'undetermined', reasons: [...f.reasons, 'dismissed'], decision };
}

/** A copy of the result; findings that nobody decided about are as before. `decisions`: those in force. */
export function withDecisions(result: Result, decisions: ReadonlyMap<string, Decision>): Result {
  const moved = new Map<string, number>();
  const findings = result.findings.map((f) => {
    const decision = decisions.get(findingKey(result, f)) ?? decisions.get(placeKey(f));
    if (decision === undefined || decision.action === 'undo') return f;
    if (decision.action === 'dismiss' && f.verdict === 'violated') moved.set(f.rule, (moved.get(f.rule) ?? 0) + 1);
    return decided(f, decision);
  });
  if (findings.every((f, i) => f === result.findings[i])) return result;
  const exposure = result.exposure.map((e) => {
    const count = moved.get(e.rule);
    if (count === undefined) return e;
    return { ...e, violated: (e.violated ?? 0) - count, undetermined: (e.undetermined ?? 0) + count };
  });
  return { ...result, findings, exposure };
}
