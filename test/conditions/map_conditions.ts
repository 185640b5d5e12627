// SPDX-License-Identifier: MIT
// The distinct conditions of an .osm.pbf file: what stands behind "@" in the values of its tags.
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { PbfReader } from 'pbf';

function strings(data: Uint8Array): string[] {
  const found: string[] = [];
  new PbfReader(data).readFields((tag, _, pbf) => {
    if (tag !== 1) return;
    const end = pbf.readVarint() + pbf.pos;
    while (pbf.pos < end) {
      pbf.readVarint();
      found.push(pbf.readString());
    }
  }, undefined);
  return found;
}

function* blocks(bytes: Uint8Array): Generator<Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at < bytes.byteLength) {
    const head = view.getUint32(at);
    let type = '';
    let size = 0;
    new PbfReader(bytes.subarray(at + 4, at + 4 + head)).readFields((tag, _, pbf) => {
      if (tag === 1) type = pbf.readString();
      else if (tag === 3) size = pbf.readVarint();
    }, undefined);
    at += 4 + head;
    let data = new Uint8Array();
    new PbfReader(bytes.subarray(at, at + size)).readFields((tag, _, pbf) => {
      if (tag === 1) data = pbf.readBytes() as Uint8Array<ArrayBuffer>;
      else if (tag === 3) data = inflateSync(pbf.readBytes());
    }, undefined);
    if (type === 'OSMData') yield data;
    at += size;
  }
}

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
  for (const block of blocks(readFileSync(path))) {
    for (const text of strings(block)) {
      if (!/^\s*[a-z_0-9]+\s+@\s*\S/.test(text)) continue;
      for (const condition of conditionsOf(text)) found.add(condition);
    }
  }
  return [...found];
}
