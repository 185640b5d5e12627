// SPDX-License-Identifier: MIT
// mapdata/taginfo.json lists every key that the compiler reads, and none that it does not.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const folder = join(import.meta.dirname, '..', 'mapdata');
const sources = globSync('compiler/**/*.cpp', { cwd: folder })
  .filter((file) => !file.endsWith('_test.cpp'))
  .map((file) => readFileSync(join(folder, file), 'utf8'))
  .join('\n');
const matches = (pattern: RegExp, text = sources) => [...text.matchAll(pattern)].map((m) => m[1] ?? '');

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

const text = (path: string) => readFileSync(join(folder, path), 'utf8');
const listed = (name: string, from = sources) =>
  matches(/"([^"]+)"/g, new RegExp(`${name}\\[\\] = \\{([\\s\\S]*?)\\};`).exec(from)?.[1] ?? '');
/** Words of a lifecycle: keys of their own, or those of rails before ":railway". */
const gone = listed('kGone');
const deadRails = [...gone, ...listed('kAlsoOfRails')].map((word) => `${word}:railway`);
const drivers = listed('kSomeDrivers');
const exceptions = listed('kExceptions');
const kindsOfBus = listed('kKindsOfBus', text('compiler/tags/keys.hpp'));
/** Keys of vehicles, as the access keys are; `highway` and the overlay are none. */
const blockOf = (macro: string) =>
  new RegExp(`${macro}\\(X\\)([\\s\\S]*?)\\n\\n`).exec(text('../core-cpp/map/lists.hpp'))?.[1] ?? '';
const vehicles = matches(/X\(\d+, kKey\w+, "(\w+)"\)/g, blockOf('TOMARE_ACCESS_KEYS')).filter(
  (key) => key !== 'highway',
);

