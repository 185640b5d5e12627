// SPDX-License-Identifier: MIT
// Learns the shares under `doubt` in settings.yaml: by rule, that under which the truth of the claims is likeliest. The
// logs have no speed: with one, positions are smoothed, and the drive's error is no longer that of its receiver.
import { loadSettings } from '../../src/settings/settings.ts';
import { confidenceOf } from './calibration.ts';
import type { Place } from './drives.ts';
import { table } from './page.ts';
import { measureAll } from './pool.ts';
import type { Receiver } from './receivers.ts';
import { RULES } from './tables.ts';

const STEP = 0.01;
const MOST = 0.4;
const SURE = 0.999;

interface Said {
  confidence: number;
  /** Square of the receiver's error against that at which the shares hold. */
  weight: number;
  truth: boolean;
}

/** How unlikely the truth is: the mean of the negative logarithms. */
function loss(said: readonly Said[], doubt: number): number {
  const each = said.map(({ confidence, weight, truth }) => {
    const p = Math.min(SURE, confidence * Math.max(1 - SURE, 1 - doubt * weight));
    return -Math.log(truth ? p : 1 - p);
  });
  return each.reduce((sum, v) => sum + v, 0) / each.length;
}

export function fittedDoubt(said: readonly Said[]): number {
  const doubts = Array.from({ length: Math.round(MOST / STEP) + 1 }, (_, i) => i * STEP);
  const losses = doubts.map((doubt) => loss(said, doubt));
  return doubts[losses.indexOf(Math.min(...losses))] ?? 0;
}

/** What the claims of some receivers teach, by rule. */
async function saidBy(all: readonly Place[], receivers: readonly Receiver[]): Promise<Map<string, Said[]>> {
  const { doubt } = loadSettings() as unknown as { doubt: Record<string, number> };
  const settings = { doubt: { ...doubt, ...Object.fromEntries(RULES.map((r) => [keyOf(r), 0])) } };
  const silent = receivers.map((r) => ({ ...r, doppler_mps: null }));
  const measured = await measureAll(
    all,
    silent.map((receiver) => ({ receiver, settings })),
  );
  const said = new Map<string, Said[]>(RULES.map((rule) => [rule, []]));
  measured.forEach((runs, i) => {
    const weight = ((receivers[i]?.sigma_m ?? 0) / (doubt['sigma_m'] ?? Number.NaN)) ** 2;
    for (const { finding, truth } of runs.flatMap((run) => run.claims)) {
      if (truth === 'unscored') continue;
      said.get(finding.rule)?.push({ confidence: confidenceOf(finding), weight, truth: truth === 'true' });
    }
  });
  return said;
}

/** By rule, what each family's drives teach: the worse one counts. */
export async function fitTable(all: readonly Place[], families: Record<string, readonly Receiver[]>): Promise<string> {
  const { doubt } = loadSettings() as unknown as { doubt: Record<string, number> };
  const names = Object.keys(families);
  const said: Map<string, Said[]>[] = [];
  for (const name of names) said.push(await saidBy(all, families[name] ?? []));
  const rows = RULES.map((rule) => [
    rule,
    ...said.flatMap((by) => {
      const list = by.get(rule) ?? [];
      const wrong = list.filter((s) => !s.truth).length;
      return [`${wrong} of ${list.length}`, list.length > 0 ? fittedDoubt(list).toFixed(2) : '–'];
    }),
    (doubt[keyOf(rule)] ?? Number.NaN).toFixed(2),
  ]);
  const head = names.flatMap((name) => [`${name}: false`, `doubt at ${doubt['sigma_m']} m`]);
  return table(['rule', ...head, 'in settings.yaml'], rows);
}

const keyOf = (rule: string) => rule.replaceAll('-', '_');
