// SPDX-License-Identifier: MIT
// A table as Parquet, row group by row group: no more rows are kept than one group has.
import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import type { Result } from './result.ts';
import { type Cell, type Column, type ColumnType, columnsOf, rowsOf, type TableName } from './tables.ts';
import { VERSION } from './version.ts';
import type { ResultWriter } from './writer.ts';

/** A group of findings with every cell is about 15 MB while it is gathered. */
const GROUP_ROWS = 16_384;

const TYPES: Record<ColumnType, Omit<SchemaElement, 'name'>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  number: { type: 'DOUBLE' },
  count: { type: 'INT32' },
  id: { type: 'INT64' },
  flag: { type: 'BOOLEAN' },
  time: {
    type: 'INT64',
    converted_type: 'TIMESTAMP_MILLIS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
  },
};

function stored(type: ColumnType, cell: Cell): unknown {
  if (cell === null) return undefined;
  if (type === 'time') return BigInt(Date.parse(String(cell)));
  return type === 'id' ? BigInt(cell) : cell;
}

/** Hands on what was written since the last time; offsets in the file go on. */
class Pieces extends ByteWriter {
  take(): Uint8Array {
    const bytes = this.getBytes().slice();
    this.index = 0;
    return bytes;
  }
}

/** Every column may be empty, also where no row of these drives is: files of different days have one schema. */
const schemaOf = (columns: readonly Column[]): SchemaElement[] => [
  { name: 'root', num_children: columns.length },
  ...columns.map(({ name, type }): SchemaElement => ({ name, repetition_type: 'OPTIONAL', ...TYPES[type] })),
];

export class ParquetTable implements ResultWriter {
  private readonly table: TableName;
  private readonly columns: readonly Column[];
  private readonly pieces = new Pieces();
  private readonly file: ParquetWriter;
  private rows: Cell[][] = [];

  constructor(table: TableName) {
    this.table = table;
    this.columns = columnsOf(table);
    this.file = new ParquetWriter({
      writer: this.pieces,
      schema: schemaOf(this.columns),
      createdBy: `tomare ${VERSION}`,
      kvMetadata: [{ key: 'tomare.table', value: table }],
    });
  }

  head(): Uint8Array {
    return this.pieces.take();
  }

  drive(result: Result): Uint8Array {
    for (const row of rowsOf(this.table, result)) {
      this.rows.push(row);
      if (this.rows.length === GROUP_ROWS) this.writeGroup();
    }
    return this.pieces.take();
  }

  tail(): Uint8Array {
    if (this.rows.length > 0) this.writeGroup();
    this.file.finish();
    return this.pieces.take();
  }

  private writeGroup(): void {
    const columnData = this.columns.map(({ name, type }, i) => ({
      name,
      data: this.rows.map((row) => stored(type, row[i] ?? null)),
    }));
    this.file.write({ columnData, rowGroupSize: GROUP_ROWS });
    this.rows = [];
  }
}
