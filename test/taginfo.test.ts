// SPDX-License-Identifier: MIT
// mapdata/taginfo.json lists every key that the compiler reads, and none that it does not.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ROAD_CLASSES } from '../src/layout.ts';
import { xlist } from '../wasm/layout.ts';

const folder = join(import.meta.dirname, '..', 'mapdata');
const sources = globSync('compiler/**/*.cpp', { cwd: folder })
  .filter((file) => !file.endsWith('_test.cpp'))
  .map((file) => readFileSync(join(folder, file), 'utf8'))
  .join('\n');
const matches = (pattern: RegExp, text = sources) => [...text.matchAll(pattern)].map((m) => m[1] ?? '');

const keyText = new Map(
  xlist('core-cpp/map/lists.hpp', 'TOMARE_ACCESS_KEYS').map(([, id = '', text = '']) => [id, text]),
);
/** Keys of access in the order of the table that the compiler reads them by. */
const accessKeys = matches(/\{(kKey\w+),/g, /kAccessKeys\[\] = \{([\s\S]*?)\};/.exec(sources)?.[1] ?? '').map(
  (id) => keyText.get(id) ?? '',
);

/** The format of taginfo project files, version 1. */
const projectFile = z.strictObject({
  data_format: z.literal(1),
  project: z.strictObject({ name: z.string().min(1), description: z.string().min(1) }),
  tags: z.array(
    z.strictObject({
      key: z.string().min(1),
      value: z.string().min(1).optional(),
      object_types: z.array(z.enum(['node', 'way', 'relation', 'area'])).min(1),
      description: z.string().min(1),
    }),
  ),
});

/** Keys by how the sources make them: literals, one per vehicle, and the two loops over all tags. */
function readKeys(): string[] {
  const vehicles = accessKeys;
  const sides = ['', ':forward', ':backward'];
  const of = (bases: string[], ends: string[]) => bases.flatMap((base) => ends.map((end) => base + end));
  const prefixed = (prefix: string, list = vehicles) => list.map((v) => `${prefix}:${v}`);
  const zones = matches(/"([^"]+)"/g, /for \(const std::string_view key : \{([^}]*)\}/.exec(sources)?.[1] ?? '');
  const limits = ['maxspeed', ...prefixed('maxspeed', vehicles.slice(1))];
  const timed = [...vehicles, 'oneway', ...prefixed('oneway'), 'maxspeed', ...prefixed('maxspeed')];
  const restrictions = ['restriction', ...prefixed('restriction')];
  return [
    ...matches(/tags\.get\("([^"]*[^":])"\)/g),
    ...zones,
    ...matches(/\{"([\w:]+)", k(?:Weight|AxleLoad|Height|Width|Length)/g),
    ...of([...vehicles, ...limits], sides),
    ...prefixed('oneway'),
    ...of(
      timed,
      sides.map((side) => `${side}:conditional`),
    ),
    ...of(restrictions, ['', ':conditional']),
  ];
}

describe('taginfo.json', () => {
  const file = projectFile.parse(JSON.parse(readFileSync(join(folder, 'taginfo.json'), 'utf8')));

  it('has the keys that the sources read, and no others', () => {
    expect([...new Set(file.tags.map((tag) => tag.key))].sort()).toEqual([...new Set(readKeys())].sort());
  });

  it('knows every place where a key is not a literal', () => {
    expect(matches(/tags\.get\(([^")][^)]*)\)/g).sort()).toEqual([
      'key',
      'key',
      'key',
      'key + std::string(kSuffix[d]',
      'name.key(',
      'size.key',
    ]);
    expect(matches(/tags\.get\(("[^"]*:") \+/g)).toEqual(['"oneway:"']);
    expect(matches(/(: tags\))/g)).toHaveLength(3);
    expect(matches(/(apply_limit\(tags, )/g)).toHaveLength(2);
  });

  it('has the keys that the decoder lets through', () => {
    const list = (name: string) =>
      matches(/"([^"]+)"/g, new RegExp(`${name}\\[\\] = \\{([^}]*)\\}`).exec(sources)?.[1]);
    const whole = new Set(list('kWholeKeys'));
    const stems = new Set([...list('kKeyStems'), ...accessKeys]);
    const nodes = new Set(list('kNodeKeys'));
    const keys = (type: 'way' | 'node') =>
      file.tags.filter((tag) => tag.object_types.includes(type)).map((tag) => tag.key);
    const way = (key: string) => whole.has(key) || stems.has(key.split(':')[0] ?? '');
    expect(keys('way').filter((key) => !way(key))).toEqual([]);
    expect(keys('node').filter((key) => !nodes.has(key))).toEqual([]);
    expect([...nodes].filter((key) => !keys('node').includes(key))).toEqual([]);
    expect([...whole].filter((key) => !keys('way').includes(key))).toEqual([]);
  });

  it('has the values of highway', () => {
    const others = matches(/highway == "(\w+)" \? k\w+ : index_of\(kRoadClassTexts/g);
    const classes = [...ROAD_CLASSES.filter((name) => name !== 'construction'), ...others];
    const listed = file.tags
      .filter((tag) => tag.key === 'highway' && tag.object_types.includes('way'))
      .map((tag) => tag.value ?? '');
    expect(others).toEqual(['bus_guideway']);
    expect(listed.filter((value) => !value.endsWith('_link')).sort()).toEqual(classes.sort());
  });

  it('says each tag once', () => {
    const tags = file.tags.map((tag) => `${tag.key}=${tag.value ?? '*'} ${tag.object_types}`);
    expect(new Set(tags).size).toBe(tags.length);
  });
});
