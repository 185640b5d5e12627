// SPDX-License-Identifier: MIT
// Which format is meant where none is named: by the ending of the output; without one a table on a terminal, and NDJSON
// in a pipe.
import { FORMAT_FACTS, FORMATS, type Format } from '../report/registry.ts';

const MORE: Readonly<Record<string, Format>> = { jsonl: 'ndjson', htm: 'html' };

/** The format whose files end so. */
export function formatByEnding(path: string): Format | undefined {
  const ending = /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase();
  if (ending === undefined) return undefined;
  return FORMATS.find((format) => FORMAT_FACTS[format].ending === ending) ?? MORE[ending];
}

export interface FormatWish {
  format?: Format;
  /** `--json`. */
  json?: boolean;
  out?: string;
}

export function formatChoice({ format, json, out }: FormatWish, terminal = process.stdout.isTTY === true): Format {
  if (format !== undefined) return format;
  if (json === true) return 'json';
  if (out !== undefined) return formatByEnding(out) ?? 'ndjson';
  return terminal ? 'table' : 'ndjson';
}
