// SPDX-License-Identifier: MIT
// Each format on a log shaped as real ones are: the fixes it must give, what it leaves out, and by which format it is
// recognised; the same packed. Then what is no log, or a damaged one: a code, a place, and what to do.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import type { TomareError } from '../../src/errors.ts';
import { readStream } from '../../src/logs/read.ts';
import { FORMATS } from '../../src/logs/registry.ts';
import { FIXTURES, fixture } from './all.ts';
import { DRIVE, fitFile, type Point, parquetFile, zipFile } from './builders.ts';
import { inChunks } from './harness.ts';

const edited = (name: string, from: string | RegExp, to: string) =>
  Buffer.from(fixture(name).toString().replace(from, to));

async function read(bytes: Buffer | string, name = 'drive.bin') {
  return readStream(name, inChunks(Buffer.from(bytes), 97), { timeZone: 'Asia/Tokyo' });
}

async function failure(bytes: Buffer | string): Promise<string> {
  const error = await read(bytes).then(
    () => undefined,
    (e: TomareError) => e,
  );
  return error === undefined ? 'read' : `${error.errorName} ${error.message}`;
}

const SPEED = 1;
const HEADING = 2;
const ACCURACY = 4;

/** What each fixture has besides times and positions. */
const HAS: Record<string, number> = {
  'garmin.gpx': SPEED | HEADING,
  'osmand.gpx': SPEED | HEADING | ACCURACY,
  'gpx10.gpx': SPEED | HEADING,
  'ublox.nmea': SPEED | HEADING,
  'dashcam.nmea': SPEED | HEADING,
  '70mai.txt': SPEED | HEADING,
  'activity.tcx': SPEED,
  'activity.fit': SPEED | ACCURACY,
  'old.fit': SPEED | ACCURACY,
  'chained.fit': SPEED | ACCURACY,
  'points.geojson': SPEED | HEADING,
  'owntracks.rec': SPEED | HEADING | ACCURACY,
  'owntracks.json': SPEED | HEADING | ACCURACY,
  'records.json': SPEED | HEADING | ACCURACY,
  'semantic.json': ACCURACY,
  'timeline-android.json': SPEED | ACCURACY,
  'gpsd.json': SPEED | HEADING | ACCURACY,
  'overland.json': SPEED | HEADING | ACCURACY,
  'logger.igc': ACCURACY,
  'snappy.parquet': SPEED | HEADING | ACCURACY,
  'plain.parquet': SPEED | HEADING | ACCURACY,
};
/** Minutes, not seconds: its own test is below. */
const DRIVES = FIXTURES.filter(({ name }) => name !== 'timeline-ios.json').map(
  ({ name, format, bytes }) => [name, format, bytes, HAS[name] ?? 0] as const,
);

/** OziExplorer's days have 7 decimals: 4 ms; u-blox has 1e-5 minutes. */
function near(a: number | undefined, b: number, within: number, what: string): void {
  expect(Math.abs((a ?? Number.NaN) - b), what).toBeLessThanOrEqual(within);
}

function expectDrive(log: Awaited<ReturnType<typeof read>>, has: number): void {
  const { fixes } = log;
  expect(fixes.count).toBe(DRIVE.length);
  DRIVE.forEach((point: Point, i) => {
    near(fixes.time_ms[i], point.time_ms, 5, `time ${i}`);
    near(fixes.lat[i], point.lat, 1e-6, `lat ${i}`);
    near(fixes.lon[i], point.lon, 1e-6, `lon ${i}`);
    if (has & SPEED) near(fixes.speed_mps[i], 10, 0.01, `speed ${i}`);
    else expect(fixes.speed_mps[i], `speed ${i}`).toBeNaN();
  });
  expect([...fixes.heading_deg].some((h) => h === 90)).toBe(
    (has & HEADING) !== 0 || log.input.columns['heading'] === 'angles',
  );
}

