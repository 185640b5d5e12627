// SPDX-License-Identifier: MIT
// A result as JSON, NDJSON, GeoJSON, CSV, or a table for people.

import { csvCell } from './cell.ts';
import { judgedLine, nothingJudged } from './judged.ts';
import type { Feature } from './matched.ts';
import type { Result } from './result.ts';

export const FORMATS = ['json', 'ndjson', 'geojson', 'csv', 'table'] as const;
/** JSON, one result a line, GeoJSON points of the findings, CSV of the findings, or a table for people. */
export type Format = (typeof FORMATS)[number];

const CSV_COLUMNS = [
  'drive',
  'rule',
  'verdict',
  'start',
  'end',
  'lat',
  'lon',
  'way',
  'forward',
  'name',
  'node',
  'tag',
  'confidence',
  'reasons',
  'measured',
  'offence',
];

function csvRows(result: Result): string[] {
  return result.findings.map((f) => {
    const measured = Object.entries(f.measured)
      .map(([k, v]) => `${k}=${v}`)
      .join(' ');
    return [
      result.drive.id,
      f.rule,
      f.verdict,
      f.start,
      f.end,
      f.place.lat,
      f.place.lon,
      f.road.way,
      f.road.forward,
      f.road.name,
      f.road.node,
      f.source.tag,
      f.confidence,
      f.reasons.join(' '),
      measured,
      f.offence?.code,
    ]
      .map(csvCell)
      .join(',');
  });
}

function features(result: Result): unknown[] {
  return result.findings.map((f) => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [f.place.lon, f.place.lat] },
    properties: { drive: result.drive.id, ...f },
  }));
}

/** Columns that a terminal gives a text: East Asian wide characters take two. */
function width(text: string): number {
  let columns = 0;
  for (const c of text)
    columns += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(c)
      ? 2
      : 1;
  return columns;
}

const RULE_TEXT: Record<string, string> = {
  'stop-sign': 'stop sign 一時停止',
  'level-crossing': 'level crossing 踏切',
  'wrong-way': 'wrong way 逆走',
  'no-entry': 'no entry 進入禁止',
  'turn-ban': 'banned turn 指定方向外',
  speeding: 'speeding 速度超過',
  'minimum-speed': 'minimum speed 最低速度',
};

function evidence(f: Result['findings'][number]): string {
  const m = f.measured;
  if (f.rule === 'stop-sign' || f.rule === 'level-crossing')
    return `slowest ${m['lowest_observed_kmh'] ?? '?'} km/h, at least ${m['lowest_possible_kmh'] ?? '?'}`;
  if (f.rule === 'speeding') return `${m['sustained_kmh']} km/h for ${m['duration_s']} s, limit ${m['limit_kmh']}`;
  if (f.rule === 'turn-ban') return f.source.tag;
  return `${m['length_m']} m, ${f.source.tag}`;
}

export function table(results: readonly Result[]): string {
  const rows = results.flatMap((r) =>
    r.findings.map((f) => [
      f.start.slice(0, 19).replace('T', ' '),
      r.drive.id,
      f.road.name ?? `way ${f.road.way}`,
      RULE_TEXT[f.rule] ?? f.rule,
      f.verdict,
      `${Math.round(f.confidence * 100)} %`,
      evidence(f),
    ]),
  );
  const end = `${judgedLine(results)}\n`;
  if (rows.length === 0) return `${nothingJudged(results) ? 'nothing could be judged' : 'no finding'}\n${end}`;
  const all = [['when', 'drive', 'where', 'what', 'verdict', 'how sure', 'evidence'], ...rows];
  const widths = all[0]?.map((_, i) => Math.max(...all.map((row) => width(row[i] ?? '')))) ?? [];
  return `${all
    .map((row) =>
      row
        .map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - width(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')}\n${end}`;
}

/**
 * All results as one text. `lines`: features that GeoJSON has before those of the findings.
 * @example writeFileSync('findings.geojson', render([result], 'geojson'))
 */
export function render(results: readonly Result[], format: Format, lines: readonly Feature[] = []): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(results.length === 1 ? results[0] : results, null, 2)}\n`;
    case 'ndjson':
      return results.map((r) => `${JSON.stringify(r)}\n`).join('');
    case 'geojson':
      return `${JSON.stringify({ type: 'FeatureCollection', features: [...lines, ...results.flatMap(features)] })}\n`;
    case 'csv':
      return `${[CSV_COLUMNS.join(','), ...results.flatMap(csvRows)].join('\n')}\n`;
    case 'table':
      return table(results);
  }
}
