// SPDX-License-Identifier: MIT
// OSM XML, as openstreetmap.org exports a small area, made to an .osm.pbf in memory. Larger extracts come as PBF.
import { SaxesParser } from 'saxes';
import { TomareError } from './errors.ts';
import { type FileSource, nameOf, type OpenFile } from './host/host.ts';
import { openFile } from './host/node.ts';
import { type OsmData, type OsmMember, rawOsmPbf } from './osm_blocks.ts';

/** All of it is held at once. */
const MOST_BYTES = 512 << 20;
const CHUNK_BYTES = 1 << 20;
const HEAD_BYTES = 512;

type Attributes = Readonly<Record<string, string>>;
type Tagged = { tags: Record<string, string> };

/** The objects of a document, one element after another. Objects that were deleted are left out. */
class Collector {
  readonly data: OsmData = { nodes: [], ways: [], relations: [] };
  /** As the document says, Unix seconds. */
  timestamp: number | undefined;
  private object: Tagged | undefined;
  private refs: number[] | undefined;
  private members: OsmMember[] | undefined;

  open(name: string, a: Attributes): void {
    const id = Number(a['id']);
    const there = a['visible'] !== 'false' && a['action'] !== 'delete';
    if (name === 'node' && there && a['lat'] !== undefined && a['lon'] !== undefined) {
      this.object = this.added(this.data.nodes, { id, lat: Number(a['lat']), lon: Number(a['lon']), tags: {} });
    } else if (name === 'way' && there) {
      this.refs = [];
      this.object = this.added(this.data.ways, { id, refs: this.refs, tags: {} });
    } else if (name === 'relation' && there) {
      this.members = [];
      this.object = this.added(this.data.relations, { id, members: this.members, tags: {} });
    } else this.inside(name, a);
  }

  private added<T extends { id: number } & Tagged>(list: { id: number }[], object: T): T {
    if (!Number.isSafeInteger(object.id)) throw new Error('an object has no number');
    list.push(object);
    return object;
  }

  private inside(name: string, a: Attributes): void {
    const { k = '', v = '', type = '', ref = '', role = '' } = a;
    if (name === 'tag' && this.object) this.object.tags[k] = v;
    else if (name === 'nd') this.refs?.push(Number(ref));
    else if (name === 'member') this.members?.push({ type: type as OsmMember['type'], ref: Number(ref), role });
    else if (name === 'meta' || name === 'osm') this.time(a['osm_base'] ?? a['timestamp']);
  }

  private time(text: string | undefined): void {
    const ms = Date.parse(text ?? '');
    if (!Number.isNaN(ms)) this.timestamp = Math.floor(ms / 1000);
  }

  close(name: string): void {
    if (name === 'node' || name === 'way' || name === 'relation') this.object = this.refs = this.members = undefined;
  }
}

function collected(file: OpenFile): Collector {
  const parser = new SaxesParser();
  const all = new Collector();
  let depth = 0;
  parser.on('opentag', ({ name, attributes }) => {
    if (depth++ === 0 && name !== 'osm') throw new Error(`the document is <${name}>; <osm> is expected`);
    all.open(name, attributes as Attributes);
  });
  parser.on('closetag', ({ name }) => {
    depth--;
    all.close(name);
  });
  parser.on('error', () => {
    throw new Error(`line ${parser.line}: not well-formed, or cut short`);
  });
  const decoder = new TextDecoder();
  for (let at = 0; at < file.size; at += CHUNK_BYTES) {
    parser.write(decoder.decode(file.read(at, CHUNK_BYTES), { stream: true }));
  }
  parser.write(decoder.decode()).close();
  return all;
}

/** Whether a file is XML, by its first bytes. */
function isXml(file: OpenFile): boolean {
  return /^\s*<(?:\?xml|osm)/.test(new TextDecoder().decode(file.read(0, HEAD_BYTES)));
}

/**
 * The extract itself, as a PBF file where it is OSM XML.
 * @throws TomareError PBF_READ, PBF_FORMAT with the line
 */
export async function asPbf(source: FileSource): Promise<FileSource> {
  let file: OpenFile;
  try {
    file = openFile(source);
  } catch (error) {
    throw new TomareError('PBF_READ', `${nameOf(source)}: ${(error as { code?: string }).code}`);
  }
  try {
    if (!isXml(file)) return source;
    if (file.size > MOST_BYTES) throw new Error('larger than 512 MiB; convert it: osmium cat FILE.osm -o FILE.osm.pbf');
    const { data, timestamp } = collected(file);
    return await rawOsmPbf(data, { timestamp });
  } catch (error) {
    throw new TomareError('PBF_FORMAT', `${nameOf(source)}, OSM XML: ${(error as Error).message}`);
  } finally {
    file.close();
  }
}
