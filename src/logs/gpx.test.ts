// SPDX-License-Identifier: MIT
// GPX as the programs write it: where each puts speed and course. The logs are named .csv or gzipped, for the
// content decides.
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { read as readWhole } from './clean_drive.ts';
import { readStream } from './read.ts';

const garmin = (part: string) =>
  `<extensions><gpxtpx:TrackPointExtension>${part}</gpxtpx:TrackPointExtension></extensions>`;
const OPEN = `<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1"
  xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v2" xmlns:osmand="https://osmand.net">`;

function track(inside: string): string {
  const point = (second: number) =>
    `<trkpt lat="35.1" lon="139.4"><ele>3.5</ele><time>2026-10-05T01:00:0${second}Z</time>${inside}</trkpt>`;
  return `${OPEN}<metadata><time>2020-01-01T00:00:00Z</time></metadata>
    <trk><name>A &amp; B</name><trkseg>${point(0)}</trkseg><trkseg>${point(1)}</trkseg></trk></gpx>`;
}

async function read(content: string | Buffer) {
  async function* source() {
    const bytes = Buffer.from(content);
    for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
  }
  return (await readStream('drive.csv', source(), { timeZone: 'Asia/Tokyo' })).fixes;
}

describe('GPX', () => {
  it.each([
    ['Garmin', garmin('<gpxtpx:speed>5.5</gpxtpx:speed><gpxtpx:course>45</gpxtpx:course>')],
    ['OsmAnd', '<extensions><osmand:speed>5.5</osmand:speed><osmand:bearing>45</osmand:bearing></extensions>'],
    ['OsmAnd, old', '<extensions><speed>5.5</speed><bearing>45</bearing></extensions>'],
    [
      'Strava',
      `<extensions><power>0</power><gpxtpx:TrackPointExtension><gpxtpx:hr>70</gpxtpx:hr>
      <gpxtpx:speed>5.5</gpxtpx:speed><gpxtpx:course>45</gpxtpx:course></gpxtpx:TrackPointExtension></extensions>`,
    ],
    ['GPX 1.0', '<course>45</course><speed>5.5</speed>'],
  ])('%s', async (_, inside) => {
    for (const content of [track(inside), gzipSync(track(inside))]) {
      const fixes = await read(content);
      expect([...fixes.speed_mps]).toEqual([5.5, 5.5]);
      expect([...fixes.heading_deg]).toEqual([45, 45]);
      expect(fixes.time_ms[1]).toBe(Date.UTC(2026, 9, 5, 1, 0, 1));
    }
  });

  it('without extensions, speed is unknown and not zero', async () => {
    const fixes = await read(track(''));
    expect([fixes.count, fixes.speed_mps[0], fixes.heading_deg[0]]).toEqual([2, NaN, NaN]);
  });

  it('the accuracy of OsmAnd', async () => {
    expect((await read(track('<extensions><osmand:hacc>4</osmand:hacc></extensions>'))).accuracy_m[0]).toBe(4);
  });

  it.each(['\n', '\r\n', '\r'])(
    'lines are those of the file where blank ones stand before the declaration: %j',
    async (end) => {
      for (const blanks of ['', ' ', end, end.repeat(99), ` ${end}`.repeat(70)]) {
        const text = `${blanks}${track('').replaceAll('\n', end).replaceAll('<trkpt', `${end}<trkpt`)}`;
        async function* source() {
          for (let at = 0; at < text.length; at += 50) yield Buffer.from(text.slice(at, at + 50));
        }
        const linesTo = (part: string) => text.slice(0, text.indexOf(part)).split(end).length;
        const { lines } = await readStream('drive.gpx', source(), { timeZone: 'UTC' });
        expect([...(lines ?? [])]).toEqual([linesTo('</trkpt>'), linesTo('</trkpt></trkseg></trk>')]);
      }
    },
  );
});

describe('extensions of other names', () => {
  const named = (element: string) => {
    const [name = '', value] = element.split('=');
    return `<extensions><${name}>${value}</${name}></extensions>`;
  };
  const whole = async (inside: string) => {
    const log = await readWhole(track(inside));
    return { speed: log.fixes.speed_mps[0], ignored: log.input.ignored, column: log.input.columns.speed };
  };
  it.each(['speed_kmh=36', 'speed_mps=10', 'speedKmh=36', 'speed_knots=19.4384', 'x:speed_kmh=36', 'gps_speed_kmh=36'])(
    '%s gives a speed by its unit',
    async (element) => {
      const { speed, ignored } = await whole(named(element));
      expect(speed).toBeCloseTo(10, 3);
      expect(ignored).toEqual([]);
    },
  );
  it.each(['groundspeed=36', 'maxSpeed=50', 'speed_accuracy=0.5', 'velocity=10', 'bearing_accuracy=2'])(
    '%s is not used, and it is said',
    async (element) => {
      const { speed, ignored } = await whole(named(element));
      expect([speed, ignored]).toEqual([Number.NaN, [element.split('=')[0]]]);
    },
  );
  it.each(['hr=70', 'hdop=0.9', 'temp=20', 'cad=0'])('%s is none of them', async (element) =>
    expect((await whole(named(element))).ignored).toEqual([]),
  );
  it.each(['speed2d=10', 'speed_2d=10', 'x:speed3d=10', 'gps_speed_2d=10', 'Speed=10'])(
    '%s is metres per second',
    async (element) => {
      const { speed, ignored } = await whole(named(element));
      expect([speed, ignored]).toEqual([10, []]);
    },
  );
  it.each([
    ['<speed>5.5</speed><x:speed2d>9</x:speed2d>', 5.5],
    ['<speed2d>9</speed2d><speed3d>9.1</speed3d>', 9],
    ['<wind><speed>3</speed></wind>', Number.NaN],
    ['<speed>5.5</speed><weather><wind><speed>3</speed></wind></weather>', 5.5],
    ['<speed>5.5</speed><wind unit="m"><speed>3</speed></wind>', 5.5],
  ])('of the car in %s', async (inside, speed) => {
    expect((await whole(`<extensions>${inside}</extensions>`)).speed).toBe(speed);
  });
  it.each(['', ' id="1"'])('the course of movement comes before others%s', async (attribute) => {
    const parts = ['<heading>200</heading>', `<bearing${attribute}>90</bearing>`, '<course>45</course>'];
    for (const inside of [parts.join(''), parts.toReversed().join('')])
      expect((await readWhole(track(`<extensions>${inside}</extensions>`))).fixes.heading_deg[1]).toBe(45);
    expect(
      (await readWhole(track(`<extensions>${parts.slice(0, 2).join('')}</extensions>`))).input.columns.heading,
    ).toBe('bearing');
  });
  it('speed itself comes first', async () => {
    for (const order of [
      '<speed>5.5</speed><speed_kmh>36</speed_kmh>',
      '<speed>5.5</speed>\n<speed_kmh>3</speed_kmh>',
    ]) {
      expect((await whole(order)).speed).toBe(5.5);
    }
  });
});
