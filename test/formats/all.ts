// SPDX-License-Identifier: MIT
// Every fixture: its name, the format that must recognise it, and its bytes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DRIVE, fitFile, parquetFile } from './builders.ts';

export const fixture = (name: string): Buffer => readFileSync(join(import.meta.dirname, 'logs', name));

const FILES: [name: string, format: string][] = [
  ['garmin.gpx', 'gpx'],
  ['osmand.gpx', 'gpx'],
  ['gpx10.gpx', 'gpx'],
  ['ublox.nmea', 'nmea'],
  ['dashcam.nmea', 'nmea'],
  ['70mai.txt', '70mai'],
  ['track.kml', 'kml'],
  ['timestamps.kml', 'kml'],
  ['activity.tcx', 'tcx'],
  ['points.geojson', 'geojson'],
  ['line.geojson', 'geojson'],
  ['owntracks.rec', 'owntracks'],
  ['owntracks.json', 'owntracks'],
  ['records.json', 'google-timeline'],
  ['semantic.json', 'google-timeline'],
  ['timeline-android.json', 'google-timeline'],
  ['timeline-ios.json', 'google-timeline'],
  ['gpsd.json', 'gpsd'],
  ['overland.json', 'overland'],
  ['logger.igc', 'igc'],
  ['geolife.plt', 'plt'],
  ['ozi.plt', 'plt'],
];

export const FIXTURES: readonly { name: string; format: string; bytes: Buffer }[] = [
  ...FILES.map(([name, format]) => ({ name, format, bytes: fixture(name) })),
  { name: 'activity.fit', format: 'fit', bytes: fitFile(DRIVE) },
  { name: 'old.fit', format: 'fit', bytes: fitFile(DRIVE, { enhanced: false }) },
  { name: 'chained.fit', format: 'fit', bytes: Buffer.concat([fitFile(DRIVE.slice(0, 3)), fitFile(DRIVE.slice(3))]) },
  { name: 'snappy.parquet', format: 'parquet', bytes: parquetFile(DRIVE) },
  { name: 'plain.parquet', format: 'parquet', bytes: parquetFile(DRIVE, 'UNCOMPRESSED') },
];
