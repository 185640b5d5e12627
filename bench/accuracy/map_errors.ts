// SPDX-License-Identifier: MIT
// The same drives on maps that are wrong in one way (map_errors.py): how the figures fall, and whether the
// confidence falls with them.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildMap } from '../../src/mapbuild.ts';
import { confidenceOf } from './calibration.ts';
import { type Place, python } from './drives.ts';
import { measure, type Run } from './measure.ts';
import { percent, table } from './page.ts';
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
  const base = join(dirname(place.map), `wrong-${mark}`);
  if (!existsSync(`${base}.osm.pbf`)) {
    const source = join(dirname(place.map), 'map.osm.pbf');
    const args = [PROGRAM, source, kind, `${place.spec.seed}`, `${base}.osm.pbf`];
    execFileSync(python(), args, { stdio: ['ignore', 2, 'inherit'] });
  }
  await buildMap({ inputs: [`${base}.osm.pbf`], output: `${base}.tmap`, name: place.spec.name });
  return `${base}.tmap`;
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

function confidences(runs: readonly Run[]): { true: number; false: number } {
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
  for (const kind of ['none', ...KINDS]) {
    const runs: Run[] = [];
    for (const place of all) {
      runs.push(...measure(place, receiver, kind === 'none' ? place.map : await wrongMap(place, kind)));
    }
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
