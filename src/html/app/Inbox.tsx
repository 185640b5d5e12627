// SPDX-License-Identifier: MIT
// All findings of all drives, to be worked through with the keyboard.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { PageFinding } from '../model.ts';
import { kindOfWho, whoOf } from '../rates.ts';
import { VerdictWord } from './Card.tsx';
import { Decided } from './Decide.tsx';
import { useUi } from './state/ui.ts';

interface Row {
  drive: number;
  finding: number;
  f: PageFinding;
}
const LIMIT = 400;

export function Inbox() {
  const { report, t, f, go, decisions, decide } = useUi();
  const [rule, setRule] = useState('');
  const [verdict, setVerdict] = useState('');
  const [who, setWho] = useState('');
  const [minimum, setMinimum] = useState(0);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const list = useRef<HTMLTableSectionElement>(null);
  const rows = useMemo<Row[]>(
    () =>
      report.data.drives
        .flatMap((drive, d) => drive.findings.map((finding, i) => ({ drive: d, finding: i, f: finding })))
        .filter((row) => row.f.verdict === 'violated' || row.f.verdict === 'possible')
        .sort((a, b) => b.f.confidence - a.f.confidence || a.drive - b.drive || a.finding - b.finding),
    [],
  );
  const names = useMemo(() => [...new Set(report.data.drives.map(whoOf))].sort(), []);
  const kind = kindOfWho(report.data.drives);
  const shown = rows.filter(
    (row) =>
      (rule === '' || row.f.rule === rule) &&
      (verdict === '' || row.f.verdict === verdict) &&
      (who === '' || whoOf(report.drive(row.drive)) === who) &&
      row.f.confidence >= minimum &&
      (!open || !(decisions.has(row.f.key) || decisions.has(row.f.place_key))),
  );
  const here = Math.min(at, Math.max(0, shown.length - 1));
  const enter = (row: Row | undefined) => row && go({ view: 'drive', drive: row.drive, finding: row.finding });
  useEffect(() => {
    const key = (e: KeyboardEvent) => {
      if (/^(INPUT|SELECT|TEXTAREA)$/.test((e.target as Element).tagName) || e.ctrlKey || e.metaKey || e.altKey) return;
      const row = shown[here];
      if (e.key === 'j') setAt(Math.min(shown.length - 1, here + 1));
      else if (e.key === 'k') setAt(Math.max(0, here - 1));
      else if (e.key === 'Enter' && (e.target as Element).tagName !== 'BUTTON') enter(row);
      else if (e.key === 'd' && row)
        decide(row.f, report.drive(row.drive), 'dismiss', { reason: 'other', scope: 'finding' });
      else return;
      e.preventDefault();
    };
    addEventListener('keydown', key);
    return () => removeEventListener('keydown', key);
  });
  useEffect(() => list.current?.querySelector('.here')?.scrollIntoView({ block: 'nearest' }), [here]);
  const choice = (label: string, value: string, set: (v: string) => void, options: [string, string][]) => (
    <label>
      {label}{' '}
      <select value={value} onChange={(e) => set(e.currentTarget.value)}>
        <option value="">{t.all}</option>
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <main class="inbox">
      <h2>{t.inbox}</h2>
      <form class="filter" aria-label={t.filter} onSubmit={(e) => e.preventDefault()}>
        {choice(t.ruleLabel, rule, setRule, Object.entries(t.rule))}
        {choice(t.verdictLabel, verdict, setVerdict, [
          ['violated', t.verdict['violated'] ?? ''],
          ['possible', t.verdict['possible'] ?? ''],
        ])}
        {choice(
          t[kind],
          who,
          setWho,
          names.map((name) => [name, name]),
        )}
        <label>
          {t.sure} {t.minimum}{' '}
          <input
            type="range"
            min={0}
            max={1}
            step={0.05}
            value={minimum}
            onInput={(e) => setMinimum(Number(e.currentTarget.value))}
          />{' '}
          {f.percent(minimum)}
        </label>
        <label>
          <input type="checkbox" checked={open} onChange={(e) => setOpen(e.currentTarget.checked)} /> {t.open}
        </label>
      </form>
      <p class="quiet">
        {t.shown(Math.min(LIMIT, shown.length), rows.length)} <span class="keys">· {t.keys}</span>
      </p>
      <div class="scroll" tabIndex={0} role="region" aria-label={t.inbox}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.ruleLabel}</th>
              <th scope="col">{t.where}</th>
              <th scope="col">{t.when}</th>
              <th scope="col">{t[kind]}</th>
              <th scope="col">{t.sure}</th>
              <th scope="col">{t.decision}</th>
            </tr>
          </thead>
          <tbody ref={list}>
            {shown.slice(0, LIMIT).map((row, i) => (
              <tr key={row.f.key} class={i === here ? 'here' : ''} aria-selected={i === here}>
                <td>
                  <button type="button" class="link" onFocus={() => setAt(i)} onClick={() => enter(row)}>
                    {t.rule[row.f.rule]}
                  </button>{' '}
                  <VerdictWord finding={row.f} />
                </td>
                <td>{row.f.name || t.unnamed}</td>
                <td>{f.time(row.f.start_ms, report.drive(row.drive).zone)}</td>
                <td>{whoOf(report.drive(row.drive))}</td>
                <td>{row.f.verdict === 'possible' ? '' : f.sure(row.f.confidence)}</td>
                <td>
                  <Decided finding={row.f} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length === 0 ? <p>{t.nothing}</p> : null}
    </main>
  );
}
