// SPDX-License-Identifier: MIT
// Makes src/layout.ts from the headers: offsets of the structs of both boundaries, and every X-list that has a
// name outside the core.
// `--write` renews it; without, it fails when the file is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const SIZES: Record<string, number> = {
  int64_t: 8,
  uint64_t: 8,
  double: 8,
  int32_t: 4,
  uint32_t: 4,
  float: 4,
  uint16_t: 2,
  uint8_t: 1,
  int8_t: 1,
  char: 1,
};

export interface Struct {
  size: number;
  align: number;
  fields: Record<string, number>;
}

/** Offsets and sizes of the structs in a header's text; `constants` are those that array sizes name. */
export function structs(header: string, constants: Record<string, number>): Record<string, Struct> {
  const found: Record<string, Struct> = {};
  const text = header.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
  for (const match of text.matchAll(/struct (\w+) \{([^}]*)\}/g)) {
    const struct: Struct = { size: 0, align: 1, fields: {} };
    for (const line of (match[2] ?? '').split(';')) {
      const field = /^\s*(\w+)\s+(.+?)\s*$/s.exec(line);
      if (!field) continue;
      const inner = found[field[1] ?? ''];
      const size = inner?.size ?? SIZES[field[1] ?? ''];
      if (size === undefined) throw new Error(`struct ${match[1]}: the type ${field[1]} is not known here`);
      const align = inner?.align ?? size;
      for (const declared of (field[2] ?? '').split(',')) {
        const name = /^\s*(\w+)/.exec(declared);
        if (!name) continue;
        const dimensions = [...declared.matchAll(/\[(\w+)\]/g)].map(([, d = '']) => constants[d] ?? Number(d));
        const count = dimensions.reduce((product, d) => product * d, 1);
        if (name[1] === 'size') throw new Error(`struct ${match[1]}: size is the struct's own`);
        struct.size = Math.ceil(struct.size / align) * align;
        struct.fields[name[1] ?? ''] = struct.size;
        struct.size += size * count;
        struct.align = Math.max(struct.align, align);
      }
    }
    struct.size = Math.ceil(struct.size / struct.align) * struct.align;
    found[match[1] ?? ''] = struct;
  }
  return found;
}

/** The entries of an X-list, each as its arguments; strings without their quotes. However the lines are broken. */
export function xlist(path: string, macro: string): string[][] {
  const definition = new RegExp(`^#define ${macro}\\(X\\)((?:.*\\\\\n)*.*)`, 'm').exec(read(path))?.[1] ?? '';
  const entries = [...definition.matchAll(/\bX\(((?:[^()"]|"[^"]*")*)\)/g)].map(([, entry = '']) =>
    [...entry.matchAll(/"([^"]*)"|([^\s,"]+)/g)].map(([, text, word]) => text ?? word ?? ''),
  );
  if (entries.length === 0) throw new Error(`${path}: no list ${macro}`);
  return entries;
}

/** The names of a list whose numbers ascend from 0: argument 1, or the last where entries have a text. */
function names(path: string, macro: string, argument = 1): string[] {
  return xlist(path, macro).map((entry, i) => {
    if (Number(entry[0]) !== i) throw new Error(`${path}: ${macro} has ${entry[0]} in place ${i}`);
    return entry[argument] ?? '';
  });
}

/** Structs of a header by name. */
function named(path: string, wanted: readonly string[], constants: Record<string, number> = {}) {
  const text = read(path).replace(/alignas\(\d+\)/g, '');
  const parts = wanted.map((name) => {
    const [part] = new RegExp(`struct ${name} \\{[^}]*\\}`).exec(text) ?? [];
    if (part === undefined) throw new Error(`${path}: no struct ${name}`);
    return part;
  });
  return structs(parts.join(';\n'), constants);
}

