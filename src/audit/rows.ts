// SPDX-License-Identifier: MIT
// Disputed places as text: CSV and GeoJSON for editors of the map, overlay rows to review, a table for a terminal.
import { csvCell } from '../report/cell.ts';
import type { DisputedPlace } from './places.ts';

export const AUDIT_FORMATS = ['table', 'csv', 'geojson', 'overlay'] as const;
export type AuditFormat = (typeof AUDIT_FORMATS)[number];

const COLUMNS = [
  'rule',
  'lat',
  'lon',
  'way',
  'forward',
  'node',
  'relation',
  'name',
  'tag',
  'passes',
  'breaks',
  'vehicles',
  'vehicles_breaking',
  'probability',
  'link',
] as const satisfies readonly (keyof DisputedPlace)[];

const csv = (header: readonly string[], rows: readonly (readonly unknown[])[]) =>
  `${[header.join(','), ...rows.map((row) => row.map(csvCell).join(','))].join('\n')}\n`;

/** The OSM object whose tag makes the rule, as the overlay's column `osm` takes it. */
const objectOf = (p: DisputedPlace) => p.link.replace(/^.*\.org\//, '');

function feature({ key: _, lat, lon, ...properties }: DisputedPlace) {
  return { type: 'Feature', geometry: { type: 'Point', coordinates: [lon, lat] }, properties };
}

function table(places: readonly DisputedPlace[], drives: number): string {
  const seen = `${drives} drives`;
  if (places.length === 0) return `no place is disputed (${seen})\n`;
  const rows = places.map(
    (p) =>
      `${p.rule}  ${p.name || `way ${p.way}`}  ${p.tag}  broken by ${p.breaks} of ${p.passes} passes, ` +
      `${p.vehicles_breaking} of ${p.vehicles} vehicles  ${p.link}`,
  );
  return `${rows.join('\n')}\n${places.length} disputed ${places.length === 1 ? 'place' : 'places'} (${seen}): check the sign and the map first\n`;
}

/** All places as one text; `drives` is how many results were counted. */
export function renderPlaces(places: readonly DisputedPlace[], format: AuditFormat, drives: number): string {
  switch (format) {
    case 'csv':
      return csv(
        COLUMNS,
        places.map((p) => COLUMNS.map((column) => p[column])),
      );
    case 'geojson':
      return `${JSON.stringify({ type: 'FeatureCollection', features: places.map(feature) })}\n`;
    case 'overlay':
      return csv(
        ['kind', 'osm', 'lat', 'lon', 'rule', 'link'],
        places.map((p) => ['unsure', objectOf(p), p.lat, p.lon, p.rule, p.link]),
      );
    case 'table':
      return table(places, drives);
  }
}
