// SPDX-License-Identifier: MIT
// The measured figures as markdown: the same text on the terminal and between the markers of docs/ACCURACY.md.
import type { Finding } from '../../src/types.ts';
import { type Calibration, calibrate, confidenceOf, onItsWay, pairsOf } from './calibration.ts';
import type { Measured } from './pool.ts';
import {
  type Figures,
  figuresOf,
  interval,
  LAWFUL,
  plainlyRecall,
  plainRecall,
  RULES,
  rateOrBound,
  recall,
  shareOrBound,
  totalOf,
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

/** A recall with its interval; where nothing was missed, with the bound of the rule of three. */
function recallCell(runs: readonly Measured[], rule: string, f: Figures): string {
  if (f.determinable === 0) return '–';
  if (f.foundDeterminable < f.determinable) return `${percent(recall(f))}${range(interval(runs, rule, recall))}`;
  return `100 (≥ ${percent(Math.max(0, 1 - 3 / f.determinable))})`;
}

export function rulesTable(runs: readonly Measured[]): string {
  const rows = RULES.map((rule) => {
    const f = figuresOf(runs, rule);
    return [
      rule,
      `${f.places}`,
      `${f.violations}`,
      `${f.determinable}`,
      `${f.claims}`,
      `${f.falseClaims}`,
      shareOrBound(f.falseClaims, f.claims),
      recallCell(runs, rule, f),
      percent(plainRecall(f)),
      percent(undeterminedShare(f)),
      rateOrBound(f.falseLawful, f.lawfulKm),
    ];
  });
  const head = [
    'rule',
    'places',
    'broken',
    'determinable',
    'claims',
    'false',
    'false %',
    'recall %',
    'of all broken %',
  ];
  return table([...head, 'undetermined %', 'false per 1,000 km'], rows);
}

type Receivers = ReadonlyMap<string, readonly Measured[]>;

function byReceiver(measured: Receivers, head: readonly string[], cells: (runs: readonly Measured[]) => string[]) {
  return table(
    ['receiver', ...head],
    [...measured].map(([name, runs]) => [name, ...cells(runs)]),
  );
}

/** One row a receiver: false claims of all · recall of the determinable, by rule. */
export const receiversTable = (measured: Receivers): string =>
  byReceiver(measured, RULES, (runs) =>
    RULES.map((rule) => {
      const f = figuresOf(runs, rule);
      return `${f.falseClaims}/${f.claims} · ${percent(recall(f))}`;
    }),
  );

/** One row a receiver: found of all that was broken, by rule. */
export const brokenTable = (measured: Receivers): string =>
  byReceiver(measured, RULES, (runs) => RULES.map((rule) => percent(plainRecall(figuresOf(runs, rule)))));

/** One row a receiver: what it says of drivers who broke nothing, whom it acquits, how sure it is. */
export const errorsTable = (measured: Receivers): string =>
  byReceiver(
    measured,
    [
      'false per 1,000 km lawful',
      'possible per 1,000 km lawful',
      'complied',
      'of them broken',
      'wrongly acquitted %',
      'unsigned claims false',
      'ECE',
    ],
    (runs) => {
      const f = totalOf(runs);
      return [
        rateOrBound(f.falseLawful, f.lawfulKm),
        rateOrBound(f.possibleLawful, f.lawfulKm),
        `${f.complied}`,
        `${f.acquitted}`,
        shareOrBound(f.acquitted, f.complied),
        `${f.falseUnsigned} of ${f.unsigned}`,
        calibrate(pairsOf(runs, 'confidence')).ece.toFixed(3),
      ];
    },
  );

/** One row a receiver: wrongly acquitted of complied, by rule that acquits. */
export const acquittalsTable = (measured: Receivers): string => {
  const rules = RULES.filter((rule) => rule !== 'wrong-way' && rule !== 'speeding');
  return byReceiver(measured, rules, (runs) =>
    rules.map((rule) => {
      const f = figuresOf(runs, rule);
      return `${f.acquitted} of ${f.complied}`;
    }),
  );
};

/** One row a receiver: recall of the determinable, by the narrow and by the plain definition. */
export const definitionsTable = (measured: Receivers): string => {
  const rules = RULES.filter((rule) => rule !== 'speeding');
  return byReceiver(measured, rules, (runs) =>
    rules.map((rule) => {
      const f = figuresOf(runs, rule);
      return `${percent(recall(f))} of ${f.determinable} · ${percent(plainlyRecall(f))} of ${f.plainly}`;
    }),
  );
};

const only = (runs: readonly Measured[], wanted: (run: Measured) => boolean) => runs.filter(wanted);

/** The same runs with the events, or the drives, of one kind. */
export function kindsTable(runs: readonly Measured[]): string {
  const tagged = (added: boolean) =>
    runs.map((run) => ({
      ...run,
      events: run.events.filter(({ event }) => (event.added ?? false) === added),
      claims: [],
      possible: [],
    }));
  const night = (run: Measured) => hourAt(run) >= 20;
  const sunday = (run: Measured) => new Date(localMs(run)).getUTCDay() === 0;
  const kinds: [string, readonly Measured[]][] = [
    ['signs of the map', tagged(false)],
    ['signs added', tagged(true)],
    ['by day, Wednesday', only(runs, (run) => !night(run) && !sunday(run))],
    ['Sunday', only(runs, sunday)],
    ['night', only(runs, night)],
    ...[...new Set(runs.map((run) => run.place))].map((place): [string, readonly Measured[]] => [
      place,
      only(runs, (run) => run.place === place),
    ]),
  ];
  const rows = kinds.map(([name, some]) => {
    const f = totalOf(some);
    const stops = figuresOf(some, 'stop-sign');
    const speeding = figuresOf(some, 'speeding');
    const claims = some.every((run) => run.claims.length === 0) ? '–' : `${f.falseClaims} of ${f.claims}`;
    return [
      name,
      `${f.found} of ${f.violations}`,
      `${stops.found} of ${stops.violations}`,
      `${speeding.found} of ${speeding.violations}`,
      `${f.acquitted} of ${f.complied}`,
      claims,
    ];
  });
  const head = ['kind', 'found of all broken', 'stop signs', 'speeding', 'wrongly acquitted', 'claims false'];
  return table(head, rows);
}

const localMs = (run: Measured) => run.drive.start_ms + run.zone * 60_000;
const hourAt = (run: Measured) => new Date(localMs(run)).getUTCHours();

/** Of a false claim: the match, or the judging on the right road. */
const causeOf = (run: Measured, f: Finding) =>
  onItsWay(run.drive, f) ? 'judged wrongly on its road' : 'matched to another road';

function wherever(run: Measured, f: Finding): string[] {
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

export const NONE = 'None.';
const FALSE_HEAD = ['drive', 'at s', 'rule', 'way', 'place', 'match · map · observation', 'confidence', 'cause'];

/** False claims, on drives that break no rule or on the others. */
export function falseTable(runs: readonly Measured[], lawful: boolean): string {
  const rows = runs
    .filter((run) => LAWFUL.has(run.drive.behaviour) === lawful)
    .flatMap((run) => run.claims.filter((c) => c.truth === 'false').map((c) => wherever(run, c.finding)));
  return rows.length === 0 ? NONE : table(FALSE_HEAD, rows);
}

/** Violations that could have been told and were not found. */
export function missedTable(runs: readonly Measured[]): string {
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

/** Places that were broken and are said to have been obeyed. */
export function acquittedTable(runs: readonly Measured[]): string {
  const rows = runs.flatMap((run) =>
    run.events
      .filter((j) => j.event.state === 'violated' && j.answer === 'complied')
      .map(({ event, finding }) => [
        run.drive.id,
        event.t.toFixed(0),
        event.rule,
        `${event.node ?? event.relations?.join(' ') ?? [...new Set(event.ways)].join(' ')}`,
        event.lowest_mps?.toFixed(1) ?? '',
        event.lowest_wide_mps?.toFixed(1) ?? '',
        finding ? [finding.match, finding.map, finding.observation].map((v) => v.toFixed(2)).join(' · ') : '',
      ]),
  );
  const head = ['drive', 'at s', 'rule', 'place', 'lowest m/s at the line', 'around it'];
  return rows.length === 0 ? NONE : table([...head, 'match · map · observation'], rows);
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
