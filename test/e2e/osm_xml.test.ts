// SPDX-License-Identifier: MIT
// OSM XML becomes the same map as the PBF file of the same data.
import { beforeAll, describe, expect, it } from 'vitest';
import { townPbf } from '../../mapdata/demo/make.ts';
import type { OsmData } from '../../mapdata/demo/osm_pbf.ts';
import { osmXml } from '../../mapdata/demo/osm_xml.ts';
import { buildTown } from '../../mapdata/demo/town.ts';
import { buildMapBytes } from '../../src/mapbuild.ts';

const xmlOf = (data: OsmData) => osmXml(data, '2026-10-01T00:00:00Z');
const bytes = (text: string) => new TextEncoder().encode(text);
const build = (input: Uint8Array) => buildMapBytes({ inputs: [input], name: 'town' });
let data: OsmData;

beforeAll(() => {
  data = buildTown().data();
});

describe('OSM XML', () => {
  it('gives the bytes that PBF gives, but for the checksum of the source', async () => {
    const [xml, pbf] = [await build(bytes(xmlOf(data))), await build(townPbf())];
    expect(xml.length).toBe(pbf.length);
    const different = [...xml.keys()].filter((i) => xml[i] !== pbf[i]);
    expect(different.length).toBeLessThanOrEqual(32 + 4); // and the checksum of the header
    expect(different.at(-1)).toBeLessThan(4096);
  });

  it('objects that were deleted are no objects', async () => {
    const gone = { ...data, nodes: [...data.nodes, { id: 9_999_999, lat: 35, lon: 139, tags: { highway: 'stop' } }] };
    const deleted = xmlOf(gone).replace('<node id="9999999"', '<node action="delete" id="9999999"');
    expect((await build(bytes(deleted))).length).toBe((await build(bytes(xmlOf(data)))).length);
  });

  it.each([
    ['cut short', (xml: string) => xml.slice(0, 5000), /PBF.*OSM XML: line \d+: not well-formed/],
    [
      'another root',
      (xml: string) => xml.replace('<osm ', '<osmChange ').replace('</osm>', '</osmChange>'),
      /<osm> is expected/,
    ],
    ['no numbers', (xml: string) => xml.replace(/<node id="\d+"/, '<node id="x"'), /an object has no number/],
  ])('is refused: %s', async (_, change, message) => {
    await expect(build(bytes(change(xmlOf(data))))).rejects.toThrow(message);
  });
});
