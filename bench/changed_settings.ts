// SPDX-License-Identifier: MIT
import { loadSettings, type Settings } from '../src/settings/settings.ts';

/** The shipped settings with some changed, each written as group.name=number. */
export function changedSettings(texts: readonly string[]): Settings {
  const settings = loadSettings();
  for (const text of texts) {
    const [, group = '', name = '', value] = /^(\w+)\.(\w+)=([\d.]+)$/.exec(text) ?? [];
    const known = (settings as unknown as Record<string, Record<string, unknown>>)[group];
    if (!known || !(name in known)) throw new Error(`--set ${text}: no such setting; group.name=number is meant`);
    known[name] = Number(value);
  }
  return settings;
}
