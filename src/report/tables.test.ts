// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { MEASURES } from '../layout.ts';
import { openWriter, type TextFormat } from './formats.ts';
import type { Result } from './result.ts';
import { columnsOf, offsetMinutes, rowsOf, TABLES, type TableName } from './tables.ts';

const golden = join(import.meta.dirname, '..', '..', 'test', 'goldens', 'town.ndjson');
const results: Result[] = readFileSync(golden, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));

async function written(
  format: TextFormat | 'parquet',
  table: TableName,
  drives: readonly Result[],
): Promise<Uint8Array> {
  const writer = await openWriter(format, { table });
  const pieces = [writer.head(), ...drives.map((drive) => writer.drive(drive)), writer.tail()];
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
}

const bufferOf = (bytes: Uint8Array) => new Uint8Array(bytes).buffer;

/** A cell of Parquet as CSV has it; a moment has lost its offset. */
function asText(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return value === null || value === undefined ? '' : String(value);
}

describe('the tables', () => {
  it('have a column for each measure, factor and part of an offence', () => {
    const names = columnsOf('findings').map(({ name }) => name);
    for (const name of [
      ...MEASURES,
      'factor_match',
      'factor_map',
      'factor_observation',
      'article',
      'points',
      'fine_yen',
    ])
      expect(names).toContain(name);
  });

  it('docs/ANALYSIS.md lists their columns', () => {
    const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'ANALYSIS.md'), 'utf8');
    const listed = new Map<string, string[]>();
    let table = '';
    for (const [, name = '', columns = ''] of page.matchAll(/^\|(?: `(\w+)`)? \|.*\| ([^|]*`) \|$/gm)) {
      table = name || table;
      listed.set(table, [...(listed.get(table) ?? []), ...[...columns.matchAll(/`(\w+)`/g)].map(([, c = '']) => c)]);
    }
    expect([...listed.keys()]).toEqual([...TABLES]);
    for (const name of TABLES)
      expect(listed.get(name)?.sort()).toEqual(
        columnsOf(name)
          .map((c) => c.name)
          .sort(),
      );
  });

  it.each(TABLES)('%s: no name comes twice, and each row has a cell for each', (table) => {
    const names = columnsOf(table).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const rows = results.flatMap((result) => rowsOf(table, result));
    expect(rows.length).toBeGreaterThan(results.length - 1);
    for (const row of rows) expect(row.length).toBe(names.length);
  });

  it.each(TABLES)('%s: CSV and Parquet say the same', async (table) => {
    const csv: Record<string, string>[] = parse(Buffer.from(await written('csv', table, results)), { columns: true });
    const file = bufferOf(await written('parquet', table, results));
    const parquet = await parquetReadObjects({ file });
    const types = new Map(columnsOf(table).map(({ name, type }) => [name, type]));
    expect(parquet.length).toBe(csv.length);
    for (const [i, row] of parquet.entries()) {
      for (const [name, value] of Object.entries(row)) {
        const text = csv[i]?.[name] ?? '';
        const wanted = types.get(name) === 'time' && text !== '' ? new Date(text).toISOString() : text;
        expect(asText(value), `${table} ${i} ${name}`).toBe(wanted);
      }
    }
  });

  it('Parquet of no drive has its columns and no row', async () => {
    const file = bufferOf(await written('parquet', 'findings', []));
    const { schema, num_rows } = parquetMetadata(file);
    expect(Number(num_rows)).toBe(0);
    expect(schema.slice(1).map(({ name }) => name)).toEqual(columnsOf('findings').map(({ name }) => name));
  });

  it('Parquet is written in row groups while drives come', async () => {
    const drive = results.find(({ exposure }) => exposure.length > 5) as Result;
    const rows = drive.exposure.length;
    const writer = await openWriter('parquet', { table: 'exposure' });
    const pieces = [writer.head()];
    const many = Math.ceil((2 * 16_384) / rows) + 1;
    for (let i = 0; i < many; i++) pieces.push(writer.drive(drive));
    const early = pieces.filter(({ length }) => length > 0).length;
    pieces.push(writer.tail());
    expect(early).toBe(3); // the head and two groups
    const file = bufferOf(Buffer.concat(pieces.map((piece) => Buffer.from(piece))));
    const { row_groups, num_rows } = parquetMetadata(file);
    expect(row_groups.map(({ num_rows }) => Number(num_rows))).toEqual([16_384, 16_384, many * rows - 32_768]);
    expect(Number(num_rows)).toBe(many * rows);
    expect((await parquetReadObjects({ file, columns: ['rule'] })).length).toBe(many * rows);
  });

  it.each([
    ['2026-10-05T10:00:00+09:00', 540],
    ['2026-10-05T10:00:00-03:30', -210],
    ['2026-10-05T10:00:00Z', 0],
  ])('the offset of %s', (time, minutes) => expect(offsetMinutes(time)).toBe(minutes));
});