describe('a real-shaped log', () => {
  it.each(DRIVES)('%s is %s', async (_, format, bytes, has) => {
    const log = await read(bytes);
    expect(log.input.format).toBe(format);
    expectDrive(log, has);
    const accuracy = (has & ACCURACY) !== 0;
    expect('accuracy' in log.input.columns || format === 'igc').toBe(accuracy);
  });

  it.each(DRIVES)('%s (%s) gzipped, in a zip, and gzipped in a zip', async (name, format, bytes, has) => {
    const packed = [
      gzipSync(bytes),
      zipFile([{ name: `folder/${name}`, data: bytes }]),
      zipFile([
        { name, data: bytes, method: 0 },
        { name: 'README.txt', data: 'Our drive of Monday.\nBy car.\n' },
      ]),
      zipFile([{ name: `${name}.gz`, data: gzipSync(bytes) }]),
      gzipSync(zipFile([{ name, data: bytes }])),
    ];
    for (const each of packed) {
      const log = await read(each);
      expect(log.input.format).toBe(format);
      expectDrive(log, has);
    }
  });

  it('KMZ: its doc.kml among pictures', async () => {
    const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), Buffer.alloc(64)]);
    const log = await read(
      zipFile([
        { name: 'images/a.png', data: png },
        { name: 'doc.kml', data: fixture('track.kml') },
      ]),
    );
    expectDrive(log, 0);
  });

  it('iOS tells minutes of a Timeline', async () => {
    const { fixes, input } = await read(fixture('timeline-ios.json'));
    expect([...fixes.time_ms].map((t) => (t - Date.UTC(2026, 9, 5, 1)) / 60_000)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(input.warnings).toContainEqual(expect.stringMatching(/cut to 60 s/));
  });
});

it('Parquet whose positions are fields of a struct', async () => {
  const field = (name: string, type: 'DOUBLE' | 'BYTE_ARRAY', more = {}) =>
    ({ name, type, repetition_type: 'OPTIONAL', ...more }) as const;
  const schema = [
    { name: 'root', num_children: 2 },
    field('time', 'BYTE_ARRAY', { converted_type: 'UTF8' }),
    { name: 'gps', num_children: 2, repetition_type: 'OPTIONAL' as const },
    field('lat', 'DOUBLE'),
    field('lon', 'DOUBLE'),
  ];
  const columnData = [
    { name: 'time', data: DRIVE.map(({ time_ms }) => new Date(time_ms).toISOString()) },
    { name: 'gps', data: DRIVE.map(({ lat, lon }) => ({ lat, lon })) },
  ];
  const { fixes, input } = await read(Buffer.from(parquetWriteBuffer({ columnData, schema })));
  expect([fixes.count, fixes.lat[1], input.columns['lat']]).toEqual([DRIVE.length, DRIVE[1]?.lat, 'gps.lat']);
});

