// SPDX-License-Identifier: MIT
// Learns the shares under `doubt` in settings.yaml: by rule, that under which the truth of the claims is likeliest. The
// logs have no speed: with one, positions are smoothed, and the drive's error is no longer that of its receiver.
import { loadSettings } from '../../src/settings/settings.ts';
import { confidenceOf } from './calibration.ts';
import type { Place } from './drives.ts';
import { measure, settingsOf } from './measure.ts';
import { table } from './page.ts';
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

/** The table of what the drives teach, beside what the settings have. */
export function fitTable(all: readonly Place[], receivers: readonly Receiver[]): string {
  const { doubt } = loadSettings() as unknown as { doubt: Record<string, number> };
  const reference = doubt['sigma_m'] ?? Number.NaN;
  const said = new Map<string, Said[]>(RULES.map((rule) => [rule, []]));
  for (const place of all) {
    const settings = settingsOf(place);
    Object.assign(settings, { doubt: { ...doubt, ...Object.fromEntries(RULES.map((r) => [keyOf(r), 0])) } });
    for (const receiver of receivers) {
      const silent = { ...receiver, doppler_mps: null };
      for (const { finding, truth } of measure(place, silent, place.map, settings).flatMap((run) => run.claims)) {
        if (truth === 'unscored') continue;
        const weight = (receiver.sigma_m / reference) ** 2;
        said.get(finding.rule)?.push({ confidence: confidenceOf(finding), weight, truth: truth === 'true' });
      }
    }
  }
  const rows = [...said].map(([rule, list]) => [
    rule,
    `${list.length}`,
    `${list.filter((s) => !s.truth).length}`,
    list.length > 0 ? fittedDoubt(list).toFixed(2) : '–',
    (doubt[keyOf(rule)] ?? Number.NaN).toFixed(2),
  ]);
  return table(['rule', 'claims', 'false', `doubt at ${reference} m, learned`, 'in settings.yaml'], rows);
}

const keyOf = (rule: string) => rule.replaceAll('-', '_');
