// SPDX-License-Identifier: MIT
// The measured figures as markdown: the same text on the terminal and between the markers of docs/ACCURACY.md.
import type { Finding } from '../../src/types.ts';
import { type Calibration, confidenceOf, onItsWay } from './calibration.ts';
import type { Run } from './measure.ts';
import {
  type Figures,
  falsePer1000,
  figuresOf,
  interval,
  LAWFUL,
  plainRecall,
  precision,
  RULES,
  recall,
  undeterminedShare,
} from './tables.ts';

export const percent = (v: number) => (Number.isFinite(v) ? (v * 100).toFixed(1) : '–');
const range = ([low, high]: [number, number]) =>
  Number.isFinite(low) ? ` (${(low * 100).toFixed(0)}–${(high * 100).toFixed(0)})` : '';

/** A markdown table whose columns are aligned as text too. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((h, i) => Math.max(h.length, ...rows.map((r) => (r[i] ?? '').length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((c, i) => (i === 0 ? c.padEnd(widths[i] ?? 0) : c.padStart(widths[i] ?? 0))).join(' | ')} |`;
  const rule = `|${widths.map((w, i) => (i === 0 ? '-'.repeat(w + 2) : `${'-'.repeat(w + 1)}:`)).join('|')}|`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

export function rulesTable(runs: readonly Run[]): string {
  const rows = RULES.map((rule) => {
    const f: Figures = figuresOf(runs, rule);
    return [
      rule,
      `${f.places}`,
      `${f.violations}`,
      `${f.determinable}`,
      `${f.claims}`,
      `${f.falseClaims}`,
      `${percent(precision(f))}${range(interval(runs, rule, precision))}`,
      `${percent(recall(f))}${range(interval(runs, rule, recall))}`,
      percent(plainRecall(f)),
      percent(undeterminedShare(f)),
      falsePer1000(f).toFixed(2),
    ];
  });
  const head = [
    'rule',
    'places',
    'broken',
    'determinable',
    'claims',
    'false',
    'precision %',
    'recall %',
    'of all broken %',
  ];
  return table([...head, 'undetermined %', 'false per 1,000 km'], rows);
}

/** One row a receiver: precision · recall of the determinable, by rule. */
export function receiversTable(measured: ReadonlyMap<string, readonly Run[]>): string {
  const rows = [...measured].map(([name, runs]) => {
    const all = RULES.map((rule) => figuresOf(runs, rule));
    const km = all[0]?.lawfulKm ?? 0;
    const false_ = all.reduce((sum, f) => sum + f.falseLawful, 0);
    return [
      name,
      ...all.map((f) => `${percent(precision(f))} · ${percent(recall(f))}`),
      ((false_ / km) * 1000).toFixed(2),
    ];
  });
  return table(['receiver', ...RULES, 'false per 1,000 km'], rows);
}

/** Of a false claim: the match, or the judging on the right road. */
const causeOf = (run: Run, f: Finding) =>
  onItsWay(run.drive, f) ? 'judged wrongly on its road' : 'matched to another road';

function wherever(run: Run, f: Finding): string[] {
  const at = ((f.start_ms - run.drive.start_ms) / 1000).toFixed(0);
  const factors = [f.match, f.map, f.observation].map((v) => v.toFixed(2)).join(' · ');
  const place = f.node ? `node ${f.node}` : f.relation ? `relation ${f.relation}` : '';
  return [
    run.drive.id,
    at,
    f.rule,
    `${f.way}${f.forward ? '+' : '-'}`,
    place,
    factors,
    confidenceOf(f).toFixed(2),
    causeOf(run, f),
  ];
}

const FALSE_HEAD = ['drive', 'at s', 'rule', 'way', 'place', 'match · map · observation', 'confidence', 'cause'];

/** False claims, on drives that break no rule or on the others. */
export function falseTable(runs: readonly Run[], lawful: boolean): string {
  const rows = runs
    .filter((run) => LAWFUL.has(run.drive.behaviour) === lawful)
    .flatMap((run) => run.claims.filter((c) => c.truth === 'false').map((c) => wherever(run, c.finding)));
  return rows.length === 0 ? 'None.' : table(FALSE_HEAD, rows);
}

/** Violations that could have been told and were not found. */
export function missedTable(runs: readonly Run[]): string {
  const rows = runs.flatMap((run) =>
    run.events
      .filter((j) => j.event.state === 'violated' && j.determinable && j.answer !== 'violated')
      .map(({ event, answer, finding }) => [
        run.drive.id,
        event.t.toFixed(0),
        event.rule,
        `${event.node ?? event.relations?.join(' ') ?? [...new Set(event.ways)].join(' ')}`,
        answer,
        finding?.reasons.join(' ') ?? '',
        finding ? [finding.match, finding.map, finding.observation].map((v) => v.toFixed(2)).join(' · ') : '',
      ]),
  );
  return table(['drive', 'at s', 'rule', 'place', 'answer', 'reasons', 'match · map · observation'], rows);
}

export function calibrationTable(parts: Record<string, Calibration>): string {
  const rows = Object.entries(parts).map(([name, c]) => {
    const sure = c.bins.filter((b) => b.said >= 0.9);
    return [
      name,
      `${c.count}`,
      c.ece.toFixed(3),
      ...sure.map((b) => `${b.said.toFixed(3)} → ${b.true.toFixed(3)} (${b.count})`),
    ];
  });
  return table(['of', 'findings', 'ECE', 'top tenth: said → true (findings)'], rows);
}
