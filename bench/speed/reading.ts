// SPDX-License-Identifier: MIT
// `npm run bench -- reading [--quick] [--keep]`: fixes per second end to end, of the reading alone and of the engine alone,
// for each format of a log, with and without speed. Each log is measured in a process of its own, as a command meets it:
// what V8 learnt from the other formats would slow it. CPU of the main thread; the median of the runs.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildMap } from '../../src/mapbuild.ts';
import type { Fixes } from '../../src/types.ts';
import { fitFile } from '../../test/formats/builders.ts';
import { machine } from '../machine.ts';
import { CACHE, extract, mapOf } from '../places.ts';
import { keep } from '../results.ts';
import { driveOn } from '../walk.ts';
import type { LogTimes } from './reading_row.ts';

const quick = process.argv.includes('--quick');
const RUNS = quick ? 3 : 9;
const REPEAT = quick ? 5 : 20;
const folder = join(CACHE, 'reading');
mkdirSync(folder, { recursive: true });

type Writer = (f: Fixes, i: number, speed: boolean) => string;
const at = (f: Fixes, i: number) => ({
  time: new Date(f.time_ms[i] as number).toISOString(),
  lat: (f.lat[i] as number).toFixed(7),
  lon: (f.lon[i] as number).toFixed(7),
  kmh: ((f.speed_mps[i] as number) * 3.6).toFixed(2),
});

/** One row of each format; the wrapping around them. */
const FORMATS: Record<string, { head: (speed: boolean) => string; row: Writer; foot: string }> = {
  csv: {
    head: (speed) => `time,lat,lon${speed ? ',speed_kmh' : ''}\n`,
    row(f, i, speed) {
      const { time, lat, lon, kmh } = at(f, i);
      return `${time},${lat},${lon}${speed ? `,${kmh}` : ''}\n`;
    },
    foot: '',
  },
  ndjson: {
    head: () => '',
    row(f, i, speed) {
      const { time, lat, lon, kmh } = at(f, i);
      return `{"time":"${time}","lat":${lat},"lon":${lon}${speed ? `,"speed_kmh":${kmh}` : ''}}\n`;
    },
    foot: '',
  },
  gpx: {
    head: () => '<gpx version="1.0" xmlns="http://www.topografix.com/GPX/1/0"><trk><trkseg>\n',
    row(f, i, speed) {
      const { time, lat, lon } = at(f, i);
      const said = speed ? `<speed>${(f.speed_mps[i] as number).toFixed(3)}</speed>` : '';
      return `<trkpt lat="${lat}" lon="${lon}"><time>${time}</time>${said}</trkpt>\n`;
    },
    foot: '</trkseg></trk></gpx>\n',
  },
};

/** FIT has whole seconds, as these drives have. */
function fitLog(parts: readonly Fixes[], speed: boolean): Buffer {
  const points = parts.flatMap((f) =>
    Array.from({ length: f.count }, (_, i) => ({
      time_ms: f.time_ms[i] as number,
      lat: f.lat[i] as number,
      lon: f.lon[i] as number,
      speed_mps: speed ? (f.speed_mps[i] as number) : Number.NaN,
      heading_deg: Number.NaN,
      accuracy_m: Number.NaN,
    })),
  );
  return fitFile(points);
}

/** A log of the drive over and over, each time after the last. */
function write(name: string, f: Fixes, format: string, speed: boolean): string {
  const path = join(folder, `${name}-${speed ? 'speed' : 'plain'}.${format}`);
  const span = (f.time_ms[f.count - 1] as number) - (f.time_ms[0] as number) + 600_000;
  const drives = Array.from({ length: REPEAT }, (_, r) => ({ ...f, time_ms: f.time_ms.map((t) => t + r * span) }));
  if (format === 'fit') {
    writeFileSync(path, fitLog(drives, speed));
    return path;
  }
  const { head, row, foot } = FORMATS[format] as (typeof FORMATS)[string];
  const parts = [head(speed)];
  for (const moved of drives) for (let i = 0; i < f.count; i++) parts.push(row(moved, i, speed));
  parts.push(foot);
  writeFileSync(path, parts.join(''));
  return path;
}

/** What is kept: milliseconds of a log end to end, of reading it and of the engine. */
const rows: ({ log: string } & LogTimes)[] = [];

function measure(label: string, map: string, path: string): void {
  const child = [join(import.meta.dirname, 'reading_row.ts'), path, map, String(RUNS)];
  const row: LogTimes = JSON.parse(
    execFileSync(process.execPath, [...process.execArgv, ...child], { encoding: 'utf8' }),
  );
  rows.push({ log: label, ...row });
  const rate = (ms: number) => `${Math.round(row.fixes / ms)} k`.padStart(9);
  const share = `${Math.round((100 * row.reading_ms) / row.all_ms)} %`.padStart(8);
  const { all_ms, reading_ms, engine_ms } = row;
  process.stdout.write(`${label.padEnd(30)}${rate(all_ms)}${rate(reading_ms)}${rate(engine_ms)}${share}\n`);
}

process.stdout.write(
  `${'fixes per second'.padEnd(30)}${'all'.padStart(9)}${'reading'.padStart(9)}${'engine'.padStart(9)} reading\n`,
);
const kyoto = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'kubicka', '99');
if (existsSync(kyoto)) {
  const map = join(CACHE, 'kubicka-99.tmap');
  await buildMap({ inputs: [join(kyoto, 'map.osm.pbf')], output: map, name: 'kubicka-99' });
  const lines = readFileSync(join(kyoto, 'track.csv'), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
  const f: Fixes = {
    count: lines.length,
    time_ms: Float64Array.from(lines, (_, i) => Date.UTC(2026, 0, 1) + 1000 * i),
    lat: Float64Array.from(lines, (cells) => Number(cells[1])),
    lon: Float64Array.from(lines, (cells) => Number(cells[2])),
    speed_mps: new Float32Array(lines.length),
    heading_deg: new Float32Array(lines.length),
    accuracy_m: new Float32Array(lines.length),
  };
  for (const format of [...Object.keys(FORMATS), 'fit'])
    measure(`Kyoto, ${format}`, map, write('kyoto', f, format, false));
} else {
  process.stdout.write(`${kyoto} is not there: its log is not measured\n`);
}
const hour = driveOn(extract('malta'), 3600, 7);
const malta = await mapOf('malta');
for (const speed of [true, false]) {
  for (const format of [...Object.keys(FORMATS), 'fit']) {
    const path = write('malta', hour, format, speed);
    measure(`Malta's hour, ${format}${speed ? ', with speed' : ''}`, malta, path);
  }
}
if (process.argv.includes('--keep')) console.error(`kept as ${keep('reading', { machine: machine(), rows } as never)}`);
