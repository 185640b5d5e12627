// SPDX-License-Identifier: MIT
// mapdata/FORMAT.md says what core-cpp/map/format.hpp says: offsets, sizes and types of every structure,
// the values of every list, the statistics, and the section numbers that messages cite.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  ACCESS_KEYS,
  ACCESS_VALUES,
  DIRECTION_SOURCES,
  KEYWORDS,
  QUANTITIES,
  ROAD_CLASSES,
  STATISTICS,
  TURNS,
  VEHICLES,
  ZONES,
} from '../src/layout.ts';
import { structs } from '../wasm/layout.ts';

const LISTS = {
  VEHICLES,
  ROAD_CLASSES,
  ACCESS_VALUES,
  ACCESS_KEYS,
  ZONES,
  DIRECTION_SOURCES,
  TURNS,
  QUANTITIES,
  KEYWORDS,
};
const root = join(import.meta.dirname, '..');
const document = readFileSync(join(root, 'mapdata/FORMAT.md'), 'utf8');
const header = readFileSync(join(root, 'core-cpp/map/format.hpp'), 'utf8').replace(/\/\/.*$/gm, '');

function enumerators(text: string, name: string): string[] {
  const body = new RegExp(`enum ${name}[^{]*\\{([^}]*)\\}`).exec(text)?.[1] ?? '';
  return body
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

const sectionNames = enumerators(header, 'SectionId').filter((n) => n !== 'kSectionCount');
const constants: Record<string, number> = { kSectionCount: sectionNames.length };
for (const [, name = '', value] of header.matchAll(/constexpr \w+ (k\w+) = (\d+);/g)) constants[name] = Number(value);
const parsed = structs(header, constants);

interface Row {
  offset: number;
  size: number;
  type: string;
  field: string;
}
const tables = new Map<string, Row[]>();
for (const [, name = '', body = ''] of document.matchAll(/^### (\w+)\n\| offset[^\n]*\n\|[-|]+\n((?:\|[^\n]*\n)+)/gm)) {
  const rows = body.trimEnd().split('\n');
  tables.set(
    name,
    rows.map((row) => {
      const [, offset, size, type = '', field = ''] = row.split('|').map((cell) => cell.trim());
      return { offset: Number(offset), size: Number(size), type, field };
    }),
  );
}

const TYPES: Record<string, number> = { u8: 1, i8: 1, char: 1, u16: 2, u32: 4, i32: 4, u64: 8, i64: 8 };

describe('FORMAT.md', () => {
  it('has a table for every structure', () => {
    expect([...tables.keys()].sort()).toEqual(Object.keys(parsed).sort());
  });

  it.each(Object.keys(parsed))('%s: fields, offsets and sizes are those of the header', (name) => {
    const rows = tables.get(name) ?? [];
    expect(Object.fromEntries(rows.map((r) => [r.field, r.offset]))).toEqual(parsed[name]?.fields);
    const ends = [...rows.slice(1).map((r) => r.offset), parsed[name]?.size];
    rows.forEach((row, i) => {
      expect(row.offset + row.size, `${name}.${row.field}`).toBe(ends[i]);
      const [type = '', ...dimensions] = row.type.split(/[[\]]+/).filter((part) => part !== '');
      const element = TYPES[type] ?? parsed[type]?.size ?? Number.NaN;
      expect(
        dimensions.reduce((size, d) => size * Number(d), element),
        `${name}.${row.field}`,
      ).toBe(row.size);
    });
  });

  it('lists the statistics', () => {
    const body = document.slice(document.indexOf('### 2.3'), document.indexOf('## 3 '));
    const rows = [...body.matchAll(/^\| (\d+) \| (\w+) \|/gm)].map((m) => [Number(m[1]), m[2]]);
    expect(rows).toEqual(STATISTICS.map((name, i) => [i, name]));
  });

  it.each([
    ['OnewaySource', 'kOneway', header],
    ['LimitSource', 'kLimit', header],
    ['RestrictionFlag', 'k', header],
    ['Divided', 'k', header],
    ['ThreeWay', 'k', header],
    ['Service', 'kService', header],
    ['AttributeFlag', 'kFlag', header],
    ['NodeFlag', 'kNode', header],
    ['RulePointKind', 'k', header],
    ['RulePointFlag', 'k', header],
    ['ConditionTarget', 'kCondition', header],
    ['TermKind', 'kTerm', header],
    ['SunEvent', 'k', header],
    ['Comparison', 'k', header],
    ['Winding', 'k', header],
    ['QuotedFact', 'kQuoted', header],
  ])('has the values of %s', (name, prefix, text) => {
    const flat = document.replace(/\s+/g, ' ');
    let value = -1;
    const entries = enumerators(text, name).filter((entry) => !entry.endsWith('Count'));
    expect(entries.length).toBeGreaterThan(1);
    for (const entry of entries) {
      const [enumerator = '', given] = entry.split(/\s*=\s*/);
      value = given === undefined ? value + 1 : Number(given);
      const word = enumerator
        .slice(prefix.length)
        .replace(/([a-z])([A-Z])/g, '$1_$2')
        .toLowerCase();
      expect(flat, entry).toMatch(new RegExp(`\\b${value}(: | \\| | )${word}\\b`));
    }
  });

  it.each(Object.entries(LISTS))('has the entries of %s in their order', (_, list) => {
    const entries = list.map((text, i) => `${i} ${text}`).filter((entry) => !entry.endsWith(' '));
    expect(document.replace(/\s+/g, ' ')).toContain(entries.join(', '));
  });

  it('numbers its sections as messages do', () => {
    const sections = [
      ['kNodes', 'Nodes'],
      ['kTwins', 'Twins'],
      ['kArcs', 'Arcs'],
      ['kSegments', 'Segments'],
      ['kPoints', 'Points'],
      ['kPointSegments', 'Segments of the points'],
      ['kWays', 'Ways'],
      ['kAttributes', 'Attributes'],
      ['kRulePoints', 'Rule points'],
      ['kRestrictions', 'Restrictions'],
      ['kRestrictionWays', 'Ways of restrictions'],
      ['kConditions', 'Conditions'],
      ['kTerms', 'Terms'],
      ['kNames', 'Names'],
      ['kText', 'Text'],
      ['kGridStarts', 'Grid starts'],
      ['kGridPieces', 'Grid pieces'],
      ['kQuotes', 'Quotes'],
    ];
    const titles = [...document.matchAll(/^### 4\.(\d+) (.+)$/gm)].map((m) => [Number(m[1]), m[2]]);
    expect(titles).toEqual(sections.map(([, title], i) => [i + 1, title]));
    expect(sectionNames).toEqual(sections.map(([name]) => name));
  });
});
