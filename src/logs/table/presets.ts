// SPDX-License-Identifier: MIT
// Programs and recorders by their header, where the names alone do not say the unit or the zone. Each line
// gives the columns that make the header its own, from the program's own documentation or source.
import type { EpochHint } from '../clock/epoch.ts';
import type { SpeedUnit } from '../format.ts';
import type { ColumnRole } from './names.ts';

export interface Preset {
  name: string;
  /** Columns that all stand in the header, in lower case. */
  has: string[];
  /** Columns with which the header begins, as they are written. */
  begins?: string[];
  /** Unit of a speed whose name gives none. */
  speed?: SpeedUnit;
  /** Times without a zone are UTC. */
  utc?: boolean;
  columns?: Record<string, { role: ColumnRole; hint?: EpochHint; unit?: SpeedUnit; zone?: string }>;
  /** How rows become fixes where a row is not one fix with a time of its own. */
  rows?: 'ved' | 'porto' | 'columbus';
}

const PRESETS: Preset[] = [
  {
    name: 'GPSLogger',
    // its times have a zone: others without one are another program's
    has: ['time', 'lat', 'lon', 'elevation', 'accuracy', 'bearing', 'speed'],
    speed: 'mps',
  },
  { name: 'Torque', has: ['gps time', 'device time', 'longitude', 'latitude'], speed: 'mps' },
  {
    name: 'Traccar',
    has: ['deviceid', 'fixtime', 'latitude', 'longitude', 'speed', 'course'],
    speed: 'knots',
    utc: true,
  },
  {
    name: 'OwnTracks',
    has: ['tst', 'lat', 'lon', 'vel', 'cog'],
    speed: 'kmh',
    utc: true,
    columns: { acc: { role: 'accuracy' } },
  },
  {
    name: 'OwnTracks',
    has: ['tst', 'lat', 'lon', 'vel', 'acc'],
    speed: 'kmh',
    utc: true,
    columns: { acc: { role: 'accuracy' } },
  },
  {
    name: 'Geotab',
    has: ['datetime', 'device', 'latitude', 'longitude', 'speed'],
    speed: 'kmh',
    utc: true,
  },
  {
    name: 'Samsara',
    has: ['time', 'latitude', 'longitude', 'headingdegrees', 'speedmilesperhour'],
    utc: true,
    columns: {
      headingdegrees: { role: 'heading' },
      speedmilesperhour: { role: 'speed', unit: 'mph' },
    },
  },
  {
    name: 'Queclink',
    has: ['gps accuracy', 'azimuth', 'longitude', 'latitude', 'gps utc time'],
    speed: 'kmh',
    utc: true,
    columns: { 'gps accuracy': { role: 'dilution' } },
  },
  { name: 'RaceChrono', has: ['timestamp', 'lap_number', 'latitude', 'longitude', 'speed'], speed: 'mps' },
  {
    name: 'Qstarz',
    has: ['index', 'utc date', 'utc time', 'latitude', 'n/s', 'longitude', 'e/w'],
    speed: 'kmh',
    utc: true,
    columns: { 'utc date': { role: 'date', zone: 'UTC' }, 'utc time': { role: 'time', zone: 'UTC' } },
  },
  {
    // a dump of its table of positions: timestamps of the database are UTC and have no zone
    name: 'TeslaMate',
    has: ['date', 'latitude', 'longitude', 'speed', 'odometer', 'ideal_battery_range_km'],
    speed: 'kmh',
    utc: true,
  },
  { name: 'Movebank', has: ['event-id', 'timestamp', 'location-long', 'location-lat'], speed: 'mps', utc: true },
  { name: 'BT747', has: ['index', 'rcr', 'date', 'time', 'valid', 'latitude', 'n/s', 'longitude', 'e/w'], utc: true },
  {
    name: 'GPSBabel',
    has: ['date', 'time'],
    begins: ['No', 'Latitude', 'Longitude'],
    speed: 'mps',
    utc: true,
  },
  {
    name: 'Columbus',
    has: ['index', 'tag', 'date', 'time', 'latitude n/s', 'longitude e/w', 'speed'],
    speed: 'kmh',
    utc: true,
    rows: 'columbus',
  },
  { name: 'OsmAnd', has: ['timestamp', 'lat', 'lon', 'hdop', 'altitude', 'speed'], speed: 'mps' },
  { name: 'ExifTool', has: ['sourcefile', 'gpsdatetime', 'gpslatitude', 'gpslongitude'], utc: true },
  {
    name: 'VED',
    has: ['daynum', 'vehid', 'timestamp(ms)', 'latitude[deg]', 'longitude[deg]'],
    columns: { 'timestamp(ms)': { role: 'time', hint: 'elapsed' } },
    rows: 'ved',
  },
  {
    name: 'GeoLife',
    has: ['latitude', 'longitude', 'days', 'date', 'time'],
    utc: true,
  },
  {
    name: 'Porto',
    has: ['trip_id', 'taxi_id', 'timestamp', 'missing_data', 'polyline'],
    rows: 'porto',
  },
];

export function presetOf(names: readonly string[]): Preset | undefined {
  const lower = new Set(names.map((name) => name.toLowerCase()));
  return PRESETS.find(
    ({ has, begins = [] }) => has.every((name) => lower.has(name)) && begins.every((name, i) => names[i] === name),
  );
}
