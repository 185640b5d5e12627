// SPDX-License-Identifier: MIT
// The formats, in the order in which they are asked whether a log is theirs. CSV takes any other text.
import type { LogFormat, LogHead } from './format.ts';

type Load = () => Promise<{ default: LogFormat }>;

const isXml = ({ text }: LogHead) => /^\s*</.test(text);
/** RFC 8142 begins with a record separator. */
const isJson = ({ text }: LogHead) => ['{', '[', '\u001e'].includes(text.trimStart().charAt(0));
const always = () => true;

/** Loaded when a log needs it; `may`: a cheap look at the head before that. */
export const FORMATS: { may: (head: LogHead) => boolean; load: Load }[] = [
  { may: ({ bytes }) => bytes[8] === 0x2e && bytes[9] === 0x46, load: () => import('./formats/fit.ts') },
  { may: ({ bytes }) => bytes[0] === 0x50 && bytes[1] === 0x41, load: () => import('./formats/parquet.ts') },
  { may: isXml, load: () => import('./formats/gpx.ts') },
  { may: isXml, load: () => import('./formats/kml.ts') },
  { may: isXml, load: () => import('./formats/tcx.ts') },
  { may: isJson, load: () => import('./formats/timeline.ts') },
  { may: ({ text }) => /^\s*[[{]|^\d{4}-/.test(text), load: () => import('./formats/owntracks.ts') },
  { may: isJson, load: () => import('./formats/gpsd.ts') },
  { may: isJson, load: () => import('./formats/overland.ts') },
  { may: isJson, load: () => import('./formats/geojson.ts') },
  { may: isJson, load: () => import('./formats/jsonlist.ts') },
  { may: isJson, load: () => import('./formats/ndjson.ts') },
  { may: ({ text }) => /^(?:Geolife|OziExplorer)/i.test(text), load: () => import('./formats/plt.ts') },
  { may: ({ text }) => /^\s*(?:File created on|\[header\])/i.test(text), load: () => import('./formats/vbo.ts') },
  { may: ({ text }) => text.startsWith('A'), load: () => import('./formats/igc.ts') },
  { may: ({ text }) => /[$!][A-Z]{3}/.test(text), load: () => import('./formats/nmea.ts') },
  { may: ({ text }) => /^\s*(?:\$V|\d{9})/.test(text), load: () => import('./formats/mai70.ts') },
  { may: ({ text }) => text.startsWith('%'), load: () => import('./formats/pos.ts') },
  { may: always, load: () => import('./formats/csv.ts') },
];

export async function formatOf(head: LogHead): Promise<LogFormat | undefined> {
  for (const { may, load } of FORMATS) {
    if (!may(head)) continue;
    const { default: format } = await load();
    if (format.recognises(head)) return format;
  }
  return undefined;
}