/** `#define NAME number` of a boundary. */
function defines(path: string): Record<string, number> {
  return Object.fromEntries([...read(path).matchAll(/^#define (\w+) (\d+)/gm)].map(([, k = '', v]) => [k, Number(v)]));
}

/** Constants and enumerators `kNameOfIt = number` that match, as name_of_it: number. */
function numbers(path: string, pattern: RegExp): Record<string, number> {
  const snake = (name: string) => name.replace(/(?<=.)[A-Z]/g, (c) => `_${c}`).toLowerCase();
  return Object.fromEntries([...read(path).matchAll(pattern)].map(([, k = '', v]) => [snake(k), Number(v)]));
}

/** Enumerators `kNameOfIt` of an enum whose numbers ascend from 1, as name_of_it, in their order. */
function enumerators(path: string, name: string): string[] {
  const body = new RegExp(`enum ${name}[^{]*\\{([^}]*)\\}`).exec(read(path))?.[1] ?? '';
  const [first, ...rest] = [...body.matchAll(/k(\w+)( = 1)?/g)].map(([, entry = '', one]) => ({ entry, one }));
  if (first?.one === undefined) throw new Error(`${path}: ${name} does not begin with 1`);
  const snake = (text: string) => text.replace(/(?<=.)[A-Z]/g, (c) => `_${c}`).toLowerCase();
  return [first, ...rest].map(({ entry }) => snake(entry));
}

const LISTS = 'core-cpp/map/lists.hpp';
const FORMAT = 'core-cpp/map/format.hpp';
const FINDING = 'core-cpp/rules/finding.hpp';
const OVERLAY = 'mapdata/compiler/overlay/overlay_rows.hpp';
const flat = (all: Record<string, Struct>) =>
  Object.fromEntries(Object.entries(all).map(([k, v]) => [k, { size: v.size, ...v.fields }]));

/** Everything that layout.ts exports, by name. */
export function exported(): Record<string, unknown> {
  const constants = { ...defines('wasm/abi.h'), ...defines('wasm/compiler_abi.h') };
  const boundary = structs(read('wasm/abi.h'), constants);
  const compiler = structs(read('wasm/compiler_abi.h'), constants);
  return {
    CONSTANTS: constants,
    STRUCTS: flat({ ...boundary, ...compiler, ...named(OVERLAY, ['OverlayRecord', 'OverlayPosition']) }),
    PAGE_SIZE: numbers(FORMAT, /constexpr uint32_t k(PageSize) = (\d+);/g)['page_size'],
    FILE_HEADER: flat(named(FORMAT, ['FileHeader']))['FileHeader'],
    CORE_ERRORS: xlist('core-cpp/base/error.hpp', 'TOMARE_ERRORS').map(([code, name, text]) => ({
      code: Number(code),
      name,
      text,
    })),
    SETTINGS: xlist('core-cpp/base/settings.hpp', 'TOMARE_SETTINGS').map(([group, name, value]) => ({
      group,
      name,
      value: Number(value),
    })),
    VEHICLES: names(LISTS, 'TOMARE_VEHICLES', 2),
    ROAD_CLASSES: names(LISTS, 'TOMARE_ROAD_CLASSES', 2),
    ACCESS_VALUES: names(LISTS, 'TOMARE_ACCESS_VALUES', 2),
    ACCESS_KEYS: names(LISTS, 'TOMARE_ACCESS_KEYS', 2),
    ZONES: names(LISTS, 'TOMARE_ZONES', 2),
    DIRECTION_SOURCES: names(LISTS, 'TOMARE_DIRECTION_SOURCES', 2),
    TURNS: names(LISTS, 'TOMARE_TURNS', 2),
    QUANTITIES: names(LISTS, 'TOMARE_QUANTITIES', 2),
    KEYWORDS: names(LISTS, 'TOMARE_KEYWORDS', 2),
    STATISTICS: names(FORMAT, 'TOMARE_STATISTICS'),
    LIMITS: numbers(FORMAT, /constexpr uint16_t kLimit(\w+) = (\w+);/g),
    RULES: names(FINDING, 'TOMARE_RULES').map((name) => name.replaceAll('_', '-')),
    REASONS: names(FINDING, 'TOMARE_REASONS'),
    MEASURES: names(FINDING, 'TOMARE_MEASURES'),
    CHANNEL_NOTES: names('core-cpp/match/channels.hpp', 'TOMARE_CHANNEL_NOTES'),
    VERDICTS: names(FINDING, 'TOMARE_VERDICTS'),
    SOURCE_TAGS: xlist(FINDING, 'TOMARE_SOURCE_TAGS').map(([, name, form, text]) => ({ name, form, text })),
    LIMIT_ORIGINS: names('core-cpp/drive_trace.hpp', 'TOMARE_LIMIT_ORIGINS', 2),
    // numbers from 1
    RULE_POINT_KINDS: enumerators(FORMAT, 'RulePointKind'),
    ROW_NEEDS: names('core-cpp/rules/law.hpp', 'TOMARE_ROW_NEEDS', 2),
    TRUTHS: names('core-cpp/rules/conditions.hpp', 'TOMARE_TRUTHS'),
    OVERLAY_KINDS: Object.fromEntries(xlist(OVERLAY, 'TOMARE_OVERLAY_KINDS').map(([n, name]) => [name, Number(n)])),
    OSM_OBJECTS: Object.fromEntries(xlist(OVERLAY, 'TOMARE_OSM_OBJECTS').map(([n, name]) => [name, Number(n)])),
    UNSURE_RULES: Object.fromEntries(
      xlist(OVERLAY, 'TOMARE_UNSURE_RULES').map(([bit, name = '', object]) => [
        name.replaceAll('_', '-'),
        { bit: Number(bit), object },
      ]),
    ),
    OVERLAY_FLAGS: numbers(OVERLAY, /^ {2}k(\w+) = (\d+),? /gm),
    NO_BEARING: numbers(OVERLAY, /constexpr uint16_t k(NoBearing) = (\w+);/g)['no_bearing'],
  };
}

export function layout(): string {
  const out = ['// SPDX-License-Identifier: MIT', '// Made by wasm/layout.ts from the C++ headers; do not edit.', ''];
  for (const [name, value] of Object.entries(exported())) {
    out.push(`export const ${name} = ${JSON.stringify(value, null, 2)} as const;`, '');
  }
  return out.join('\n');
}

if (process.argv[1] === import.meta.filename) {
  const path = join(root, 'src/layout.ts');
  if (process.argv.includes('--write')) {
    writeFileSync(path, layout());
  } else if (readFileSync(path, 'utf8') !== layout()) {
    console.error('src/layout.ts is stale: run node wasm/layout.ts --write');
    process.exit(1);
  }
}
