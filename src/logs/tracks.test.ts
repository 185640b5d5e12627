// SPDX-License-Identifier: MIT
// Two cars as two tracks of one file kept one of them; tracks of one car stay one log.
import { describe, expect, it } from 'vitest';
import { failure, iso, lat, read } from './clean_drive.ts';

interface Track {
  /** Seconds since the start of its first fix. */
  from: number;
  lon: number;
}
const n = 60;
/** A way that is not straight. */
const at = ({ from, lon }: Track) =>
  Array.from({ length: n }, (_, i) => ({
    time: iso(from + i),
    lat: Number(lat(from + i)),
    lon: Number((lon + 2e-5 * Math.sin(i * i)).toFixed(7)),
  }));

const FORMS: [string, (tracks: Track[]) => string][] = [
  [
    'GPX',
    (tracks) => {
      const trk = (t: Track) =>
        `<trk><trkseg>${at(t)
          .map((p) => `<trkpt lat="${p.lat}" lon="${p.lon}"><time>${p.time}</time></trkpt>`)
          .join('\n')}</trkseg></trk>`;
      return `<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">${tracks.map(trk).join('\n')}</gpx>`;
    },
  ],
  [
    'gx:Track of KML',
    (tracks) => {
      const track = (t: Track) =>
        `<Placemark><gx:Track>${at(t)
          .map((p) => `<when>${p.time}</when><gx:coord>${p.lon} ${p.lat} 0</gx:coord>`)
          .join('\n')}</gx:Track></Placemark>`;
      const xmlns = 'xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"';
      return `<kml ${xmlns}><Document>${tracks.map(track).join('\n')}</Document></kml>`;
    },
  ],
  [
    'folders of KML',
    (tracks) => {
      const folder = (t: Track) =>
        `<Folder>${at(t)
          .map(
            (p) =>
              `<Placemark><TimeStamp><when>${p.time}</when></TimeStamp><Point><coordinates>${p.lon},${p.lat}</coordinates></Point></Placemark>`,
          )
          .join('\n')}</Folder>`;
      return `<kml xmlns="http://www.opengis.net/kml/2.2"><Document>${tracks.map(folder).join('\n')}</Document></kml>`;
    },
  ],
  [
    'TCX',
    (tracks) => {
      const activity = (t: Track) =>
        `<Activity><Lap><Track>${at(t)
          .map(
            (p) =>
              `<Trackpoint><Time>${p.time}</Time><Position><LatitudeDegrees>${p.lat}</LatitudeDegrees><LongitudeDegrees>${p.lon}</LongitudeDegrees></Position></Trackpoint>`,
          )
          .join('\n')}</Track></Lap></Activity>`;
      return `<TrainingCenterDatabase><Activities>${tracks.map(activity).join('\n')}</Activities></TrainingCenterDatabase>`;
    },
  ],
  [
    'lines of GeoJSON',
    (tracks) => {
      const features = tracks.map((t) => ({
        type: 'Feature',
        properties: { coordTimes: at(t).map((p) => p.time) },
        geometry: { type: 'LineString', coordinates: at(t).map((p) => [p.lon, p.lat]) },
      }));
      return JSON.stringify({ type: 'FeatureCollection', features });
    },
  ],
];

/** Two cars as parts of one track. */
const PARTS: [string, RegExp, string, string][] = [
  ['GPX', /<\/trk>\s*<trk>/g, '', 'trkseg'],
  ['gx:Track of KML', /<\/Placemark>\s*<Placemark>/g, '', 'gx:Track of a gx:MultiTrack'],
  ['TCX', /<\/Activity>\s*<Activity>/g, '', 'Track'],
];
const madeOf = (form: string) => FORMS.find(([name]) => name === form)?.[1] as (tracks: Track[]) => string;
describe.each(PARTS)('parts of one track of %s', (form, between, together, name) => {
  const made = (tracks: Track[]) =>
    madeOf(form)(tracks)
      .replace(between, together)
      .replace('<Placemark>', '<Placemark><gx:MultiTrack>')
      .replace('</Placemark>', '</gx:MultiTrack></Placemark>');
  it.each([
    ['at some times in common', 25],
    ['one right after the other', n],
  ])('two cars %s', async (_when, from) => {
    const message = await failure(
      made([
        { from: 0, lon: 139.5 },
        { from, lon: 139.8 },
      ]),
    );
    expect(message).toMatch(/^LOG_VEHICLES/);
    expect(message).toContain(`which its elements "${name}" tell apart`);
  });
  it('one car whose positions jump for some seconds', async () => {
    const parts = made([0, n, 2 * n].map((from) => ({ from, lon: 139.5 })));
    let seen = 0;
    const point = /<trkpt.*?<\/trkpt>|<when>.*?<\/gx:coord>|<Trackpoint>.*?<\/Trackpoint>/gs;
    const jumped = parts.replace(point, (text) => {
      const k = seen++;
      if (k < n || k >= 2 * n) return text;
      return k < n + 10 ? text.replace('139.5', '139.8').replace('139.49', '139.79') : '';
    });
    expect((await read(jumped)).fixes.count).toBe(2 * n + 10);
  });
});

describe.each(FORMS)('%s', (_, made) => {
  it.each([
    ['at the same times', 0],
    ['at some times in common', 25],
    ['one right after the other', n],
  ])('two cars %s', async (_when, from) => {
    const tracks = [
      { from: 0, lon: 139.5 },
      { from, lon: 139.8 },
    ];
    expect(await failure(made(tracks))).toMatch(/^LOG_VEHICLES/);
  });
  it.each([
    ['that goes on', n, 139.5],
    ['the next day elsewhere', 90_000, 139.8],
  ])('one car in two tracks, %s', async (_when, from, lon) => {
    const tracks = [
      { from: 0, lon: 139.5 },
      { from, lon },
    ];
    expect((await read(made(tracks))).fixes.count).toBe(2 * n);
  });
});
