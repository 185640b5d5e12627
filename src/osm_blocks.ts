// SPDX-License-Identifier: MIT
// OSM data as the plain blocks of an .osm.pbf file (OSM wiki: PBF Format), and files of blobs that are not compressed.
import { PbfWriter } from 'pbf';

export interface OsmNode {
  id: number;
  lat: number;
  lon: number;
  tags?: Record<string, string>;
}
export interface OsmWay {
  id: number;
  refs: number[];
  tags: Record<string, string>;
}
export interface OsmMember {
  type: 'node' | 'way' | 'relation';
  ref: number;
  role: string;
}
export interface OsmRelation {
  id: number;
  members: OsmMember[];
  tags: Record<string, string>;
}
export interface OsmData {
  nodes: OsmNode[];
  ways: OsmWay[];
  relations: OsmRelation[];
}
export interface BlockOptions {
  /** Dense nodes (default) or plain ones. */
  dense?: boolean;
  /** Unix seconds of the data. */
  timestamp?: number | undefined;
  /** Ways before nodes: a file that is not sorted. */
  waysFirst?: boolean;
  /** The header says that the file is sorted, be it true or not. */
  sorted?: boolean;
  /** Entities in a block; default 8000. */
  block?: number;
}

const BLOCK = 8000;
const e7 = (degrees: number) => Math.round(degrees * 1e7);

class Strings {
  readonly list: string[] = [''];
  private readonly index = new Map<string, number>([['', 0]]);
  of(text: string): number {
    let at = this.index.get(text);
    if (at === undefined) {
      at = this.list.push(text) - 1;
      this.index.set(text, at);
    }
    return at;
  }
}

export type Message = (pbf: PbfWriter) => void;
export const message = (write: Message): Uint8Array => {
  const pbf = new PbfWriter();
  write(pbf);
  return pbf.finish();
};

function tagFields(pbf: PbfWriter, tags: Record<string, string>, strings: Strings): void {
  pbf.writePackedVarint(
    2,
    Object.keys(tags).map((k) => strings.of(k)),
  );
  pbf.writePackedVarint(
    3,
    Object.values(tags).map((v) => strings.of(v)),
  );
}

function deltas(values: number[]): number[] {
  return values.map((v, i) => v - (i === 0 ? 0 : (values[i - 1] ?? 0)));
}

function denseNodes(nodes: OsmNode[], strings: Strings): Uint8Array {
  const pairs = nodes.flatMap((n) => [
    ...Object.entries(n.tags ?? {}).flatMap(([k, v]) => [strings.of(k), strings.of(v)]),
    0,
  ]);
  return message((pbf) => {
    pbf.writePackedSVarint(1, deltas(nodes.map((n) => n.id)));
    pbf.writePackedSVarint(8, deltas(nodes.map((n) => e7(n.lat))));
    pbf.writePackedSVarint(9, deltas(nodes.map((n) => e7(n.lon))));
    pbf.writePackedVarint(10, pairs);
  });
}

function plainNode(n: OsmNode, strings: Strings): Uint8Array {
  return message((pbf) => {
    pbf.writeSVarintField(1, n.id);
    tagFields(pbf, n.tags ?? {}, strings);
    pbf.writeSVarintField(8, e7(n.lat));
    pbf.writeSVarintField(9, e7(n.lon));
  });
}

function wayMessage(w: OsmWay, strings: Strings): Uint8Array {
  return message((pbf) => {
    pbf.writeVarintField(1, w.id);
    tagFields(pbf, w.tags, strings);
    pbf.writePackedSVarint(8, deltas(w.refs));
  });
}

function relationMessage(r: OsmRelation, strings: Strings): Uint8Array {
  return message((pbf) => {
    pbf.writeVarintField(1, r.id);
    tagFields(pbf, r.tags, strings);
    pbf.writePackedVarint(
      8,
      r.members.map((m) => strings.of(m.role)),
    );
    pbf.writePackedSVarint(9, deltas(r.members.map((m) => m.ref)));
    pbf.writePackedVarint(
      10,
      r.members.map((m) => ['node', 'way', 'relation'].indexOf(m.type)),
    );
  });
}

function block(fill: (pbf: PbfWriter, strings: Strings) => void): Uint8Array {
  const strings = new Strings();
  const group = message((pbf) => fill(pbf, strings));
  return message((pbf) => {
    pbf.writeBytesField(
      1,
      message((table) => {
        for (const text of strings.list) table.writeBytesField(1, new TextEncoder().encode(text));
      }),
    );
    pbf.writeBytesField(2, group);
  });
}

function* slices<T>(items: T[], size: number): Generator<T[]> {
  for (let i = 0; i < items.length; i += size) yield items.slice(i, i + size);
}

/** The header block, and the blocks of data, each sorted by type and number. */
export function osmBlocks(data: OsmData, options: BlockOptions = {}): { header: Uint8Array; blocks: Uint8Array[] } {
  const header = message((pbf) => {
    pbf.writeStringField(4, 'OsmSchema-V0.6');
    pbf.writeStringField(4, 'DenseNodes');
    if (options.sorted) pbf.writeStringField(5, 'Sort.Type_then_ID');
    if (options.timestamp !== undefined) pbf.writeVarintField(32, options.timestamp);
  });
  const byId = <T extends { id: number }>(items: T[]) => [
    ...slices(
      items.toSorted((a, b) => a.id - b.id),
      options.block ?? BLOCK,
    ),
  ];
  const nodes = byId(data.nodes).map((part) =>
    block((pbf, strings) => {
      if (options.dense === false) for (const n of part) pbf.writeBytesField(1, plainNode(n, strings));
      else pbf.writeBytesField(2, denseNodes(part, strings));
    }),
  );
  const ways = byId(data.ways).map((part) =>
    block((pbf, strings) => {
      for (const w of part) pbf.writeBytesField(3, wayMessage(w, strings));
    }),
  );
  const relations = byId(data.relations).map((part) =>
    block((pbf, strings) => {
      for (const r of part) pbf.writeBytesField(4, relationMessage(r, strings));
    }),
  );
  const blocks = options.waysFirst ? [...relations, ...ways, ...nodes] : [...nodes, ...ways, ...relations];
  return { header, blocks };
}

/** A blob with its header. `body`: what stands in it, by the fields of the format. */
export function blob(type: string, body: Message): Uint8Array[] {
  const data = message(body);
  const header = message((pbf) => {
    pbf.writeStringField(1, type);
    pbf.writeVarintField(3, data.length);
  });
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, header.length);
  return [size, header, data];
}

/** A whole file, its blobs not compressed. */
export async function rawOsmPbf(data: OsmData, options: BlockOptions = {}): Promise<Uint8Array> {
  const { header, blocks } = osmBlocks(data, options);
  const raw = (type: string, bytes: Uint8Array) => blob(type, (pbf) => pbf.writeBytesField(1, bytes));
  const parts = [raw('OSMHeader', header), ...blocks.map((bytes) => raw('OSMData', bytes))].flat();
  return new Uint8Array(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer());
}