describe('what a format leaves out, and says', () => {
  const leftOut = async (bytes: Buffer | string) =>
    Object.fromEntries((await read(bytes)).input.left_out.map(({ reason, rows }) => [reason, rows]));

  it('NMEA: status V, a wrong checksum, a sentence cut short', async () => {
    expect(await leftOut(fixture('ublox.nmea'))).toEqual({ no_position: 1 });
    expect(await leftOut(edited('dashcam.nmea', /(RMC,010002[^,]*),A(.*?)\*../, '$1,V$2'))).toEqual({ damaged: 1 });
    expect(
      await leftOut(
        edited('dashcam.nmea', /\*..\r?$/gm, '')
          .toString()
          .replace(/(RMC,010002[^,]*),A/, '$1,V'),
      ),
    ).toEqual({
      not_valid: 1,
    });
    const wrong = edited('dashcam.nmea', /(RMC,010002.*?,A,35)07/, '$108');
    expect(await leftOut(wrong)).toEqual({ damaged: 1 });
  });

  it('70mai, gpsd, FIT: the recorder had no fix', async () => {
    expect(await leftOut(fixture('70mai.txt'))).toEqual({ no_position: 1 });
    expect(await leftOut(edited('70mai.txt', ',A,', ',V,'))).toEqual({ not_valid: 1, no_position: 1 });
    expect(await leftOut(fixture('gpsd.json'))).toEqual({ no_position: 1 });
    expect(await leftOut(edited('gpsd.json', '"mode":3', '"mode":1'))).toEqual({ not_valid: 1, no_position: 1 });
    expect(await leftOut(fitFile([{ ...(DRIVE[0] as Point), lat: NaN, lon: NaN }, ...DRIVE]))).toEqual({
      no_position: 1,
    });
  });

  it('IGC: validity V', async () => {
    expect(await leftOut(edited('logger.igc', 'EA', 'EV'))).toEqual({ not_valid: 1 });
  });

  it('KML names a speed without a unit', async () => {
    expect((await read(fixture('track.kml'))).input.ignored).toEqual(['speed']);
  });

  it('GPX: an optional value that cannot be used costs the value only (26-gpx-bearing-decimal-comma)', async () => {
    const log = await read(edited('osmand.gpx', '>90,0<', '>east<'));
    expect(log.fixes.count).toBe(6);
    expect(log.input.unusable).toEqual([{ column: 'bearing', rows: 1, first_line: 4 }]);
  });

  it('GPX: time inside an extension is not the time of the point', async () => {
    const log = await read(
      edited('osmand.gpx', /<osmand:hacc>/g, '<x:time>1999-01-01T00:00:00Z</x:time><osmand:hacc>'),
    );
    expectDrive(log, SPEED | HEADING);
  });

  it('GPX and NMEA are UTC without saying it', async () => {
    expectDrive(await read(edited('osmand.gpx', /(T[\d:]+)Z/g, '$1')), SPEED | HEADING);
  });
});

describe('forms of JSON that are near one another', () => {
  const rows = [0, 1, 2].map((i) => ({ time: `2026-10-05T01:00:0${i}Z`, lat: 35.1, lon: 139.4 + i / 1e4 }));
  type Row = (typeof rows)[number];
  const lines = (each: (row: Row) => object) => rows.map((row) => `${JSON.stringify(each(row))}\n`).join('');
  const at = ({ lat, lon }: Row) => [lon, lat];
  const feature = (row: Row) => ({
    type: 'Feature',
    properties: { time: row.time },
    geometry: { type: 'Point', coordinates: at(row) },
  });
  const collection = (type: string, coordinates: unknown, properties: object | null) =>
    JSON.stringify({
      type: 'FeatureCollection',
      features: [{ type: 'Feature', properties, geometry: { type, coordinates } }],
    });
  const epochs = rows.map((row) => [...at(row), 0, Date.parse(row.time) / 1000]);
  const parts = [rows.slice(0, 2), rows.slice(2)];

  it.each([
    ['rows that hold a list of objects', lines((row) => ({ ...row, satellites: [{ id: 2 }, { id: 5 }] })), 'ndjson'],
    ['rows that begin with a list of objects', lines((row) => ({ satellites: [{ id: 2 }], ...row })), 'ndjson'],
    ['rows with a type', lines((row) => ({ type: 'Point', ...row })), 'ndjson'],
    ['a list', JSON.stringify(rows), 'json'],
    ['a list under a key', JSON.stringify({ id: 7, track: rows }, null, 1), 'json'],
    ['one feature a line', lines(feature), 'geojson'],
    ['text sequences of RFC 8142', rows.map((row) => `\u001e${JSON.stringify(feature(row))}\n`).join(''), 'geojson'],
    ['a line with epochs as fourth number', collection('LineString', epochs, null), 'geojson'],
    [
      'several lines with times',
      collection(
        'MultiLineString',
        parts.map((part) => part.map(at)),
        { coordTimes: parts.map((part) => part.map(({ time }) => time)) },
      ),
      'geojson',
    ],
  ])('%s', async (_, text, format) => {
    const { input, fixes } = await read(text);
    expect([input.format, fixes.count]).toEqual([format, 3]);
    expect([...fixes.time_ms]).toEqual(rows.map(({ time }) => Date.parse(time)));
  });

  it('keys that mean something to JavaScript are keys', async () => {
    const text = JSON.stringify(rows).replaceAll('"lat"', '"__proto__":{"lat":1},"constructor":2,"lat"');
    expect([...(await read(text)).fixes.lat]).toEqual([35.1, 35.1, 35.1]);
  });
});

