// SPDX-License-Identifier: MIT
// Settings over settings: what a file or `--set` names replaces single values, the rest stays.
import { type Document, parseDocument } from 'yaml';
import { TomareError } from '../errors.ts';
import { nearest } from '../nearest.ts';

export type Group = Readonly<Record<string, unknown>>;

export const isGroup = (value: unknown): value is Group =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `over` on top of `base`, group by group. A group that is named and empty changes nothing. */
export function merged(base: Group, over: Group): Group {
  // without a prototype, for which __proto__ is a name as any other
  const all: Record<string, unknown> = Object.assign(Object.create(null), base);
  for (const [name, value] of Object.entries(over)) {
    const below = all[name];
    if (value === null && isGroup(below)) continue;
    all[name] = isGroup(below) && isGroup(value) ? merged(below, value) : value;
  }
  return all;
}

/** The values of YAML without errors and unknown tags. @throws Error where an alias names nothing, or there are too many. */
export function contentOf(document: Document.Parsed): unknown {
  const [fault] = [...document.errors, ...document.warnings];
  if (fault) throw fault;
  return document.toJS();
}

/** Every key of the groups and below, as "group.name". */
function keysBelow(group: Group, prefix: string): string[] {
  return Object.entries(group).flatMap(([name, value]) => [
    `${prefix}${name}`,
    ...(isGroup(value) ? keysBelow(value, `${prefix}${name}.`) : []),
  ]);
}

/** The key that was meant: beside the wrong one, or of its name in another group. */
export function meantKey(path: readonly string[], known: Group): string | undefined {
  const keys = keysBelow(known, '');
  const parent = path.slice(0, -1).join('.');
  const name = path.at(-1) ?? '';
  const beside = keys.filter((key) => key.slice(0, Math.max(0, key.lastIndexOf('.'))) === parent);
  const last = (key: string) => key.slice(key.lastIndexOf('.') + 1);
  const near = nearest(name, beside.map(last));
  return near === undefined ? keys.find((key) => last(key) === name) : beside.find((key) => last(key) === near);
}

/**
 * "speeding.tolerance_kmh=0" as settings; the value is YAML.
 * @throws TomareError USAGE where there is no value
 */
export function settingOf(text: string): Group {
  const [, key = '', value = ''] = /^([\w.]+)=(.+)$/s.exec(text) ?? [];
  if (key === '')
    throw new TomareError('USAGE', `--set ${text}: KEY=VALUE is expected, such as speeding.tolerance_kmh=0`);
  let parsed: unknown;
  try {
    parsed = contentOf(parseDocument(value));
  } catch {
    throw new TomareError('USAGE', `--set ${text}: its value is no YAML`);
  }
  return key.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), parsed) as Group;
}
