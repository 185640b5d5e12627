// SPDX-License-Identifier: MIT
// FIT, the binary log of Garmin and others: record messages (20) of all files chained in one. Times are seconds since
// 1989-12-31 UTC, positions semicircles, speeds mm/s; 0xFF… is "not known".
// The package fit-file-parser 6.1.2 was looked at: it holds the whole file and makes several hundred bytes of each two
// (a 16 MiB file can end the process), so this reads the stream itself. Its encoder writes the tests' files.
// https://developer.garmin.com/fit/protocol/
import { type FixSink, type LogFormat, type LogSource, RawFix } from '../format.ts';
import { Pieces } from './pieces.ts';

const FIT_EPOCH_MS = Date.UTC(1989, 11, 31);
const SEMICIRCLE = 180 / 2 ** 31;
const MM = 1000;
/** Below, a time counts from the start of the device and names no moment. */
const FIRST_MOMENT = 0x10000000;
/** ".FIT". */
const MAGIC = 0x2e464954;
const RECORD = 20;
const FILE_ID = 0;
/** Types of file_id whose records are planned. */
const PLANS: Record<number, string> = { 5: 'workout', 6: 'course' };
const TIMESTAMP = 253;
/** Fields of a record message that are used: number to its slot in `values`. */
const SLOTS: Record<number, number> = { 0: 0, 1: 1, 6: 2, 73: 3, 31: 4, [TIMESTAMP]: 5 };
const [LAT, LON, SPEED, ENHANCED, ACCURACY, TIME] = [0, 1, 2, 3, 4, 5];

/** Base type without the endian flag → size, signed, and what stands for "not known". */
const TYPES: Record<number, [size: number, signed: boolean, unknown: number]> = {
  1: [1, true, 0x7f],
  2: [1, false, 0xff],
  3: [2, true, 0x7fff],
  4: [2, false, 0xffff],
  5: [4, true, 0x7fffffff],
  6: [4, false, 0xffffffff],
};

/** A field that is used. */
interface Field {
  slot: number;
  /** Where it stands in the message. */
  at: number;
  /** Bytes of the number; 0: of another type. */
  size: number;
  signed: boolean;
  unknown: number;
}

interface Definition {
  message: number;
  littleEndian: boolean;
  used: Field[];
  /** Where field 0 stands; -1: there is none. */
  firstAt: number;
  /** Bytes of a message of this kind, developer fields too. */
  size: number;
}

const LARGEST_MESSAGE = 1 + 255 * 255 * 2;

class FitReader {
  records = 0;
  private readonly pieces: Pieces;
  private readonly sink: FixSink;
  private readonly definitions: (Definition | undefined)[] = new Array(16);
  private readonly fix = new RawFix();
  private readonly values = new Float64Array(6);
  private lastTime = NaN;
  private left = 0;

  constructor(source: LogSource, sink: FixSink) {
    this.pieces = new Pieces(source.bytes());
    this.sink = sink;
  }

  private bad(what: string): Error {
    return this.sink.bad(this.records + 1, what, 'LOG_FIT');
  }

  /** Goes on by so many bytes; where they begin in `pieces.view`. */
  private take(size: number): number {
    if (size > this.left || !this.pieces.has(size))
      throw this.bad('a message runs past the end; the file is cut short');
    this.left -= size;
    return this.pieces.take(size);
  }

  async files(): Promise<void> {
    try {
      while (await this.pieces.fill(12)) await this.file();
    } finally {
      await this.pieces.close();
    }
  }

  private async file(): Promise<void> {
    const { pieces } = this;
    pieces.beginSum();
    this.left = 12;
    const header = this.take(12);
    const size = pieces.view.getUint8(header);
    const length = pieces.view.getUint32(header + 4, true);
    if (pieces.view.getUint32(header + 8) !== MAGIC || size < 12) throw this.bad('no FIT header where one is expected');
    if (length === 0) throw this.bad('the recorder did not finish this file: its length is 0');
    this.left = size - 12;
    if (!(await pieces.fill(size - 12))) throw this.bad('the file is cut short');
    this.take(size - 12);
    this.left = length;
    this.definitions.fill(undefined);
    this.lastTime = NaN;
    while (this.left > 0) {
      if (!(await pieces.fill(Math.min(this.left, LARGEST_MESSAGE)))) throw this.bad('the file is cut short');
      while (this.left > 0 && pieces.has(Math.min(this.left, LARGEST_MESSAGE))) this.message();
    }
    const sum = pieces.endSum();
    if (!(await pieces.fill(2))) throw this.bad('the file is cut short');
    if (pieces.view.getUint16(pieces.take(2), true) !== sum)
      throw this.bad('the checksum does not fit; copy or download it again');
  }

