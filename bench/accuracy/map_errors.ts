// SPDX-License-Identifier: MIT
// The same drives on maps that are wrong in one way (map_errors.py): how the figures fall, and whether the
// confidence falls with them.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { confidenceOf } from './calibration.ts';
import { compiledIn, type Place, python } from './drives.ts';
import { percent, table } from './page.ts';
import { type Job, type Measured, measureAll } from './pool.ts';
import { BASE, type Receiver } from './receivers.ts';
import { figuresOf, precision, RULES, recall } from './tables.ts';

const KINDS = [
  'stops 5 m off',
  'stops 10 m off',
  'stops 20 m off',
  'stops 30 m off',
  'stops without direction',
  'a fifth of limits wrong',
  '3 % of minor roads missing',
  'parallel roads beside a tenth',
  'elevated roads above a third of main roads',
];
const PROGRAM = join(import.meta.dirname, 'map_errors.py');

async function wrongMap(place: Place, kind: string): Promise<string> {
  const mark = createHash('sha256').update(kind).update(readFileSync(PROGRAM)).digest('hex').slice(0, 8);
  const [folder, stem] = [dirname(place.map), `wrong-${mark}`];
  const file = join(folder, `${stem}.osm.pbf`);
  if (!existsSync(file)) {
    const making = join(folder, `${stem}.${process.pid}.osm.pbf`);
    const args = [PROGRAM, join(folder, 'map.osm.pbf'), kind, `${place.spec.seed}`, making];
    execFileSync(python(), args, { stdio: ['ignore', 2, 'inherit'] });
    renameSync(making, file);
  }
  return compiledIn(folder, stem, place.spec.name);
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

function confidences(runs: readonly Measured[]): { true: number; false: number } {
  const of = (truth: string) =>
    mean(runs.flatMap((run) => run.claims.filter((c) => c.truth === truth).map((c) => confidenceOf(c.finding))));
  return { true: of('true'), false: of('false') };
}

const two = (v: number) => (Number.isFinite(v) ? v.toFixed(2) : '–');

/** One row a kind of error: precision · recall by rule, false findings, mean confidence of true and false ones. */
export async function mapErrorsTable(all: readonly Place[]): Promise<{ text: string; figures: object }> {
  const [receiver] = BASE as [Receiver];
  const rows: string[][] = [];
  const figures: Record<string, object> = {};
  const jobs: Job[] = [{ receiver }];
  for (const kind of KINDS) {
    const maps: Record<string, string> = {};
    for (const place of all) maps[place.spec.name] = await wrongMap(place, kind);
    jobs.push({ receiver, maps });
  }
  const measured = await measureAll(all, jobs);
  for (const [i, kind] of ['none', ...KINDS].entries()) {
    const runs = measured[i] ?? [];
    const each = RULES.map((rule) => figuresOf(runs, rule));
    const km = each[0]?.lawfulKm ?? 0;
    const perThousand = (each.reduce((sum, f) => sum + f.falseLawful, 0) / km) * 1000;
    const sure = confidences(runs);
    rows.push([
      kind,
      ...each.map((f) => `${percent(precision(f))} · ${percent(recall(f))}`),
      perThousand.toFixed(1),
      `${two(sure.true)} / ${two(sure.false)}`,
    ]);
    figures[kind] = { rules: Object.fromEntries(RULES.map((r, i) => [r, each[i]])), perThousand, confidence: sure };
  }
  const head = ['error', ...RULES, 'false per 1,000 km', 'confidence true / false'];
  return { text: table(head, rows), figures };
}
