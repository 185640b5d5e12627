// SPDX-License-Identifier: MIT
// What a file is that is no log this program reads, and what to do: known by its first bytes or words.

type Sign = [what: string, test: RegExp | readonly (number | string)[], at?: number];

/** Bytes as numbers or ASCII, at an offset; or a pattern over the text. */
const SIGNS: readonly Sign[] = [
  ['a PDF document; give the log itself', ['%PDF-']],
  ['an old Excel workbook or another Office file; save it as CSV (UTF-8)', [0xd0, 0xcf, 0x11, 0xe0]],
  ['an SQLite database (or a GeoPackage); export its table as CSV', ['SQLite format 3']],
  ['an MP4 or MOV video; extract its GPS track with the maker’s program or ExifTool, as GPX', ['ftyp'], 4],
  ['an AVI video; extract its GPS track with the maker’s program, as GPX or NMEA', ['AVI '], 8],
  ['a Matroska or WebM video; extract its GPS track as GPX', [0x1a, 0x45, 0xdf, 0xa3]],
  ['a WAV or other RIFF file; give the log itself', ['RIFF']],
  ['a JPEG picture; give the log itself', [0xff, 0xd8, 0xff]],
  ['a PNG picture; give the log itself', [0x89, 'PNG']],
  ['a GIF picture; give the log itself', ['GIF8']],
  ['a 7z archive; unpack it, or pack it as zip or gzip', ['7z', 0xbc, 0xaf]],
  ['a RAR archive; unpack it, or pack it as zip or gzip', ['Rar!']],
  ['a bzip2 file; unpack it, or pack it with gzip', ['BZh']],
  ['an xz file; unpack it, or pack it with gzip', [0xfd, '7zXZ']],
  ['a Zstandard file; unpack it, or pack it with gzip', [0x28, 0xb5, 0x2f, 0xfd]],
  ['an LZ4 file; unpack it, or pack it with gzip', [0x04, 0x22, 0x4d, 0x18]],
  ['a tar archive; unpack it', ['ustar'], 257],
  ['gzip within another archive; unpack it once', [0x1f, 0x8b]],
  ['an Arrow or Feather file; write it as Parquet or CSV', ['ARROW1']],
  ['a Feather file of version 1; write it as Parquet or CSV', ['FEA1']],
  ['an ORC file; write it as Parquet or CSV', ['ORC']],
  ['an Avro file; write it as Parquet or CSV', ['Obj', 1]],
  ['an HDF5 or MATLAB file; write its columns as CSV', [0x89, 'HDF']],
  ['a MATLAB file; write its columns as CSV', ['MATLAB 5.0']],
  ['a ROS bag; export its position topic as CSV', ['#ROSBAG']],
  ['an MCAP recording; export its position channel as CSV', [0x89, 'MCAP']],
  ['an MDF (ASAM) measurement; export its channels as CSV', ['MDF ']],
  ['a Vector BLF recording; export its signals as CSV', ['LOGG']],
  ['a shapefile; export its points with their times as CSV or GeoJSON', [0, 0, 0x27, 0x0a]],
  ['a FlatGeobuf file; export it as GeoJSON with times', ['fgb', 3]],
  ['u-blox UBX messages; convert them to NMEA, or log NMEA', [0xb5, 0x62]],
  ['RTCM or other receiver data; convert it to NMEA', [0xd3, 0]],
  ['a Garmin GDB database; save it as GPX', ['MsRcf']],
  ['an OpenStreetMap extract, which is a map; build it with `tomare map build`', ['OSMHeader'], 6],
  ['a .tmap road map; give it with --map', ['TOMAREMP']],
  ['OpenStreetMap data, which is a map and no log', /^\s*(?:<\?xml[^>]*>)?\s*(?:<!--.*?-->\s*)?<osm[\s>]/s],
  ['an HTML page; download the log itself', /^\s*(?:<!doctype html|<html)/i],
  ['an SVG picture; give the log itself', /^\s*(?:<\?xml[^>]*>)?[^<]*<svg[\s>]/],
  [
    'a property list of Apple; export the log as CSV or GPX',
    /^(?:bplist|\s*(?:<\?xml[^>]*>)?[^<]*(?:<!DOCTYPE plist|<plist))/,
  ],
  ['a rich text document; save it as plain text', /^\{\\rtf/],
  ['RINEX observations of a receiver; convert its solution to NMEA or CSV', /^.{60}RINEX VERSION/],
  [
    'raw measurements of Android’s GNSS Logger; export its NMEA file, which it writes beside this one',
    /^# *(?:Raw|Fix|Header Description)\b|^#[^\n]{0,80}\n(?:#[^\n]{0,4000}\n){0,40}# ?(?:Raw|Fix),/,
  ],
  [
    'SQL statements; export the table as CSV',
    /^\s*(?:--[^\n]*\n\s*)*(?:INSERT INTO|CREATE TABLE|BEGIN TRANSACTION)\b/i,
  ],
  ['YAML; write it as JSON', /^(?:%YAML|(?:---[ \t]*\r?\n)?-[ \t]+[A-Za-z_]\w*:[ \t])/],
  ['AIS messages of ships; give the log of a car', /^(?:[^\n!]{0,60})![A-Z]{2}VD[MO],/],
  ['messages of Wialon (WLN); export them as CSV or Excel’s CSV', /^REG;\d{9,10};-?\d/],
  ['messages of Wialon IPS; export the track as CSV', /^#S?D#\d{6};\d{6}/],
  ['u-blox PUBX sentences; log RMC', /^\s*\$PUBX,/],
  [
    'InfluxDB’s line protocol; export it as CSV',
    /^[\w.-]+(?:,[\w.-]+=[^\s,]+)*\s[\w.-]+=[^\s,]+(?:,[\w.-]+=[^\s,]+)+\s\d{10,19}\s*\n/,
  ],
  ['subtitles; give the log that the camera writes beside the video', /^\s*\d+\s*\r?\n\d\d:\d\d:\d\d,\d{3} --> /],
  ['TopoJSON; export it as GeoJSON with times', /^\s*\{\s*"type"\s*:\s*"Topology"/],
  ['an OpenPGP message; decrypt it first', /^-----BEGIN PGP/],
];

const bytesOf = (parts: readonly (number | string)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from([part]))));

const BINARY = SIGNS.flatMap(([what, test, at = 0]) =>
  test instanceof RegExp ? [] : [{ what, bytes: bytesOf(test), at }],
);
const TEXTUAL = SIGNS.flatMap(([what, test]) => (test instanceof RegExp ? [{ what, test }] : []));

/** A phrase where a text is one that this program writes; nothing when it is none. */
export function ownOutput(text: string): string | undefined {
  const own = /^\s*(?:\[\s*)?\{\s*"schema"\s*:\s*"tomare\./.test(text);
  return own ? 'results or decisions of tomare; give the logs themselves' : undefined;
}

/** Recorders pad fields of a text with zeros, as far as this share. */
const ZERO_SHARE = 0.4;

/** Without those at the end, which a loss of power leaves. */
function zeros(bytes: Uint8Array): number {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  let count = 0;
  for (let i = 0; i < end; i++) if (bytes[i] === 0) count++;
  return end === 0 ? 1 : count / end;
}

/** A phrase that says what the file is and what to do; nothing when it is unknown. */
export function foreign(head: Uint8Array, text: string, encoding: string): string | undefined {
  if (encoding.startsWith('utf-16')) return undefined; // its zeros are no sign of binary data
  const buffer = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const binary = BINARY.find(({ bytes, at }) => buffer.subarray(at, at + bytes.length).equals(bytes));
  if (binary !== undefined) return binary.what;
  const textual = TEXTUAL.find(({ test }) => test.test(text));
  if (textual !== undefined) return textual.what;
  if (/^\s*<[?!a-z]/i.test(text)) return 'XML of another kind; export the track as GPX';
  if (zeros(buffer) > ZERO_SHARE || buffer.subarray(0, 256).some((b) => b > 0 && (b < 9 || (b > 13 && b < 32)))) {
    return 'binary data of an unknown kind; convert it to CSV, NDJSON or GPX';
  }
  return undefined;
}
