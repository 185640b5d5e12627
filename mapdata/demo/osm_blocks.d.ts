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
export type Message = (pbf: PbfWriter) => void;
export declare const message: (write: Message) => Uint8Array;
/** The header block, and the blocks of data, each sorted by type and number. */
export declare function osmBlocks(
  data: OsmData,
  options?: BlockOptions,
): {
  header: Uint8Array;
  blocks: Uint8Array[];
};
/** A blob with its header. `body`: what stands in it, by the fields of the format. */
export declare function blob(type: string, body: Message): Uint8Array[];
/** A whole file, its blobs not compressed. */
export declare function rawOsmPbf(data: OsmData, options?: BlockOptions): Promise<Uint8Array>;
