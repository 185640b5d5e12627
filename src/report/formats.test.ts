// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { FORMATS, openWriter, render } from './formats.ts';
import { FORMAT_FACTS } from './registry.ts';
import { jsonSchema, type Result, SCHEMA_ID } from './result.ts';

const golden = join(import.meta.dirname, '..', '..', 'test', 'goldens', 'town.ndjson');
const results: Result[] = readFileSync(golden, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));
const [first, second] = results as [Result, Result];

const ajv = new Ajv2020({ strict: true, allErrors: true });
addFormats.default(ajv);
const valid = ajv.compile(jsonSchema());
const validOne = ajv.compile({ $ref: `${SCHEMA_ID}#/$defs/result` });

/** Every part of a schema that describes a value. */
function* parts(schema: unknown, path = ''): Generator<[string, Record<string, unknown>]> {
  if (typeof schema !== 'object' || schema === null) return;
  if ('properties' in schema)
    for (const [name, part] of Object.entries(schema.properties as object)) {
      yield [`${path}.${name}`, part as Record<string, unknown>];
      yield* parts(part, `${path}.${name}`);
    }
  if ('items' in schema) yield* parts(schema.items, `${path}[]`);
}

describe('JSON', () => {
  it('is one object for one log and an array for several, as JSON.stringify writes them', () => {
    expect(render([first], 'json')).toBe(`${JSON.stringify(first, null, 2)}\n`);
    expect(render(results, 'json')).toBe(`${JSON.stringify(results, null, 2)}\n`);
    expect(render([], 'json')).toBe('[]\n');
  });

  it('is an array of one where of several logs only one could be read', async () => {
    const writer = await openWriter('json', { many: true });
    const text = [writer.head(), writer.drive(first), writer.tail()].join('');
    expect(text).toBe(`${JSON.stringify([first], null, 2)}\n`);
  });

  it('is an empty array where the only log could not be read', async () => {
    const writer = await openWriter('json', { many: false });
    expect([writer.head(), writer.tail()].join('')).toBe('[]\n');
  });
});

describe('the schema', () => {
  it('holds for one result, for several, and for each line of NDJSON', () => {
    for (const text of [render([first], 'json'), render(results, 'json'), render([], 'json')]) {
      expect(valid(JSON.parse(text)), JSON.stringify(valid.errors)).toBe(true);
    }
    for (const line of render(results, 'ndjson').trimEnd().split('\n')) expect(validOne(JSON.parse(line))).toBe(true);
  });

  it.each([
    ['a time that is none', { ...first, drive: { ...first.drive, start: 'yesterday' } }],
    ['a place that is none', { ...first, findings: first.findings.map((f) => ({ ...f, place: { lat: 91, lon: 0 } })) }],
    ['a member that it does not know', { ...first, more: 1 }],
    ['a missing member', { ...first, match: undefined }],
    ['arrays of arrays', [[first]]],
  ])('refuses %s', (_, value) => expect(valid(JSON.parse(JSON.stringify(value)))).toBe(false));

  it('has a name and titles, and says of each time that it is one', () => {
    const schema = jsonSchema() as { $id: string; title: string; $defs: { result: { title: string } } };
    expect([schema.$id, schema.title, schema.$defs.result.title]).toEqual([SCHEMA_ID, 'Results of Tomare', 'Result']);
    const all = [...parts(schema.$defs.result)];
    expect(all.length).toBeGreaterThan(80);
    const times = all.filter(([path]) => /\.(start|end|enter|exit|time|osm_time)$/.test(path));
    expect(times.length).toBe(8);
    for (const [path, part] of times) expect(JSON.stringify(part), path).toContain('"format":"date-time"');
  });
});

describe('GeoJSON', () => {
  it('has flat properties', () => {
    const { features } = JSON.parse(render(results, 'geojson'));
    expect(features.length).toBe(results.reduce((n, { findings }) => n + findings.length, 0));
    for (const { properties } of features) {
      for (const value of Object.values(properties)) expect(['string', 'number', 'boolean']).toContain(typeof value);
    }
  });

  it('is whole of no finding, and where drives without one lie between others', () => {
    const clean = { ...first, findings: [] };
    expect(JSON.parse(render([], 'geojson')).features).toEqual([]);
    expect(JSON.parse(render([clean], 'geojson')).features).toEqual([]);
    const { features } = JSON.parse(render([clean, first, clean, second, clean], 'geojson'));
    expect(features.length).toBe(first.findings.length + second.findings.length);
  });
});

it('CSV for Excel begins with a byte order mark and ends its lines as Windows does', async () => {
  const writer = await openWriter('csv', { excel: true, table: 'drives' });
  const text = [writer.head(), writer.drive(first), writer.tail()].join('');
  expect(text.startsWith('\ufeffdrive,')).toBe(true);
  expect(text.match(/\r\n/g)?.length).toBe(2);
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
});

it('every format has an ending of its own', () => {
  expect(new Set(FORMATS.map((format) => FORMAT_FACTS[format].ending)).size).toBe(FORMATS.length);
});

it('no doubt is rounded away: what is a probability is at most 0.999', () => {
  const findings = results.flatMap((result) => result.findings);
  const highest = (of: (finding: (typeof findings)[number]) => number) => Math.max(...findings.map(of));
  expect(highest((f) => f.confidence)).toBe(0.999);
  expect(highest((f) => f.factors.match)).toBe(0.999);
  expect(highest((f) => f.factors.observation)).toBe(0.999);
  expect(highest((f) => f.factors.map)).toBe(1);
});
