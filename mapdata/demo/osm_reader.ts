// SPDX-License-Identifier: MIT
// An .osm.pbf file as tests and benches need it: its blocks, and the positions and ways in them.
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { PbfReader } from 'pbf';

function fields(data: Uint8Array, take: (tag: number, pbf: PbfReader) => void): void {
  new PbfReader(data).readFields((tag, _, pbf) => take(tag, pbf), undefined);
}

/** The OSMData blocks of a file, inflated. */
export function* blocks(path: string): Generator<Uint8Array> {
  const bytes = readFileSync(path);
  for (let at = 0; at < bytes.byteLength; ) {
    const head = bytes.readUInt32BE(at);
    let type = '';
    let size = 0;
    fields(bytes.subarray(at + 4, at + 4 + head), (tag, pbf) => {
      if (tag === 1) type = pbf.readString();
      else if (tag === 3) size = pbf.readVarint();
    });
    at += 4 + head;
    let data: Uint8Array = new Uint8Array();
    fields(bytes.subarray(at, at + size), (tag, pbf) => {
      if (tag === 1) data = pbf.readBytes();
      else if (tag === 3) data = inflateSync(pbf.readBytes());
    });
    if (type === 'OSMData') yield data;
    at += size;
  }
}

/** The texts of a block: keys, values, roles. */
export function strings(block: Uint8Array): string[] {
  const found: string[] = [];
  fields(block, (tag, pbf) => {
    if (tag === 1) fields(pbf.readBytes(), (t, p) => t === 1 && found.push(p.readString()));
  });
  return found;
}

export interface OsmWay {
  id: number;
  refs: number[];
  tags: Record<string, string>;
}

export interface OsmFile {
  /** Latitude and longitude by node id. */
  nodes: Map<number, [number, number]>;
  ways: OsmWay[];
}

function summed(differences: readonly number[]): number[] {
  let total = 0;
  return differences.map((difference) => {
    total += difference;
    return total;
  });
}

function readNodes(dense: Uint8Array, nodes: OsmFile['nodes']): void {
  const lists: Record<number, number[]> = {};
  fields(dense, (tag, pbf) => {
    if (tag === 1 || tag === 8 || tag === 9) lists[tag] = summed(pbf.readPackedSVarint());
  });
  for (const [i, id] of (lists[1] ?? []).entries()) {
    nodes.set(id, [(lists[8]?.[i] ?? Number.NaN) / 1e7, (lists[9]?.[i] ?? Number.NaN) / 1e7]);
  }
}

function readWay(bytes: Uint8Array, texts: readonly string[]): OsmWay {
  const way: OsmWay = { id: 0, refs: [], tags: {} };
  let keys: number[] = [];
  let values: number[] = [];
  fields(bytes, (tag, pbf) => {
    if (tag === 1) way.id = pbf.readVarint();
    else if (tag === 2) keys = pbf.readPackedVarint();
    else if (tag === 3) values = pbf.readPackedVarint();
    else if (tag === 8) way.refs = summed(pbf.readPackedSVarint());
  });
  way.tags = Object.fromEntries(keys.map((key, i) => [texts[key] ?? '', texts[values[i] ?? 0] ?? '']));
  return way;
}

export function readOsm(path: string): OsmFile {
  const file: OsmFile = { nodes: new Map(), ways: [] };
  for (const block of blocks(path)) {
    const texts = strings(block);
    fields(block, (tag, pbf) => {
      if (tag !== 2) return;
      fields(pbf.readBytes(), (kind, group) => {
        if (kind === 2) readNodes(group.readBytes(), file.nodes);
        else if (kind === 3) file.ways.push(readWay(group.readBytes(), texts));
      });
    });
  }
  return file;
}
