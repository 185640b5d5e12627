// SPDX-License-Identifier: MIT
// GPX 1.1, one track of one segment. Speed and course are Garmin's TrackPointExtension (version 2, metres per second
// and degrees); the accuracy is OsmAnd's hacc, for GPX has none. https://www8.garmin.com/xmlschemas/TrackPointExtensionv2.xsd
import { type FixText, type LogWriter, parts } from './writer.ts';

const OPEN = `<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="tomare" xmlns="http://www.topografix.com/GPX/1/1" xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v2" xmlns:osmand="https://osmand.net/docs/technical/osmand-file-formats/osmand-gpx">
`;

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
/** Characters that XML cannot hold are left out. */
const xmlText = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 excludes
  text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Cs}/gu, '').replace(/[&<>]/g, (c) => ESCAPES[c] ?? c);

function point({ time, lat, lon, speed_mps, heading_deg, accuracy_m }: FixText): string {
  const inner =
    (speed_mps === '' ? '' : `<gpxtpx:speed>${speed_mps}</gpxtpx:speed>`) +
    (heading_deg === '' ? '' : `<gpxtpx:course>${heading_deg}</gpxtpx:course>`);
  const garmin = inner === '' ? '' : `<gpxtpx:TrackPointExtension>${inner}</gpxtpx:TrackPointExtension>`;
  const osmand = accuracy_m === '' ? '' : `<osmand:hacc>${accuracy_m}</osmand:hacc>`;
  const extensions = garmin + osmand === '' ? '' : `<extensions>${garmin}${osmand}</extensions>`;
  return `<trkpt lat="${lat}" lon="${lon}"><time>${time}</time>${extensions}</trkpt>\n`;
}

export const gpx: LogWriter = {
  name: 'gpx',
  ending: 'gpx',
  *write({ id, fixes }) {
    yield `${OPEN}<trk><name>${xmlText(id)}</name><trkseg>\n`;
    yield* parts(fixes, point);
    yield '</trkseg></trk></gpx>\n';
  },
};
