// SPDX-License-Identifier: MIT
// Makes src/abi/layout.ts from the headers: struct offsets of wasm/abi.h and the X-lists of the core.
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

function list(path: string, macro: string, item: RegExp): string[][] {
  const text = read(path);
  const start = text.indexOf(`#define ${macro}(X)`);
  const end = text.slice(start).search(/[^\\]\n/) + start;
  return [...text.slice(start, end + 1).matchAll(item)].map((m) => m.slice(1));
}

export function layout(): string {
  const abi = read('wasm/abi.h');
  const constants: Record<string, number> = {};
  for (const m of abi.matchAll(/#define (TM_\w+) (\d+)/g)) constants[m[1] ?? ''] = Number(m[2]);
  const all = structs(abi, constants);
  const header = structs(read('core-cpp/map/format.hpp').replace(/alignas\(\d+\)/g, ''), {}).FileHeader;
  const out = ['// SPDX-License-Identifier: MIT', '// Made by wasm/layout.ts from the C++ headers; do not edit.', ''];
  const emit = (name: string, value: unknown) =>
    out.push(`export const ${name} = ${JSON.stringify(value, null, 2)} as const;`, '');
  emit('CONSTANTS', constants);
  emit('STRUCTS', Object.fromEntries(Object.entries(all).map(([k, v]) => [k, { size: v.size, ...v.fields }])));
  emit('FILE_HEADER', { size: header?.size, ...header?.fields });
  const errors = list('core-cpp/base/error.hpp', 'TOMARE_ERRORS', /X\((\d+), (\w+), "([^"]*)"\)/g);
  emit(
    'CORE_ERRORS',
    errors.map(([code, name, text]) => ({ code: Number(code), name, text })),
  );
  emit(
    'SETTINGS',
    list('core-cpp/base/settings.hpp', 'TOMARE_SETTINGS', /X\((\w+), (\w+), ([\d.]+)\)/g).map(
      ([group, name, value]) => ({ group, name, value: Number(value) }),
    ),
  );
  const names = (path: string, macro: string) => list(path, macro, /X\((\d+), (\w+)\)/g).map((m) => m[1]);
  emit(
    'RULES',
    names('core-cpp/rules/finding.hpp', 'TOMARE_RULES').map((n) => n?.replaceAll('_', '-')),
  );
  emit('REASONS', names('core-cpp/rules/finding.hpp', 'TOMARE_REASONS'));
  emit('MEASURES', names('core-cpp/rules/finding.hpp', 'TOMARE_MEASURES'));
  emit('CHANNEL_NOTES', names('core-cpp/match/channels.hpp', 'TOMARE_CHANNEL_NOTES'));
  emit('STATISTICS', names('core-cpp/map/format.hpp', 'TOMARE_STATISTICS'));
  return out.join('\n');
}

if (process.argv[1] === import.meta.filename) {
  const path = join(root, 'src/abi/layout.ts');
  if (process.argv.includes('--write')) {
    writeFileSync(path, layout());
  } else if (readFileSync(path, 'utf8') !== layout()) {
    console.error('src/abi/layout.ts is stale: run node wasm/layout.ts --write');
    process.exit(1);
  }
}
