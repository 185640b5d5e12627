// SPDX-License-Identifier: MIT
// Whether a file is a road map, an OpenStreetMap extract or a log, by its first bytes.

export type Kind = 'tmap' | 'osm' | 'log';

const HEAD = 512;

export async function kindOf(file: Blob): Promise<Kind> {
  const bytes = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
  const text = String.fromCharCode(...bytes);
  if (text.startsWith('TOMAREMP')) return 'tmap';
  if (text.slice(6).startsWith('OSMHeader') || /<osm[\s>]/.test(text)) return 'osm';
  return 'log';
}
