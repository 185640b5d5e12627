// SPDX-License-Identifier: MIT
// Results as JSON, NDJSON, GeoJSON, CSV, Parquet, or a table for people.

import { CsvTable } from './csv.ts';
import { GeoJson } from './geojson.ts';
import { judgedLine, nothingJudged } from './judged.ts';
import type { Matched } from './matched.ts';
import type { Format } from './registry.ts';
import type { Result } from './result.ts';
import type { TableName } from './tables.ts';
import type { Piece, ResultWriter } from './writer.ts';

export { FORMATS, type Format } from './registry.ts';
/** Formats that are text and need nothing but results. */
export type TextFormat = Exclude<Format, 'parquet' | 'html'>;

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

class Json implements ResultWriter {
  private readonly many: boolean;
  private some = false;

  constructor(many: boolean) {
    this.many = many;
  }

  head = () => '';

  drive(result: Result): string {
    const text = JSON.stringify(result, null, 2);
    const before = this.some ? ',\n' : '[\n';
    this.some = true;
    return this.many ? before + text.replace(/^/gm, '  ') : `${text}\n`;
  }

  tail(): string {
    if (!this.some) return '[]\n';
    return this.many ? '\n]\n' : '';
  }
}

const NDJSON: ResultWriter = {
  head: () => '',
  drive: (result) => `${JSON.stringify(result)}\n`,
  tail: () => '',
};

class People implements ResultWriter {
  private readonly results: Result[] = [];

  head = () => '';

  drive(result: Result): string {
    const { route: _, ...shown } = result;
    this.results.push(shown);
    return '';
  }

  tail = () => table(this.results);
}

export interface WriterOptions {
  /** Several logs were given: JSON is an array, also where only one of them could be read. */
  many?: boolean;
  /** Which of the tables a file of CSV or Parquet holds. Default "findings". */
  table?: TableName;
  /** CSV for Excel: a byte order mark, and lines that end as on Windows. */
  excel?: boolean;
}

function textWriter(format: TextFormat, { many = true, table = 'findings', excel }: WriterOptions): ResultWriter {
  switch (format) {
    case 'json':
      return new Json(many);
    case 'ndjson':
      return NDJSON;
    case 'geojson':
      return new GeoJson();
    case 'csv':
      return new CsvTable(table, excel);
    case 'table':
      return new People();
  }
}

/** A writer of any format but the report page, which is made in src/html. Parquet's code is loaded when it is asked for. */
export async function openWriter(format: Exclude<Format, 'html'>, options: WriterOptions = {}): Promise<ResultWriter> {
  if (format !== 'parquet') return textWriter(format, options);
  const { ParquetTable } = await import('./parquet.ts');
  return new ParquetTable(options.table ?? 'findings');
}

/**
 * All results as one text. `matched`: the routes of the results, by their place, for GeoJSON to draw.
 * @example writeFileSync('findings.geojson', render([result], 'geojson'))
 */
export function render(
  results: readonly Result[],
  format: TextFormat,
  matched: readonly (Matched | undefined)[] = [],
): string {
  const writer = textWriter(format, { many: results.length !== 1 });
  const pieces: Piece[] = [writer.head(), ...results.map((r, i) => writer.drive(r, matched[i])), writer.tail()];
  return pieces.join('');
}
