// SPDX-License-Identifier: MIT
// What a person decides of a finding: confirm, dismiss, dispute, coach, or take back.
import { useState } from 'preact/hooks';
import type { Decision, PageDrive, PageFinding } from '../model.ts';
import { useUi } from './state/ui.ts';

const ACTIONS = ['confirm', 'dismiss', 'dispute', 'coach'] as const;

export function Decided({ finding }: { finding: PageFinding }) {
  const { t, decisions } = useUi();
  const decision = decisions.get(finding.key) ?? decisions.get(finding.place_key);
  if (!decision) return null;
  return (
    <span class={`decided ${decision.action}`}>
      {t.decided[decision.action]}
      {decision.reason && t.why[decision.reason] ? `: ${t.why[decision.reason]}` : ''}
    </span>
  );
}

interface ChoiceOf<T extends string> {
  label: string;
  /** By value. */
  texts: Record<string, string>;
  value: T;
  take: (value: T) => void;
}

function Choice<T extends string>({ label, texts, value, take }: ChoiceOf<T>) {
  return (
    <label>
      <span class="quiet">{label}</span>
      <select value={value} onChange={(e) => take(e.currentTarget.value as T)}>
        {Object.entries(texts).map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

export function Decide({ finding, drive }: { finding: PageFinding; drive: PageDrive }) {
  const { t, decisions, decide, author, rename } = useUi();
  const [reason, setReason] = useState<Decision['reason']>('other');
  const [scope, setScope] = useState<Decision['scope']>('finding');
  const [note, setNote] = useState('');
  const made = decisions.get(finding.key) ?? decisions.get(finding.place_key);
  const act = (action: Decision['action']) =>
    decide(finding, drive, action, {
      reason: action === 'confirm' ? 'correct' : reason,
      scope,
      ...(note === '' ? {} : { note }),
    });
  return (
    <section class="decide">
      <h3>{t.decide}</h3>
      <p class="fields">
        <Choice label={t.because} texts={t.why} value={reason} take={setReason} />
        <Choice label={t.concerns} texts={t.scope} value={scope} take={setScope} />
        <label>
          <span class="quiet">{t.note}</span>
          <input type="text" maxLength={500} value={note} onInput={(e) => setNote(e.currentTarget.value)} />
        </label>
        <label>
          <span class="quiet">{t.author}</span>
          <input type="text" value={author} onInput={(e) => rename(e.currentTarget.value)} />
        </label>
      </p>
      <p class="actions">
        {ACTIONS.map((action) => (
          <button
            key={action}
            type="button"
            class={action}
            aria-pressed={made?.action === action}
            onClick={() => act(action)}
          >
            {t.action[action]}
          </button>
        ))}
        {made ? (
          <button type="button" onClick={() => act('undo')}>
            {t.action['undo']}
          </button>
        ) : null}
      </p>
    </section>
  );
}
