// SPDX-License-Identifier: MIT
// The arrows between the rooms, read from #include and import lines. A room may use what its row lists.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const CPP: Record<string, string[]> = {
  'core-cpp/base': [],
  'core-cpp/map': ['core-cpp/base'],
  'core-cpp/match': ['core-cpp/base', 'core-cpp/map'],
  'core-cpp/rules': ['core-cpp/base', 'core-cpp/map', 'core-cpp/match'],
  'core-cpp': ['core-cpp/base', 'core-cpp/map', 'core-cpp/match', 'core-cpp/rules'],
  'mapdata/compiler/osm': [],
  'mapdata/compiler/tags': ['core-cpp/base', 'core-cpp/map', 'mapdata/compiler/osm'],
  'mapdata/compiler/network': ['core-cpp/base', 'core-cpp/map', 'mapdata/compiler/osm', 'mapdata/compiler/tags'],
  'mapdata/compiler/overlay': [
    'core-cpp/base',
    'core-cpp/map',
    'mapdata/compiler/osm',
    'mapdata/compiler/tags',
    'mapdata/compiler/network',
  ],
  'mapdata/compiler/tiles': ['core-cpp/base', 'core-cpp/map', 'mapdata/compiler/network'],
  'mapdata/compiler': [
    'core-cpp/base',
    'core-cpp/map',
    'mapdata/compiler/osm',
    'mapdata/compiler/network',
    'mapdata/compiler/overlay',
    'mapdata/compiler/tiles',
  ],
  'test/native': ['core-cpp/base', 'core-cpp/map', 'core-cpp/match', 'mapdata/compiler', 'mapdata/compiler/osm'],
  fuzz: [
    'core-cpp',
    'test/native',
    'core-cpp/base',
    'core-cpp/map',
    'core-cpp/match',
    'core-cpp/rules',
    'mapdata/compiler',
    'mapdata/compiler/osm',
    'mapdata/compiler/tags',
    'mapdata/compiler/overlay',
    'wasm',
  ],
  wasm: [
    'core-cpp',
    'core-cpp/base',
    'core-cpp/map',
    'core-cpp/match',
    'core-cpp/rules',
    'mapdata/compiler',
    'mapdata/compiler/osm',
    'mapdata/compiler/tags',
  ],
};
/** Folders and single files of src/. */
const TS: Record<string, string[]> = {
  'src/package_files.ts': [],
  'src/node_version.ts': [],
  'src/require_node.ts': ['src/node_version.ts'],
  'src/unfinished.ts': [],
  'src/session.ts': [
    'src/analyzer.ts',
    'src/errors.ts',
    'src/logs',
    'src/package_files.ts',
    'src/report',
    'src/settings',
    'src/types.ts',
  ],
  'src/index.ts': [
    'src/errors.ts',
    'src/logs',
    'src/mapbuild.ts',
    'src/overlay',
    'src/report',
    'src/require_node.ts',
    'src/session.ts',
    'src/types.ts',
  ],
  'src/abi/layout.ts': [],
  'src/errors.ts': ['src/abi/layout.ts'],
  'src/types.ts': ['src/abi/layout.ts'],
  'src/abi': ['src/abi/layout.ts', 'src/package_files.ts', 'src/errors.ts', 'src/types.ts'],
  'src/files.ts': ['src/errors.ts', 'src/unfinished.ts'],
  'src/settings': ['src/package_files.ts', 'src/abi', 'src/abi/layout.ts', 'src/errors.ts', 'src/types.ts'],
  'src/logs': ['src/errors.ts', 'src/types.ts'],
  'src/analyzer.ts': ['src/abi', 'src/abi/layout.ts', 'src/errors.ts', 'src/settings', 'src/types.ts'],
  'src/conditions.ts': ['src/abi', 'src/abi/layout.ts'],
  'src/overlay': ['src/abi/layout.ts', 'src/errors.ts', 'src/types.ts'],
  'src/osm_file.ts': ['src/errors.ts'],
  'src/mapbuild.ts': [
    'src/abi',
    'src/abi/layout.ts',
    'src/errors.ts',
    'src/files.ts',
    'src/osm_file.ts',
    'src/overlay',
  ],
  'src/lambda': ['src/errors.ts', 'src/logs', 'src/report', 'src/require_node.ts', 'src/session.ts', 'src/types.ts'],
  'src/report': ['src/abi/layout.ts', 'src/logs', 'src/package_files.ts', 'src/settings', 'src/types.ts'],
};

const files = (pattern: string) => globSync(pattern, { cwd: root }).sort();

describe('arrows', () => {
  it.each(files('{core-cpp,wasm,mapdata/compiler,fuzz,test/native}/**/*.{cpp,hpp,h}'))('%s', (file) => {
    const room = dirname(file);
    const allowed = [...(CPP[room] ?? []), ...(file.endsWith('_test.cpp') ? ['test/native'] : [])];
    for (const [, target = ''] of readFileSync(join(root, file), 'utf8').matchAll(/^#include "([^"]+)"/gm)) {
      const to = dirname(target);
      expect(to === room || allowed.includes(to), `${file} includes ${target}`).toBe(true);
    }
  });

  it.each(files('src/**/*.ts').filter((f) => !f.startsWith('src/cli/') && !f.endsWith('.test.ts')))('%s', (file) => {
    const roomOf = (path: string) => (path in TS || dirname(path) === 'src' ? path : dirname(path));
    const room = roomOf(file);
    const allowed = TS[room] ?? [];
    for (const [, target = ''] of readFileSync(join(root, file), 'utf8').matchAll(/from '(\.[^']+)'/g)) {
      const path = normalize(join(dirname(file), target));
      const to = roomOf(path);
      expect(to === room || allowed.includes(to), `${file} imports ${path}`).toBe(true);
    }
  });

  it('the core has no I/O, no clock and no libm beyond sqrt, floor, fabs', () => {
    for (const file of files('core-cpp/**/*.{cpp,hpp}').filter((f) => !/_test\.cpp$|\/fuzz\//.test(f))) {
      const text = readFileSync(join(root, file), 'utf8');
      expect(text, file).not.toMatch(/#include <(iostream|cstdio|fstream|chrono|ctime|random|thread)>/);
      expect(text, file).not.toMatch(/\bstd::(sin|cos|tan|exp|log|pow|atan2?|acos|asin|hypot|round|ceil)\(/);
    }
  });

  it('only src/abi knows addresses', () => {
    for (const file of files('src/**/*.ts').filter((f) => !f.startsWith('src/abi/'))) {
      expect(readFileSync(join(root, file), 'utf8'), file).not.toContain('memory.buffer');
    }
  });
});
