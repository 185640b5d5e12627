// SPDX-License-Identifier: MIT
// Results as JSON, NDJSON, GeoJSON, CSV, Parquet, or a table for people.

import { CsvTable } from './csv.ts';
import { GeoJson } from './geojson.ts';
import type { Matched } from './matched.ts';
import type { Format } from './registry.ts';
import type { Result } from './result.ts';
import { PeopleTable, type TableLook } from './table.ts';
import type { TableName } from './tables.ts';
import type { Piece, ResultWriter } from './writer.ts';

export { FORMATS, type Format } from './registry.ts';
export { table } from './table.ts';
/** Formats that are text and need only results. */
export type TextFormat = Exclude<Format, 'parquet' | 'html'>;

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

export interface WriterOptions {
  /** Several logs were given: JSON is an array, also where only one of them could be read. */
  many?: boolean;
  /** Which of the tables a file of CSV or Parquet holds. Default "findings". */
  table?: TableName;
  /** CSV for Excel: a byte order mark, and lines that end as on Windows. */
  excel?: boolean;
  /** Of a table for people. */
  look?: TableLook;
}

function textWriter(format: TextFormat, { many = true, table = 'findings', excel, look }: WriterOptions): ResultWriter {
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
      return new PeopleTable(look);
  }
}

/** A writer of any format but the report page, which is made in src/html. Parquet's code is loaded when it is asked for. */
export async function openWriter(format: Exclude<Format, 'html'>, options: WriterOptions = {}): Promise<ResultWriter> {
  if (format !== 'parquet') return textWriter(format, options);
  const { ParquetTable } = await import('./parquet.ts');
  return new ParquetTable(options.table ?? 'findings');
}

/**
 * All results as one text. `matched`: for GeoJSON, the matched drives of the results, in the same order.
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
