// SPDX-License-Identifier: MIT
// Writes OSM data as .osm.pbf (OSM wiki: PBF Format), for the bundled town and the scenario tests.
import { deflateSync } from 'node:zlib';
import { type BlockOptions, blob, type OsmData, osmBlocks } from '../../src/osm_blocks.ts';

export type { OsmData, OsmMember, OsmNode, OsmRelation, OsmWay } from '../../src/osm_blocks.ts';

export interface WriteOptions extends BlockOptions {
  /** Blobs inflated by zlib (default) or raw. */
  compress?: 'zlib' | 'raw';
}

export function writeOsmPbf(data: OsmData, options: WriteOptions = {}): Uint8Array {
  const { header, blocks } = osmBlocks(data, options);
  const packed = (type: string, bytes: Uint8Array) =>
    blob(type, (pbf) => {
      if (options.compress === 'raw') {
        pbf.writeBytesField(1, bytes);
      } else {
        pbf.writeVarintField(2, bytes.length);
        pbf.writeBytesField(3, deflateSync(bytes, { level: 9 }));
      }
    });
  return Buffer.concat([packed('OSMHeader', header), ...blocks.map((bytes) => packed('OSMData', bytes))].flat());
}
