// SPDX-License-Identifier: MIT
// Positions of a table's rows: the form of their columns by the first rows that show it, then each row by it.

import { DATUM_FAULT, isOther } from '../datum.ts';
import type { FixSink, RawFix } from '../format.ts';
import { isNothing, plainNumber } from '../numbers.ts';
import { type DegreeForm, degrees, formOf, hemisphere, pointOf, SEMICIRCLES, signOf, wholeUnit } from './degrees.ts';
import { fieldText, type Row } from './fields.ts';
import type { Header } from './header.ts';
import { headerAgain } from './other_rows.ts';

const E7 = 1e7;
const WEST =
  'the name of a column says west or south, and its values are none of plain degrees; write them with a minus, and no letter in the name';
/** Of the first whole number: less has fewer digits. Rows that show it. */
const LOST_POINT = 0.2;
const LEAST_LOST = 3;
/** Names of a column that holds signs. */
const SIGN = /sign|sgn|符号/i;

export class PositionReader {
  private readonly header: Header;
  private readonly sink: FixSink;
  private latForm: DegreeForm | undefined;
  private lonForm: DegreeForm | undefined;
  /** Whole numbers that have all been below 60 minutes so far. */
  private minutesToo = false;
  /** Degrees of whole numbers without a unit: less than this has lost digits. */
  private least: [lat: number, lon: number] | undefined;
  private lost = 0;
  /** The columns beside the position hold signs, not letters. */
  private readonly signs: boolean;

  constructor(header: Header, sink: FixSink) {
    this.header = header;
    this.sink = sink;
    this.signs = SIGN.test(header.names[header.index.north_south ?? -1] ?? '');
  }

  /** Whether rows have shown the form of both columns. */
  get settled(): boolean {
    return this.latForm !== undefined && this.lonForm !== undefined;
  }

  /** The numbers are those of FIT. */
  get ofFit(): boolean {
    return this.latForm === SEMICIRCLES;
  }

  /** The form of the columns, as far as the row shows it. */
  settle(row: Row): void {
    const { index, names } = this.header;
    const form = (at: number) => {
      const text = fieldText(row, at);
      if (isNothing(text) || Number(text) === 0) return undefined;
      const shown = index.point === at ? 'point' : formOf(text, names[at] ?? '');
      if (Number.isNaN(shown)) throw this.sink.bad(row.line, WEST, 'LOG_POSITION');
      return shown;
    };
    this.latForm ??= form(index.lat ?? -1);
    this.lonForm ??= form(index.lon ?? -1);
    if (this.latForm === 'ddmm' || this.lonForm === 'ddmm') this.latForm = this.lonForm = 'ddmm';
    this.wholeNumbers(row);
    this.sides(row);
  }

  /** Sets the position of the fix; false where the row is left out. */
  read(row: Row, fix: RawFix): boolean {
    const { index } = this.header;
    const { latForm = 'decimal', lonForm = 'decimal' } = this;
    if (latForm === 'point') this.point(row, fix, index.lat as number);
    else {
      fix.lat = plainDegrees(row, index.lat as number, latForm, index.north_south);
      if (Number.isNaN(fix.lat)) fix.lat = this.degrees(row, index.lat as number, latForm, index.north_south);
      fix.lon = plainDegrees(row, index.lon as number, lonForm, index.east_west);
      if (Number.isNaN(fix.lon)) fix.lon = this.degrees(row, index.lon as number, lonForm, index.east_west);
    }
    if (this.least !== undefined) this.notShorter(row, fix, this.least);
    if (index.datum !== undefined) this.datum(row, index.datum);
    if (index.north_south !== undefined && !this.sided(row, fix)) return false;
    return true;
  }

  /** Letters of the hemisphere behind, or before, each of the two numbers, whatever their columns are called. */
  private sides(row: Row): void {
    const { index } = this.header;
    const { lat = -9, lon = -9, north_south, east_west } = index;
    if (north_south !== undefined || east_west !== undefined || lat === lon) return;
    const by = [1, -1].find((d) => /^[NS]$/i.test(side(row, lat + d)) && /^[EW]$/i.test(side(row, lon + d)));
    if (by === undefined) return;
    index.north_south = lat + by;
    index.east_west = lon + by;
  }

