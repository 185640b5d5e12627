// SPDX-License-Identifier: MIT
// The taxi data set of Porto: a row is a whole drive, its positions a list of [longitude, latitude] each 15 s.
import { type FixSink, RawFix } from '../format.ts';
import { fieldText, type Row } from './fields.ts';
import type { Header } from './header.ts';

const STEP_MS = 15_000;

export class PortoReader {
  private readonly sink: FixSink;
  private readonly column: (name: string) => number;
  private line = 0;

  constructor({ names, declaration }: Header, sink: FixSink) {
    this.sink = sink;
    this.column = (name) => names.findIndex((n) => n.toUpperCase() === name);
    sink.declare({ ...declaration, zoneless: 'utc' });
  }

  /** The fixes of the one drive; their place is its line. */
  read(row: Row): void {
    const list = this.positions(fieldText(row, this.column('POLYLINE')), row.line);
    if (list.length === 0) return;
    if (this.line > 0) {
      throw this.sink.bad(row.line, 'each row is a separate drive; write one file for each', 'LOG_VEHICLES');
    }
    this.line = row.line;
    const start = Number(fieldText(row, this.column('TIMESTAMP'))) * 1000;
    const fix = new RawFix();
    fix.vehicle = fieldText(row, this.column('TAXI_ID'));
    list.forEach(([lon, lat], i) => {
      fix.time = start + i * STEP_MS;
      fix.lat = lat;
      fix.lon = lon;
      this.sink.add(fix, row.line);
    });
  }

  private positions(text: string, line: number): [unknown, unknown][] {
    try {
      const list: unknown = JSON.parse(text);
      if (Array.isArray(list) && list.every(Array.isArray)) return list as [unknown, unknown][];
    } catch {
      // named below
    }
    throw this.sink.bad(line, 'POLYLINE is not a list of [longitude, latitude]');
  }
}
