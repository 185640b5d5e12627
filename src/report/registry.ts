// SPDX-License-Identifier: MIT
// The forms in which results are written, and what a host must know of each.

export const FORMATS = ['json', 'ndjson', 'geojson', 'csv', 'parquet', 'html', 'table'] as const;
/**
 * JSON, one result a line, GeoJSON of the findings, tables as CSV or Parquet (tables.ts), the report page (src/html), or
 * a table for people.
 */
export type Format = (typeof FORMATS)[number];

export interface FormatFacts {
  /** How names of such files end, without the dot. */
  ending: string;
  /** Media type. */
  type: string;
  /**
   * What is asked of the engine beside the result. `stretches`: the matched route where a finding is a stretch of it;
   * `drive`: the matched route, the fixes, and every finding.
   */
  needs: 'result' | 'stretches' | 'drive';
  /** One file holds one of the tables of tables.ts; a folder takes all of them. */
  tables: boolean;
}

export const FORMAT_FACTS: Readonly<Record<Format, FormatFacts>> = {
  json: { ending: 'json', type: 'application/json', needs: 'result', tables: false },
  ndjson: { ending: 'ndjson', type: 'application/x-ndjson', needs: 'result', tables: false },
  geojson: { ending: 'geojson', type: 'application/geo+json', needs: 'stretches', tables: false },
  csv: { ending: 'csv', type: 'text/csv; charset=utf-8', needs: 'result', tables: true },
  parquet: { ending: 'parquet', type: 'application/vnd.apache.parquet', needs: 'result', tables: true },
  html: { ending: 'html', type: 'text/html; charset=utf-8', needs: 'drive', tables: false },
  table: { ending: 'txt', type: 'text/plain; charset=utf-8', needs: 'result', tables: false },
};
