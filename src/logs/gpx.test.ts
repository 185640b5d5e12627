// SPDX-License-Identifier: MIT
// GPX as the programs write it: where each puts speed and course. The logs are named .csv or gzipped, for the
// content decides.
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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
});

/** Points as programs write them, and as none should. */
const pieces = fc.constantFrom(
  '<ele>3.5</ele>',
  '<ele>3.5</ele>\n   ',
  '<speed>5.25</speed>',
  '<speed> 5 </speed>',
  '<speed>fast</speed>',
  '<course>45</course>',
  '<fix>none</fix>',
  '<fix>3d</fix>',
  '<extensions>\r\n<a:speed>7</a:speed><b><time>2020-01-01T00:00:00Z</time></b></extensions>',
  '<extensions><speed>1<!-- x --></speed></extensions>',
  '<name>A &amp; B</name>',
  '<desc><![CDATA[</trkpt>]]></desc>',
  '<link href="x"/>',
  '<hacc>4</hacc>',
  '\n<!-- <trkpt lat="1" lon="2"></trkpt> -->',
  '<cmt>\n</cmt>',
  '\r',
);
const point = fc.record({
  place: fc.constantFrom(
    'lat="35.1" lon="139.4"',
    'lon="139.5"\n lat="-35.1e0"',
    'lat="" lon="1"',
    'lat="1" lon="2" x="3"',
  ),
  time: fc.constantFrom('2026-10-05T01:00:SSZ', '2026-10-05T01:00:SS.250+09:00', '2026-10-05 01:00:SS', 'noon', ''),
  inside: fc.array(pieces, { maxLength: 4 }),
  after: fc.constantFrom('', '\n', '\r\n  ', '</trkseg><trkseg>', '<!-- <trkpt> -->', ' text '),
});
/** What ends the reading. */
const faults = fc.constantFrom(
  '',
  '',
  '',
  '<x>',
  '</y>',
  '&z;',
  '<!DOCTYPE a>',
  ']]>',
  '<trkpt lat="1" lon="1"',
  '<a b="1" b="2"/>',
);

const outcome = async (text: string, size: number) => {
  async function* source() {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  try {
    const { fixes, lines, input } = await readStream('drive.gpx', source(), { timeZone: 'Asia/Tokyo' });
    return { fixes: { ...fixes }, lines, input: { ...input, sha256: '' } };
  } catch (error) {
    return String(error);
  }
};

it('points that are read at once are as the parser reads them, and so are their errors', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(point, { minLength: 1, maxLength: 12 }),
      faults,
      fc.nat(12),
      fc.integer({ min: 1, max: 700 }),
      async (points, fault, where, size) => {
        const all = points.map(({ place, time, inside, after }, i) => {
          const told = time === '' ? '' : `<time>${time.replace('SS', String(10 + i))}</time>`;
          return `<trkpt ${place}>${told}${inside.join('')}</trkpt>${after}`;
        });
        all.splice(where, 0, fault);
        const text = `${OPEN}\n<trk><trkseg>${all.join('')}</trkseg></trk></gpx>`;
        const parsed = text.replaceAll('<trkpt', '<p:trkpt').replaceAll('</trkpt>', '</p:trkpt>');
        expect(await outcome(text, size)).toEqual(await outcome(parsed, 700));
      },
    ),
    { numRuns: 400 },
  );
});
