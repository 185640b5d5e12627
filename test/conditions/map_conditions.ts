// SPDX-License-Identifier: MIT
// The distinct conditions of an .osm.pbf file: what stands behind "@" in the values of its tags.
import { blocks, strings } from '../../mapdata/demo/osm_reader.ts';

/** "no @ (A); yes @ B" gives A and B; comparisons and keywords joined by AND are taken off. */
export function conditionsOf(value: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const c of value) {
    if (c === '(') depth++;
    if (c === ')') depth--;
    if (c === ';' && depth <= 0) {
      parts.push(part);
      part = '';
    } else part += c;
  }
  parts.push(part);
  return parts.flatMap((text) => {
    const condition = text.split('@')[1]?.trim() ?? '';
    const inner = /^\(([^()]*)\)$/.exec(condition)?.[1] ?? condition;
    const hours = inner.split(' AND ').filter((p) => !/[<>=]/.test(p));
    return hours.map((p) => p.trim()).filter((p) => p !== '');
  });
}

export function mapConditions(path: string): string[] {
  const found = new Set<string>();
  for (const block of blocks(path)) {
    for (const text of strings(block)) {
      if (!/^\s*[a-z_0-9]+\s+@\s*\S/.test(text)) continue;
      for (const condition of conditionsOf(text)) found.add(condition);
    }
  }
  return [...found];
}
