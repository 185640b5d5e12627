// SPDX-License-Identifier: MIT
// IGC, the log of flight recorders, which some car loggers write too: B records with the date of HFDTE. Positions
// are 1/1000 minute unless the I record adds digits (LAD, LOD); FXA is the accuracy, TDS the part of the second.
// FAI Technical Specification for GNSS Flight Recorders, appendix 1.
import { DATUM_FAULT, isOther } from '../datum.ts';
import { type FixSink, type LogFormat, type LogSource, RawFix } from '../format.ts';
import { eachLine } from './lines.ts';

const B = /^B(\d\d)(\d\d)(\d\d)(\d\d)(\d{5})([NS])(\d{3})(\d{5})([EW])([AV])/;
/** The date of the flight, and the datum: of the recorder (F), of its owner (O) or pilot (P). */
const DATE = /^H[FOP]DTE/;
const DATUM = /^H[FOP]DTM(\d*)/;
/** WGS 84, and a code that was not set. */
const WGS_84 = /^(?:100|0*)$/;
const DAY = 86_400_000;
const HALF_DAY = DAY / 2;

/** Where an addition to the B record stands: characters from, to. */
type Additions = Map<string, [from: number, to: number]>;

function additions(line: string): Additions {
  const found: Additions = new Map();
  const count = Number(line.slice(1, 3));
  for (let i = 0; i < count; i++) {
    const [, from, to, name] = /^(\d\d)(\d\d)([A-Z]{3})$/.exec(line.slice(3 + i * 7, 10 + i * 7)) ?? [];
    if (name !== undefined) found.set(name, [Number(from) - 1, Number(to)]);
  }
  return found;
}

function dateOf(line: string): number {
  const [, d, m, y] = /^H[FOP]DTE(?:DATE:)?\s*(\d\d)(\d\d)(\d\d)/.exec(line) ?? [];
  if (d === undefined) return NaN;
  const date = new Date(Date.UTC(Number(y) + (Number(y) < 80 ? 2000 : 1900), Number(m) - 1, Number(d)));
  return date.getUTCDate() === Number(d) ? date.getTime() : NaN;
}

class IgcReader {
  undated = 0;
  private readonly sink: FixSink;
  private readonly fix = new RawFix();
  private day = NaN;
  /** The day that ended at midnight, which a second header may tell again. */
  private ended = NaN;
  private before = 0;
  private added: Additions = new Map();

  constructor(sink: FixSink) {
    this.sink = sink;
  }

  line(text: string, place: number): void {
    const line = text.trimEnd();
    if (line.startsWith('H')) this.header(line, place);
    else if (line.startsWith('I')) this.added = additions(line);
    else if (line.startsWith('B')) this.fixOf(line, place);
    else if (line.startsWith('A')) this.ended = NaN; // another file behind the first
  }

  private header(line: string, place: number): void {
    const [datum, code = ''] = DATUM.exec(line) ?? [];
    const other = isOther(line) || !(WGS_84.test(code) || /WGS/i.test(line));
    if (datum !== undefined && other) throw this.sink.bad(place, DATUM_FAULT, 'LOG_FORMAT');
    if (!DATE.test(line)) return;
    const day = dateOf(line);
    if (Number.isNaN(day)) throw this.sink.bad(place, 'HFDTE is not a date of the form DDMMYY', 'LOG_TIME');
    if (day === this.ended) return;
    this.day = day;
    this.before = 0;
  }

  /** The digits of an addition, empty when the record has none. */
  private extra(line: string, name: string): string {
    const span = this.added.get(name);
    const text = span === undefined ? '' : line.slice(...span);
    return /^\d+$/.test(text) ? text : '';
  }

  private fixOf(line: string, place: number): void {
    const match = B.exec(line);
    if (match === null) this.sink.leaveOut('damaged', place);
    else this.fixOfMatch(match, line, place);
  }

  private fixOfMatch(match: RegExpExecArray, line: string, place: number): void {
    const [, h, min, s, latDeg, latMin, ns, lonDeg, lonMin, ew, validity] = match;
    if (Number.isNaN(this.day)) {
      this.undated++;
      this.sink.leaveOut('no_time', place);
      return;
    }
    const part = Number(`0.${this.extra(line, 'TDS') || '0'}`);
    const time = (Number(h) * 3600 + Number(min) * 60 + Number(s) + part) * 1000;
    if (this.before - time > HALF_DAY) {
      this.ended = this.day;
      this.day += DAY;
    }
    this.before = time;
    const minutes = (digits: string | undefined, more: string) =>
      Number(`${digits}${this.extra(line, more)}`) / 1000 / 10 ** this.extra(line, more).length;
    const lat = Number(latDeg) + minutes(latMin, 'LAD') / 60;
    const lon = Number(lonDeg) + minutes(lonMin, 'LOD') / 60;
    this.fix.time = this.day + Math.round(time);
    this.fix.lat = ns === 'N' ? lat : -lat;
    this.fix.lon = ew === 'E' ? lon : -lon;
    this.fix.accuracy = Number(this.extra(line, 'FXA') || 'NaN');
    this.fix.valid = validity === 'A';
    this.sink.add(this.fix, place);
  }
}

async function read(source: LogSource, sink: FixSink): Promise<void> {
  sink.declare({ zoneless: 'utc', columns: { time: 'B', lat: 'B', lon: 'B', valid: 'B' } });
  const reader = new IgcReader(sink);
  await eachLine(source, sink, (line, number) => reader.line(line, number));
  if (reader.undated > 0) throw sink.bad(1, 'this IGC file has no HFDTE record before its fixes', 'LOG_NO_TIMES');
}

const igc: LogFormat = {
  name: 'igc',
  title: 'IGC',
  recognises: ({ text }) => /^A[A-Z0-9]{3}/.test(text) && /^(?:H[FOP]DTE|B\d{13}[NS])/m.test(text),
  read,
};
export default igc;