  /** Takes the unit of whole numbers that have none in their names, or refuses them. */
  private wholeNumbers(row: Row): void {
    const { lat = -1, lon = -1 } = this.header.index;
    const name = (at: number) => this.header.names[at] ?? '';
    if (this.latForm !== 'decimal' || this.lonForm !== 'decimal' || lat === lon) return;
    const unit = wholeUnit([fieldText(row, lat), fieldText(row, lon)], [name(lat), name(lon)]);
    if (unit === undefined) return;
    const what =
      'positions are whole numbers without a unit; name their columns latitude_e7, latitude_e6 or latitude_mas';
    if (Number.isNaN(unit)) throw this.sink.bad(row.line, what, 'LOG_POSITION');
    this.latForm = this.lonForm = unit;
    const least = (at: number) => (LOST_POINT * Math.abs(Number(fieldText(row, at)))) / unit;
    this.least = [least(lat), least(lon)];
    this.minutesToo = unit === E7;
  }

  private degrees(row: Row, at: number, form: DegreeForm, letter: number | undefined): number | string | undefined {
    // without a letter the caller has tried
    let value = letter === undefined ? Number.NaN : plainDegrees(row, at, form, undefined);
    if (Number.isNaN(value)) {
      const field = fieldText(row, at);
      if (isNothing(field)) return undefined;
      value = degrees(field, form);
      if (Number.isNaN(value)) return headerAgain(this.header, row) ? undefined : field;
    }
    if (this.minutesToo && (Math.abs(value) * 100) % 100 >= 60) this.minutesToo = false;
    return letter === undefined ? value : Math.abs(value) * this.sideOf(row, letter);
  }

  /** Refuses whole numbers of which some are a tenth of the others: their points were lost, and noughts before that. */
  private notShorter(row: Row, fix: RawFix, [lat, lon]: [number, number]): void {
    const shorter = (value: unknown, least: number) =>
      typeof value === 'number' && value !== 0 && Math.abs(value) < least;
    if (!shorter(fix.lat, lat) && !shorter(fix.lon, lon)) return;
    if (++this.lost < LEAST_LOST) return;
    const what =
      'positions are whole numbers of different lengths: their decimal points were lost; export them with points';
    throw this.sink.bad(row.line, what, 'LOG_POSITION');
  }

  /** The sign that a column beside the position gives. */
  private sideOf(row: Row, at: number): number {
    const text = fieldText(row, at);
    return this.signs ? signOf(text) : hemisphere(text);
  }

  /** Whether the columns beside the position say on which side of the Earth it is. */
  private sided(row: Row, { lat, lon }: RawFix): boolean {
    const { north_south = -1, east_west = north_south } = this.header.index;
    if (lat === undefined || lon === undefined) return true;
    if (!Number.isNaN(this.sideOf(row, north_south) * this.sideOf(row, east_west))) return true;
    const what = this.signs
      ? 'beside its position stands neither + nor -'
      : 'beside its position stands neither N nor S, or neither E nor W';
    this.sink.leaveOut('not_understood', row.line, { what, error: 'LOG_POSITION' });
    return false;
  }

  /** Both numbers of a position from one field. */
  private point(row: Row, fix: RawFix, at: number): void {
    const field = fieldText(row, at);
    const found = pointOf(field, this.header.names[at] ?? '');
    [fix.lat, fix.lon] = found ?? [isNothing(field) ? undefined : field, undefined];
  }

  private datum(row: Row, at: number): void {
    if (isOther(fieldText(row, at))) throw this.sink.bad(row.line, DATUM_FAULT, 'LOG_FORMAT');
  }

  /** What holds for the table as a whole. */
  end(): void {
    if (this.minutesToo) this.sink.mayBeMinutes();
  }
}

/** A plain number of degrees with no letter beside it; NaN: it is none. */
const plainDegrees = ({ codes, from, to }: Row, at: number, form: DegreeForm, letter: number | undefined): number =>
  form === 'decimal' && letter === undefined ? plainNumber(codes, from[at] as number, to[at] as number) : Number.NaN;

const side = (row: Row, at: number): string => (at >= 0 && at < row.count ? fieldText(row, at).trim() : '');