  private message(): void {
    const header = this.pieces.view.getUint8(this.take(1));
    if ((header & 0xc0) === 0x40) this.define(header);
    else this.dataMessage(header);
  }

  private dataMessage(header: number): void {
    const compressed = (header & 0x80) !== 0;
    const definition = this.definitions[compressed ? (header >> 5) & 3 : header & 15];
    if (definition === undefined) throw this.bad('a message that was not defined');
    const at = this.take(definition.size);
    if (compressed && !Number.isNaN(this.lastTime)) this.lastTime += ((header & 31) - (this.lastTime & 31)) & 31;
    this.data(definition, at, compressed);
  }

  private define(header: number): void {
    const { view } = this.pieces;
    const head = this.take(5);
    const littleEndian = view.getUint8(head + 1) === 0;
    const message = view.getUint16(head + 2, littleEndian);
    const used: Field[] = [];
    let size = 0;
    let firstAt = -1;
    for (let i = view.getUint8(head + 4); i > 0; i--) {
      const field = this.take(3);
      const [number, bytes, type] = [view.getUint8(field), view.getUint8(field + 1), view.getUint8(field + 2) & 0x1f];
      if (number === 0 && firstAt < 0) firstAt = size;
      const slot = SLOTS[number];
      if (slot === TIME || (slot !== undefined && message === RECORD)) {
        const [own, signed, unknown] = TYPES[type] ?? [0, false, 0];
        used.push({ slot, at: size, size: own === bytes ? own : 0, signed, unknown });
      }
      size += bytes;
    }
    if ((header & 0x20) !== 0) {
      for (let i = view.getUint8(this.take(1)); i > 0; i--) size += view.getUint8(this.take(3) + 1);
    }
    this.definitions[header & 15] = { message, littleEndian, used, firstAt, size };
  }

  private data(definition: Definition, at: number, compressed: boolean): void {
    const { values } = this;
    const { view } = this.pieces;
    values.fill(NaN);
    for (const field of definition.used) values[field.slot] = fieldValue(view, at, field, definition.littleEndian);
    const time = values[TIME] as number;
    if (!compressed && !Number.isNaN(time)) this.lastTime = time;
    if (definition.message === FILE_ID) this.checkKind(definition, at);
    if (definition.message === RECORD) this.record(compressed ? this.lastTime : time);
  }

  /** The times of a course or a workout are a plan. */
  private checkKind({ firstAt, size }: Definition, at: number): void {
    const kind = firstAt < 0 || firstAt >= size ? undefined : PLANS[this.pieces.view.getUint8(at + firstAt)];
    if (kind === undefined) return;
    throw this.sink.bad(1, `this FIT file is a ${kind} and no recording; give the activity file`, 'LOG_NO_TRACK');
  }

  private record(seconds: number): void {
    const { fix, values } = this;
    const enhanced = values[ENHANCED] as number;
    fix.time = seconds >= FIRST_MOMENT ? FIT_EPOCH_MS + seconds * 1000 : NaN;
    fix.lat = (values[LAT] as number) * SEMICIRCLE;
    fix.lon = (values[LON] as number) * SEMICIRCLE;
    fix.speed = (Number.isNaN(enhanced) ? (values[SPEED] as number) : enhanced) / MM;
    fix.accuracy = values[ACCURACY] as number;
    this.sink.add(fix, ++this.records);
  }
}

/** The value of a field of the message that begins at `message`; NaN: not known. */
function fieldValue(view: DataView, message: number, field: Field, littleEndian: boolean): number {
  const at = message + field.at;
  let value = NaN;
  if (field.size === 4) value = field.signed ? view.getInt32(at, littleEndian) : view.getUint32(at, littleEndian);
  else if (field.size === 2) value = field.signed ? view.getInt16(at, littleEndian) : view.getUint16(at, littleEndian);
  else if (field.size === 1) value = field.signed ? view.getInt8(at) : view.getUint8(at);
  return value === field.unknown ? NaN : value;
}

async function read(source: LogSource, sink: FixSink): Promise<void> {
  const columns = {
    time: 'timestamp',
    lat: 'position_lat',
    lon: 'position_long',
    speed: 'enhanced_speed',
    accuracy: 'gps_accuracy',
  };
  sink.declare({ speedUnit: 'mps', zoneless: 'utc', columns });
  const reader = new FitReader(source, sink);
  await reader.files();
  if (reader.records === 0) throw sink.bad(1, 'this FIT file has no records; give the activity file', 'LOG_NO_TRACK');
}

const fit: LogFormat = {
  name: 'fit',
  title: 'FIT',
  recognises: ({ bytes }) => bytes.length >= 12 && Buffer.from(bytes.subarray(8, 12)).toString('latin1') === '.FIT',
  read,
};
export default fit;
