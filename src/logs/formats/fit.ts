// SPDX-License-Identifier: MIT
// FIT, the binary log of Garmin and others: record messages (20) of all files chained in one. Times are seconds since
// 1989-12-31 UTC, positions semicircles, speeds mm/s; 0xFF… is "not known".
// The package fit-file-parser 6.1.2 was looked at: it holds the whole file and makes several hundred bytes of each two
// (a 16 MiB file can end the process), so this reads the stream itself. Its encoder writes the tests' files.
// https://developer.garmin.com/fit/protocol/
import type { FixSink, LogFormat, LogSource, RawFix } from '../format.ts';
import { crc, Pieces } from './pieces.ts';

const FIT_EPOCH_MS = Date.UTC(1989, 11, 31);
const SEMICIRCLE = 180 / 2 ** 31;
const MM = 1000;
/** Below, a time counts from the start of the device and names no moment. */
const FIRST_MOMENT = 0x10000000;
const RECORD = 20;
const FILE_ID = 0;
/** Types of file_id whose records are planned. */
const PLANS: Record<number, string> = { 5: 'workout', 6: 'course' };
const TIMESTAMP = 253;
/** Fields of a record message that are used: number to name. */
const FIELDS: Record<number, 'lat' | 'lon' | 'speed' | 'enhanced' | 'accuracy' | 'time'> = {
  0: 'lat',
  1: 'lon',
  6: 'speed',
  31: 'accuracy',
  73: 'enhanced',
  [TIMESTAMP]: 'time',
};

interface Field {
  number: number;
  size: number;
  /** Base type without the endian flag. */
  type: number;
}

interface Definition {
  message: number;
  littleEndian: boolean;
  fields: Field[];
  /** Bytes of a message of this kind, developer fields too. */
  size: number;
}

/** Base type → size, signed, and what stands for "not known". */
const TYPES: Record<number, [size: number, signed: boolean, unknown: number]> = {
  1: [1, true, 0x7f],
  2: [1, false, 0xff],
  3: [2, true, 0x7fff],
  4: [2, false, 0xffff],
  5: [4, true, 0x7fffffff],
  6: [4, false, 0xffffffff],
};

const LARGEST_MESSAGE = 1 + 255 * 255 * 2;

class FitReader {
  records = 0;
  private readonly pieces: Pieces;
  private readonly sink: FixSink;
  private readonly definitions: (Definition | undefined)[] = new Array(16);
  private readonly fix: RawFix = { time: undefined, lat: NaN, lon: NaN, speed: NaN, heading: NaN, accuracy: NaN };
  private lastTime = NaN;
  private sum = 0;
  private left = 0;

  constructor(source: LogSource, sink: FixSink) {
    this.pieces = new Pieces(source.bytes());
    this.sink = sink;
  }

  private bad(what: string): Error {
    return this.sink.bad(this.records + 1, what, 'LOG_FIT');
  }

  private take(size: number): Buffer {
    if (size > this.left || !this.pieces.has(size))
      throw this.bad('a message runs past the end; the file is cut short');
    const piece = this.pieces.take(size);
    this.left -= size;
    this.sum = crc(this.sum, piece);
    return piece;
  }

  async files(): Promise<void> {
    try {
      while (await this.pieces.fill(12)) await this.file();
    } finally {
      await this.pieces.close();
    }
  }

  private async file(): Promise<void> {
    this.sum = 0;
    this.left = 12;
    const header = this.take(12);
    const size = header[0] ?? 0;
    const length = header.readUInt32LE(4);
    if (header.toString('latin1', 8, 12) !== '.FIT' || size < 12) throw this.bad('no FIT header where one is expected');
    if (length === 0) throw this.bad('the recorder did not finish this file: its length is 0');
    this.left = size - 12;
    if (!(await this.pieces.fill(size - 12))) throw this.bad('the file is cut short');
    this.take(size - 12);
    this.left = length;
    this.definitions.fill(undefined);
    this.lastTime = NaN;
    while (this.left > 0) {
      if (!(await this.pieces.fill(Math.min(this.left, LARGEST_MESSAGE)))) throw this.bad('the file is cut short');
      while (this.left > 0 && this.pieces.has(Math.min(this.left, LARGEST_MESSAGE))) this.message();
    }
    const { sum } = this;
    if (!(await this.pieces.fill(2))) throw this.bad('the file is cut short');
    if (this.pieces.take(2).readUInt16LE(0) !== sum)
      throw this.bad('the checksum does not fit; copy or download it again');
  }