/** Keys by how the sources make them: literals, and those that are made of a list's words. */
function readKeys(): string[] {
  const sides = ['', ':forward', ':backward'];
  const of = (bases: string[], ends: string[]) => bases.flatMap((base) => ends.map((end) => base + end));
  const prefixed = (prefix: string, list = vehicles) => list.map((v) => `${prefix}:${v}`);
  const loops = matches(/for \(const std::string_view \w+ : \{([^}]*)\}/g).flatMap((list) =>
    matches(/"([^"]+)"/g, list),
  );
  const words = new Set([
    'none',
    'no',
    'default',
    'unsigned',
    'unlimited',
    'no_sign',
    'no_indications',
    'stop',
    'direction',
    'sign',
    'signposted',
    'exist',
  ]); // of loops over values
  const buses = ['bus', 'psv'];
  const sizes = matches(/\{"(max\w+)", k\w+, SizeKind/g);
  const limits = ['maxspeed', ...prefixed('maxspeed', vehicles.slice(1))];
  const uncertain = [...kindsOfBus, 'hov'];
  const timed = [
    ...vehicles,
    ...uncertain,
    ...drivers,
    'oneway',
    ...prefixed('oneway'),
    'maxspeed',
    ...prefixed('maxspeed'),
  ];
  return [
    ...matches(/(?:tags_?\.get|tag_of|direction_of)\((?:tags, )?"([^"]*[^":])"/g),
    ...loops.filter((word) => !words.has(word)),
    ...of([...vehicles, ...uncertain, ...drivers], [...sides, ':both_ways']),
    ...of([...limits, 'maxspeed:lanes', ...sizes], sides),
    ...of(prefixed('lanes', buses), sides),
    ...of(['lanes'], [...sides, ':reversible', ':both_ways']),
    ...of(
      vehicles.map((v) => `${v}:lanes`),
      sides,
    ),
    ...of(['turn:lanes', 'change:lanes', 'width:lanes', 'placement', 'overtaking'], sides.slice(1)),
    ...prefixed('source', ['oneway', 'access', 'vehicle', 'motor_vehicle']),
    ...[
      'fixme',
      'FIXME',
      'fixme:stop',
      'fixme:direction',
      ...prefixed('fixme', ['oneway', 'maxspeed', 'access', 'motor_vehicle']),
    ],
    ...prefixed('temporary', [...vehicles, 'oneway', 'maxspeed']),
    ...prefixed('oneway'),
    ...prefixed('oneway', kindsOfBus),
    ...of(
      [...timed, ...sizes],
      sides.map((side) => `${side}:conditional`),
    ),
    ...of(sizes, [':hgv', ':physical']),
    ...of(['restriction', ...prefixed('restriction')], ['', ':conditional']),
    ...deadRails,
    ...[...gone, ...listed('kUseKeys'), ...listed('kTimeKeys'), 'start_date', 'end_date'],
    ...exceptions,
    ...['kConditionKeys', 'kUserKeys', 'kSourceKeys'].flatMap((name) => listed(name)),
    ...listed('kWhenKeys'),
    ...listed('kOddNames'),
    ...listed('kOddDirections'),
    ...listed('kDoubts'),
    'restriction:type',
    ...['traffic_sign', 'restriction:signed', 'source'],
    ...listed('kSomeTimeKeys'),
  ];
}

describe('taginfo.json', () => {
  const file = projectFile.parse(JSON.parse(readFileSync(join(folder, 'taginfo.json'), 'utf8')));

  it('has the keys that the sources read, and no others', () => {
    expect([...new Set(file.tags.map((tag) => tag.key))].sort()).toEqual([...new Set(readKeys())].sort());
  });

  it('knows every place where a key is not a literal', () => {
    expect(matches(/tags_?\.get\(([^")][^)]*)\)/g).sort()).toEqual([
      '*name',
      '*name',
      ...Array.from({ length: 32 }, () => 'key'),
      'name.key',
      'name.key',
      'own',
      'std::string(key',
      'std::string(key',
      'std::string(name.key',
    ]);
    expect(matches(/(: tags_?\))/g)).toHaveLength(19);
  });

  it('has the keys that the decoder lets through', () => {
    const whole = new Set([...listed('kWholeKeys'), ...gone, ...exceptions]);
    const stems = new Set([...listed('kKeyStems'), ...vehicles, ...kindsOfBus, ...drivers]);
    const dead = new Set(deadRails);
    const nodes = new Set([
      ...['kNodeKeys', 'kConditionKeys', 'kUseKeys', 'kUserKeys', 'kSourceKeys'].flatMap((name) => listed(name)),
      ...gone,
      ...deadRails,
      ...exceptions,
    ]);
    const keys = (type: 'way' | 'node') =>
      file.tags.filter((tag) => tag.object_types.includes(type)).map((tag) => tag.key);
    const way = (key: string) => whole.has(key) || dead.has(key) || stems.has(key.split(':')[0] ?? '');
    expect(keys('way').filter((key) => !way(key))).toEqual([]);
    expect(keys('node').filter((key) => !nodes.has(key))).toEqual([]);
    expect([...nodes].filter((key) => !keys('node').includes(key))).toEqual([]);
    expect([...whole].filter((key) => !keys('way').includes(key))).toEqual([]);
  });

  it('has the values of highway', () => {
    const known = matches(/X\(\d+, k\w+, "(\w+)"\)/g, blockOf('TOMARE_ROAD_CLASSES'));
    const classes = [...known.filter((value) => value !== 'construction'), 'bus_guideway'];
    const listed = file.tags
      .filter((tag) => tag.key === 'highway' && tag.object_types.includes('way'))
      .map((tag) => tag.value ?? '');
    expect(classes.length).toBeGreaterThan(10);
    expect(listed.filter((value) => !value.endsWith('_link')).sort()).toEqual(classes.sort());
  });

  it('says each tag once', () => {
    const tags = file.tags.map((tag) => `${tag.key}=${tag.value ?? '*'} ${tag.object_types}`);
    expect(new Set(tags).size).toBe(tags.length);
  });
});