it('docs/LOGS.md has a row for each format, and no other', async () => {
  const names = await Promise.all(FORMATS.map(async ({ load }) => (await load()).default.name));
  const text = readFileSync(new URL('../../docs/LOGS.md', import.meta.url), 'utf8');
  const [, formats = ''] = /^## Formats\n(.*?)^## /ms.exec(text) ?? [];
  const rows = [...formats.matchAll(/^\| ([\w-]+) \|/gm)].map(([, name]) => name);
  expect(rows.sort()).toEqual(names.sort());
});

describe('NMEA', () => {
  const sentence = (body: string) => {
    let sum = 0;
    for (const c of Buffer.from(body)) sum ^= c;
    return `$${body}*${sum.toString(16).padStart(2, '0')}\n`;
  };
  const rmc = (time: string, speed = '10.0', date = '311226') =>
    sentence(`GNRMC,${time},A,3507.04040,N,13925.4${time.slice(4, 6)}00,E,${speed},90.0,${date},,,A`);
  const speeds = async (text: string) =>
    [...(await read(text)).fixes.speed_mps].map((v) => Math.round((v * 3600) / 1852));

  it('GGA alone crosses midnight by the date of the last RMC', async () => {
    const gga = (time: string) =>
      sentence(`GPGGA,${time},3507.0404,N,13925.46${time.slice(4, 6)},E,1,9,0.9,20,M,38,M,,`);
    const { fixes } = await read(rmc('235958.00') + gga('235959.00') + gga('000000.00') + gga('000001.00'));
    expect([...fixes.time_ms].map((t) => new Date(t).toISOString().slice(0, 19))).toEqual([
      '2026-12-31T23:59:58',
      '2026-12-31T23:59:59',
      '2027-01-01T00:00:00',
      '2027-01-01T00:00:01',
    ]);
  });

  it('without any date it is refused', async () => {
    const text = sentence('GPGGA,010000,3507.0404,N,13925.4520,E,1,9,0.9,20,M,38,M,,').repeat(3);
    expect(await failure(text)).toMatch(/^LOG_NO_TIMES .*log RMC/);
  });

  it('VTG serves where RMC has no speed: after it, and before it', async () => {
    const vtg = (knots: number) => sentence(`GPVTG,90.0,T,,M,${knots}.0,N,,K,A`);
    const [a, b, c] = [rmc('010000', ''), rmc('010001', ''), rmc('010002', '')] as const;
    expect(await speeds(a + vtg(10) + b + vtg(11) + c + vtg(12))).toEqual([10, 11, 12]);
    expect(await speeds(vtg(10) + a + vtg(11) + b + vtg(12) + c)).toEqual([10, 11, 12]);
  });

  it('sentences without a checksum are read where none has one', async () => {
    const text = (rmc('010000') + rmc('010001')).replace(/\*../g, '');
    expect((await read(text)).fixes.count).toBe(2);
  });
});