  private message(): void {
    const header = this.take(1)[0] as number;
    if ((header & 0xc0) === 0x40) this.define(header);
    else this.dataMessage(header);
  }

  private dataMessage(header: number): void {
    const compressed = (header & 0x80) !== 0;
    const definition = this.definitions[compressed ? (header >> 5) & 3 : header & 15];
    if (definition === undefined) throw this.bad('a message that was not defined');
    const data = this.take(definition.size);
    if (compressed && !Number.isNaN(this.lastTime)) this.lastTime += ((header & 31) - (this.lastTime & 31)) & 31;
    this.data(definition, data, compressed);
  }

  private define(header: number): void {
    const head = this.take(5);
    const littleEndian = head[1] === 0;
    const fields: Field[] = [];
    let size = 0;
    for (let i = 0; i < (head[4] as number); i++) {
      const [number = 0, bytes = 0, type = 0] = this.take(3);
      fields.push({ number, size: bytes, type: type & 0x1f });
      size += bytes;
    }
    if ((header & 0x20) !== 0) {
      const count = this.take(1)[0] as number;
      for (let i = 0; i < count; i++) size += this.take(3)[1] as number;
    }
    const message = littleEndian ? head.readUInt16LE(2) : head.readUInt16BE(2);
    this.definitions[header & 15] = { message, littleEndian, fields, size };
  }

  private data(definition: Definition, data: Buffer, compressed: boolean): void {
    const values: Partial<Record<(typeof FIELDS)[number], number>> = {};
    let at = 0;
    for (const { number, size, type } of definition.fields) {
      const name = FIELDS[number];
      if (name !== undefined) values[name] = fieldValue(data, at, size, type, definition.littleEndian);
      at += size;
    }
    const { time = NaN } = values;
    if (!compressed && !Number.isNaN(time)) this.lastTime = time;
    if (definition.message === FILE_ID) this.checkKind(definition, data);
    if (definition.message !== RECORD) return;
    this.record(values, compressed ? this.lastTime : time);
  }

  /** The times of a course or a workout are a plan. */
  private checkKind({ fields }: Definition, data: Buffer): void {
    const first = fields.findIndex((field) => field.number === 0);
    const at = fields.slice(0, first).reduce((sum, field) => sum + field.size, 0);
    const kind = first < 0 ? undefined : PLANS[data[at] as number];
    if (kind === undefined) return;
    throw this.sink.bad(1, `this FIT file is a ${kind} and no recording; give the activity file`, 'LOG_NO_TRACK');
  }

  private record(values: Partial<Record<string, number>>, seconds: number): void {
    const { fix } = this;
    const speed = values['enhanced'] ?? NaN;
    fix.time = !(seconds >= FIRST_MOMENT) ? undefined : FIT_EPOCH_MS + seconds * 1000;
    fix.lat = (values['lat'] ?? NaN) * SEMICIRCLE;
    fix.lon = (values['lon'] ?? NaN) * SEMICIRCLE;
    fix.speed = (Number.isNaN(speed) ? (values['speed'] ?? NaN) : speed) / MM;
    fix.accuracy = values['accuracy'] ?? NaN;
    this.sink.add(fix, ++this.records);
  }
}

function fieldValue(data: Buffer, at: number, size: number, type: number, littleEndian: boolean): number {
  const [bytes, signed, unknown] = TYPES[type] ?? [0, false, 0];
  if (bytes === 0 || bytes !== size) return NaN;
  let value: number;
  if (littleEndian) value = signed ? data.readIntLE(at, size) : data.readUIntLE(at, size);
  else value = signed ? data.readIntBE(at, size) : data.readUIntBE(at, size);
  return value === unknown ? NaN : value;
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
