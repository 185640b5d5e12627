// SPDX-License-Identifier: MIT
// The formats, in the order in which they are asked whether a log is theirs. CSV takes any other text.
import type { LogFormat, LogHead } from './format.ts';

type Load = () => Promise<{ default: LogFormat }>;

/** Loaded when a log needs it; `may`: a cheap look at the head before that. */
export const FORMATS: { may: (head: LogHead) => boolean; load: Load }[] = [
  { may: ({ text }) => /^\s*</.test(text), load: () => import('./formats/gpx.ts') },
  { may: ({ text }) => /^\s*\{/.test(text), load: () => import('./formats/ndjson.ts') },
  { may: () => true, load: () => import('./formats/csv.ts') },
];

export async function formatOf(head: LogHead): Promise<LogFormat | undefined> {
  for (const { may, load } of FORMATS) {
    if (!may(head)) continue;
    const { default: format } = await load();
    if (format.recognises(head)) return format;
  }
  return undefined;
}