describe('what is no log, or damaged, is named', () => {
  const cut = (bytes: Buffer) => bytes.subarray(0, bytes.length - 40);
  const bomb = (start: string, unit: string, times: number) =>
    gzipSync(Buffer.concat([Buffer.from(start), Buffer.alloc(unit.length * times, unit)]));
  const fit = fitFile(DRIVE);
  const flipped = Buffer.from(fit);
  flipped[60] = (flipped[60] ?? 0) ^ 1;
  const parquet = parquetFile(DRIVE);
  const course = fitFile(DRIVE, { kind: 6 });

  it.each<[string, Buffer | string, RegExp]>([
    ['GPX cut short', cut(fixture('garmin.gpx')), /^LOG_XML .*drive\.bin:\d+: /],
    [
      'GPX without times',
      edited('gpx10.gpx', /<time>.*?<\/time>/g, ''),
      /^LOG_NO_TIMES .*GPX file without times; export/,
    ],
    ['GPX of a route', '<gpx><rte><rtept lat="1" lon="2"/></rte></gpx>', /^LOG_NO_TRACK .*waypoints or a route/],
    ['XML nested 20 million deep (02-gpx-nesting)', bomb('<gpx>', '<a>', 20_000_000), /^LOG_DEPTH .*deeper than 64/],
    ['a DOCTYPE', '<!DOCTYPE gpx [<!ENTITY x "y">]><gpx/>', /^LOG_ENTITY /],
    ['an entity', '<gpx><trk><name>&nbsp;</name></trk></gpx>', /^LOG_ENTITY /],
    ['many attributes', `<gpx ${Array.from({ length: 1001 }, (_, i) => `a${i}=""`).join(' ')}/>`, /^LOG_WIDTH /],
    [
      'KML without times',
      '<kml><Placemark><LineString><coordinates>1,2 3,4</coordinates></LineString></Placemark></kml>',
      /^LOG_NO_TIMES .*this is a KML file without times; export/,
    ],
    ['KML cut short', cut(fixture('track.kml')), /^LOG_XML /],
    [
      'TCX of a workout',
      '<TrainingCenterDatabase><Workouts/></TrainingCenterDatabase>',
      /^LOG_NO_TRACK .*not the workout/,
    ],
    ['TCX cut short', cut(fixture('activity.tcx')), /^LOG_XML /],
    [
      'TCX from indoors',
      '<TrainingCenterDatabase><Trackpoint><Time>2026-10-05T01:00:00Z</Time></Trackpoint></TrainingCenterDatabase>',
      /^LOG_NO_FIX .*without GPS/,
    ],
    ['FIT cut short', cut(fit), /^LOG_FIT .*cut short/],
    ['FIT with a flipped bit', flipped, /^LOG_FIT .*checksum/],
    [
      'FIT that was not finished',
      Buffer.concat([Buffer.from([14, 16, 0, 0, 0, 0, 0, 0]), Buffer.from([0x2e, 0x46, 0x49, 0x54]), Buffer.alloc(64)]),
      /^LOG_FIT .*did not finish/,
    ],
    ['a FIT course', course, /^LOG_NO_TRACK .*FIT file is a course/],
    [
      'GeoJSON without times',
      '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}}]}',
      /^LOG_NO_TIMES .*GeoJSON file without times; export/,
    ],
    [
      'GeoJSON with a time too few',
      edited('line.geojson', '"2026-10-05T01:00:00Z", ', ''),
      /^LOG_NO_TIMES .*5 times for 6 positions/,
    ],
    ['GeoJSON cut short', cut(fixture('points.geojson')), /^LOG_JSON .*cut short/],
    ['JSON nested a million deep', bomb('{"type":"Feature","a":', '[', 1_000_000), /^LOG_DEPTH /],
    [
      'JSON with an object of many keys',
      `{"type":"Feature",${Array.from({ length: 1001 }, (_, i) => `"k${i}":1`).join()}}`,
      /^LOG_WIDTH .*1000 keys/,
    ],
    ['JSON with an endless text', bomb('{"timelineObjects":[],"a":"', 'x', 5_000_000), /^LOG_LINE_LENGTH /],
    ['Records cut short', cut(fixture('records.json')), /^LOG_JSON /],
    [
      'Timeline of visits only',
      '{"timelineObjects":[{"placeVisit":{"location":{"latitudeE7":1}}}]}',
      /^LOG_NO_TIMES .*no path with times/,
    ],
    ['IGC without a date', edited('logger.igc', /HFDTE.*\r\n/, ''), /^LOG_NO_TIMES .*HFDTE/],
    ['PLT of another datum', edited('geolife.plt', 'WGS 84', 'Tokyo'), /^LOG_FORMAT .*:2: .*datum/],
    ['Parquet cut short', cut(parquet), /^LOG_PARQUET /],
    ['Parquet of other columns', parquetFile(DRIVE, 'SNAPPY', 'x'), /^LOG_COLUMN .*no column/],
    ['an empty file', '', /^LOG_NO_FIX .*empty/],
    [
      'an Excel workbook',
      zipFile([
        { name: '[Content_Types].xml', data: '<x/>' },
        { name: 'xl/workbook.xml', data: '<x/>' },
      ]),
      /^LOG_FORMAT .*Excel workbook; save it as CSV/,
    ],
    [
      'what is left of one (59-xlsx-like-zip)',
      Buffer.from('PK\x03\x04\x14\0\x06\0\b\0\0\0!\0\0\0\0\0\0\0\0\0\0\0\0\0\x13\0\0\0[Content_Types].xml', 'latin1'),
      /^LOG_FORMAT .*Excel workbook; save it as CSV/,
    ],
    ['an old Excel workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /^LOG_FORMAT .*old Excel workbook/],
    ['a PDF', '%PDF-1.7\n', /^LOG_FORMAT .*PDF/],
    ['a video', Buffer.from('\0\0\0\x20ftypisom\0\0\0\0', 'latin1'), /^LOG_FORMAT .*video; extract/],
    ['a web page', '<!DOCTYPE html><html></html>', /^LOG_FORMAT .*HTML page/],
    ['an OSM extract', '<?xml version="1.0"?><osm version="0.6"></osm>', /^LOG_FORMAT .*map and no log/],
    ['other XML', '<?xml version="1.0"?><plan><a/></plan>', /^LOG_FORMAT .*XML of another kind/],
    ['a zip cut short', cut(zipFile([{ name: 'a.gpx', data: fixture('garmin.gpx') }])), /^LOG_ZIP .*cut short/],
    [
      'an encrypted zip',
      zipFile([{ name: 'a.gpx', data: fixture('garmin.gpx'), flags: 1 }]),
      /^LOG_ENCRYPTED .*password/,
    ],
    [
      'a zip in a zip',
      zipFile([{ name: 'b.zip', data: zipFile([{ name: 'a.gpx', data: fixture('garmin.gpx') }]) }]),
      /^LOG_ZIP .*an archive within/,
    ],
    [
      'a zip of another method',
      zipFile([{ name: 'a.gpx', data: fixture('garmin.gpx'), method: 12 }]),
      /^LOG_ZIP .*other than deflate/,
    ],
    [
      'a zip with a wrong checksum',
      zipFile([{ name: 'a.gpx', data: fixture('garmin.gpx'), sum: 1 }]),
      /^LOG_ZIP .*checksum/,
    ],
    [
      'a zip whose entry lies about its size',
      zipFile([{ name: 'a.gpx', data: fixture('garmin.gpx'), size: 5 }]),
      /^LOG_ZIP /,
    ],
    [
      'a zip of several logs',
      zipFile(['a', 'b'].map((name) => ({ name: `${name}.gpx`, data: fixture('garmin.gpx') }))),
      /^LOG_SEVERAL .*holds 2 logs/,
    ],
    [
      'a zip of pictures',
      zipFile(['a', 'b'].map((name) => ({ name, data: Buffer.from('89504e470d0a1a0a00', 'hex') }))),
      /^LOG_FORMAT .*none of its 2 files/,
    ],
    ['an empty zip', zipFile([]), /^LOG_FORMAT /],
  ])('%s', async (_, bytes, expected) => {
    expect(await failure(bytes)).toMatch(expected);
  });
});
