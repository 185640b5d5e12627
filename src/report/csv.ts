// SPDX-License-Identifier: MIT
// A table as CSV by RFC 4180, with guarded texts; for Excel with a byte order mark and its line ends.
import { csvCell } from './cell.ts';
import type { Result } from './result.ts';
import { columnsOf, rowsOf, type TableName } from './tables.ts';
import type { ResultWriter } from './writer.ts';

export class CsvTable implements ResultWriter {
  private readonly table: TableName;
  private readonly excel: boolean;
  private readonly end: string;

  /** `excel`: without the mark Excel takes UTF-8 for the code page of the machine. */
  constructor(table: TableName, excel = false) {
    this.table = table;
    this.excel = excel;
    this.end = excel ? '\r\n' : '\n';
  }

  head(): string {
    const names = columnsOf(this.table).map(({ name }) => name);
    return `${this.excel ? '\ufeff' : ''}${names.join(',')}${this.end}`;
  }

  drive(result: Result): string {
    return rowsOf(this.table, result)
      .map((row) => row.map(csvCell).join(',') + this.end)
      .join('');
  }

  tail(): string {
    return '';
  }
}
