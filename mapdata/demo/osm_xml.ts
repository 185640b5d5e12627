// SPDX-License-Identifier: MIT
// Writes OSM data as OSM XML, for tests.
import type { OsmData } from '../../src/osm_blocks.ts';

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
const tagsOf = (tags: Record<string, string> = {}) =>
  Object.entries(tags)
    .map(([k, v]) => `<tag k="${escaped(k)}" v="${escaped(v)}"/>`)
    .join('');

/** `time`: ISO 8601, of the data. */
export function osmXml({ nodes, ways, relations }: OsmData, time: string): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<osm version="0.6">',
    `<meta osm_base="${time}"/>`,
    ...nodes.map((n) => `<node id="${n.id}" lat="${n.lat}" lon="${n.lon}" visible="true">${tagsOf(n.tags)}</node>`),
    ...ways.map((w) => {
      const refs = w.refs.map((ref) => `<nd ref="${ref}"/>`).join('');
      return `<way id="${w.id}">${refs}${tagsOf(w.tags)}</way>`;
    }),
    ...relations.map((r) => {
      const members = r.members.map((m) => `<member type="${m.type}" ref="${m.ref}" role="${m.role}"/>`).join('');
      return `<relation id="${r.id}">${members}${tagsOf(r.tags)}</relation>`;
    }),
    '</osm>',
  ].join('\n');
}
