// SPDX-License-Identifier: MIT
// Builds the binary logs of the tests: FIT by fit-file-parser's encoder, Parquet by hyparquet-writer, zip by hand,
// so that each of its fields can be wrong.
import { brotliCompressSync, crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { FitBaseType, FitEncoder } from 'fit-file-parser/encoder';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Fixes } from '../../src/types.ts';

export interface Point {
  time_ms: number;
  lat: number;
  lon: number;
  /** NaN where the log does not say. */
  speed_mps: number;
  heading_deg: number;
  accuracy_m: number;
}

/** The drive of the fixtures. */
export const DRIVE: readonly Point[] = Array.from({ length: 6 }, (_, i) => ({
  time_ms: Date.UTC(2026, 9, 5, 1, 0, i),
  lat: 35.11734,
  lon: 139.4242 + 0.00011 * i,
  speed_mps: 10,
  heading_deg: 90,
  accuracy_m: 5,
}));

export function fixesOf(points: readonly Point[]): Fixes {
  return {
    count: points.length,
    time_ms: Float64Array.from(points, (p) => p.time_ms),
    lat: Float64Array.from(points, (p) => p.lat),
    lon: Float64Array.from(points, (p) => p.lon),
    speed_mps: Float32Array.from(points, (p) => p.speed_mps),
    heading_deg: Float32Array.from(points, (p) => p.heading_deg),
    accuracy_m: Float32Array.from(points, (p) => p.accuracy_m),
  };
}

const semicircles = (degrees: number) => Math.round((degrees * 2 ** 31) / 180);
const fitTime = (ms: number) => FitEncoder.toFitTimestamp(new Date(ms));

/** An activity: file_id, then a record each; `enhanced`: the speed as enhanced_speed, with 0xFFFF in the old field;
 * `kind`: of file_id, 4 an activity. */
export function fitFile(points: readonly Point[], { enhanced = true, kind = 4 } = {}): Buffer {
  const fit = new FitEncoder({ protocolVersion: 0x20 });
  fit.writeMessage(0, [
    { number: 0, size: 1, baseType: FitBaseType.Enum, value: kind },
    { number: 4, size: 4, baseType: FitBaseType.Uint32, value: fitTime(points[0]?.time_ms ?? 0) },
  ]);
  for (const p of points) {
    const speed = Number.isNaN(p.speed_mps) ? undefined : Math.round(p.speed_mps * 1000);
    fit.writeMessage(20, [
      { number: 253, size: 4, baseType: FitBaseType.Uint32, value: fitTime(p.time_ms) },
      {
        number: 0,
        size: 4,
        baseType: FitBaseType.Sint32,
        value: Number.isNaN(p.lat) ? 0x7fffffff : semicircles(p.lat),
      },
      {
        number: 1,
        size: 4,
        baseType: FitBaseType.Sint32,
        value: Number.isNaN(p.lon) ? 0x7fffffff : semicircles(p.lon),
      },
      { number: 6, size: 2, baseType: FitBaseType.Uint16, value: enhanced ? 0xffff : (speed ?? 0xffff) },
      { number: 73, size: 4, baseType: FitBaseType.Uint32, value: enhanced ? (speed ?? 0xffffffff) : 0xffffffff },
      { number: 31, size: 1, baseType: FitBaseType.Uint8, value: Number.isNaN(p.accuracy_m) ? 0xff : p.accuracy_m },
    ]);
  }
  return Buffer.from(fit.close());
}

/** `time`: name of the column of times. */
export function parquetFile(
  points: readonly Point[],
  codec: 'SNAPPY' | 'UNCOMPRESSED' | 'GZIP' | 'BROTLI' = 'SNAPPY',
  time = 'time',
  groupRows = 4,
): Buffer {
  const told = (value: number) => (Number.isNaN(value) ? null : value);
  return Buffer.from(
    parquetWriteBuffer({
      codec,
      compressors: { GZIP: gzipSync, BROTLI: brotliCompressSync },
      rowGroupSize: groupRows,
      columnData: [
        { name: time, data: points.map((p) => new Date(p.time_ms)), type: 'TIMESTAMP' },
        { name: 'lat', data: points.map((p) => p.lat), type: 'DOUBLE' },
        { name: 'lon', data: points.map((p) => p.lon), type: 'DOUBLE' },
        { name: 'speed_mps', data: points.map((p) => told(p.speed_mps)), type: 'DOUBLE' },
        { name: 'heading_deg', data: points.map((p) => told(p.heading_deg)), type: 'DOUBLE' },
        { name: 'accuracy_m', data: points.map((p) => told(p.accuracy_m)), type: 'DOUBLE' },
      ],
    }),
  );
}

export interface ZipFileEntry {
  name: string;
  data: Buffer | string;
  /** Written as they are, right or wrong. */
  method?: number;
  flags?: number;
  sum?: number;
  size?: number;
}

export function zipFile(files: readonly ZipFileEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data, method = 8, flags = 0x800, sum, size } of files) {
    const bytes = Buffer.from(data);
    const packed = method === 8 ? deflateRawSync(bytes) : bytes;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(sum ?? crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(size ?? bytes.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), common, tail, Buffer.from(name)]));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}
