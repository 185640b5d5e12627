// SPDX-License-Identifier: MIT
// CSV and NDJSON logs: the same column names.
import { pipeline } from 'node:stream/promises';
import { CsvError, type Info, parse } from 'csv-parse';
import { TomareError } from '../errors.ts';
import type { FixBuilder, RawFix } from './builder.ts';

const TIME = ['time', 'time_utc', 'timestamp'];
const LAT = ['lat', 'latitude'];
const LON = ['lon', 'lng', 'longitude'];
const SPEED: [string, number][] = [
  ['speed_kmh', 1 / 3.6],
  ['speed_mps', 1],
  ['speed_mph', 0.44704],
];
const HEADING = ['heading_deg', 'course', 'bearing'];
const ACCURACY = ['accuracy_m', 'hacc_m'];

type Row = Record<string, string | number | undefined>;
const first = (row: Row, names: readonly string[]) => row[names.find((n) => row[n] !== undefined) ?? ''];

function rawFix(row: Row, builder: FixBuilder, line: number): RawFix {
  const [speedKey, factor] = SPEED.find(([name]) => row[name] !== undefined) ?? ['', 1];
  return {
    time: first(row, TIME),
    lat: first(row, LAT),
    lon: first(row, LON),
    speed_mps: builder.number(row[speedKey], speedKey, line) * factor,
    heading_deg: builder.number(first(row, HEADING), 'heading', line),
    accuracy_m: builder.number(first(row, ACCURACY), 'accuracy', line),
  };
}

function checkHeader(name: string, header: string[]): string[] {
  const columns = header.map((column) => column.trim().toLowerCase());
  const missing = [TIME, LAT, LON].filter((names) => !columns.some((c) => names.includes(c)));
  if (missing.length === 0) return columns;
  const wanted = missing.map((names) => names.join(' or ')).join(', ');
  const [only = ''] = header;
  if (header.length === 1 && /[;\t|]/.test(only)) {
    const separator = /[;\t|]/.exec(only)?.[0] === '\t' ? 'tab' : (/[;\t|]/.exec(only)?.[0] ?? '');
    throw new TomareError('LOG_SEPARATOR', `${name}:1: the separator is "${separator}"; write the file with commas`);
  }
  if (columns.some((c) => /^[-+]?\d[\d.:tez+-]*$/.test(c))) {
    throw new TomareError('LOG_HEADER', `${name}:1: a line with the names of the columns is expected: ${wanted}, …`);
  }
  const found = columns.map((c) => c.slice(0, 20)).slice(0, 20);
  throw new TomareError('LOG_COLUMN', `${name}:1: no column ${wanted}; found: ${found.join(', ')}`);
}

export async function readCsv(chunks: AsyncIterable<Buffer>, builder: FixBuilder, lineBytes: number): Promise<void> {
  const parser = parse({
    bom: true,
    columns: (header: string[]) => checkHeader(builder.name, header),
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    info: true,
    max_record_size: lineBytes,
  });
  const feeding = pipeline(chunks, parser);
  feeding.catch(() => undefined); // seen below, or through the parser
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: Row; info: Info }>) {
      builder.add(rawFix(record, builder, info.lines), info.lines);
    }
    await feeding;
  } catch (error) {
    if (error instanceof TomareError) throw error;
    if (!(error instanceof CsvError)) throw error;
    const csv = error as { code: string; lines?: number };
    if (csv.code === 'CSV_MAX_RECORD_SIZE') {
      throw new TomareError('LOG_LINE_LENGTH', `${builder.name}:${csv.lines ?? 1}: longer than ${lineBytes} bytes`);
    }
    throw builder.bad(
      csv.lines ?? 1,
      `not CSV by RFC 4180 (${csv.code.replace(/^CSV_/, '').replaceAll('_', ' ').toLowerCase()})`,
    );
  }
}

export async function readNdjson(lines: AsyncIterable<string>, builder: FixBuilder): Promise<void> {
  let line = 0;
  for await (const text of lines) {
    line++;
    if (text.trim() === '') continue;
    let row: unknown;
    try {
      row = JSON.parse(text);
    } catch {
      throw builder.bad(line, 'not a JSON object; one object a line is expected');
    }
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      throw builder.bad(line, 'not a JSON object; one object a line is expected');
    }
    const fields = Object.fromEntries(Object.entries(row).map(([k, v]) => [k.toLowerCase(), v ?? undefined]));
    builder.add(rawFix(fields as Row, builder, line), line);
  }
}
