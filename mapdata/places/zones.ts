// SPDX-License-Identifier: MIT
// The world's time zones as polygons, from geo-tz (the data of timezone-boundary-builder, made of OpenStreetMap), and
// the country of each zone: CLDR's zones of a country, as far as country-coder knows the code.
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { iso1A2Code } from '@rapideditor/country-coder';

type Polygon = [number, number][][];

/** All rings of a zone in a leaf, holes too: longitude and latitude of each corner, the first again at the end. */
export interface ZoneRings {
  zone: number;
  rings: Float64Array[];
}

/** A rectangle of the library's quadtree: wholly of some zones, or cut by borders. */
export interface Leaf {
  west: number;
  south: number;
  east: number;
  north: number;
  zones: readonly number[];
  /** None where the leaf is wholly of its zones. */
  cut: ZoneRings[];
}

export interface Zone {
  /** ISO 3166-1 alpha-2, empty where several countries claim it. */
  country: string;
  name: string;
}

type Node = number[] | { pos: number; len: number } | Record<'a' | 'b' | 'c' | 'd', unknown>;

const require = createRequire(import.meta.url);
const library = dirname(dirname(require.resolve('geo-tz')));
const inner = createRequire(join(library, 'package.json'));
const data = (name: string) => join(library, 'data', name);

/** The countries that a zone belongs to, by its name as CLDR has it. */
function countries(): (zone: string) => string {
  const canonical = (zone: string) => new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  const found = new Map<string, Set<string>>();
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  for (const code of letters.flatMap((a) => letters.map((b) => a + b))) {
    const country = iso1A2Code(code, { level: 'territory' });
    // codes of countries that are no more, or of none; and metropolitan France, which has the zone of France
    if (country === null || country !== code || code === 'FX') continue;
    for (const zone of new Intl.Locale(`und-${code}`).getTimeZones?.() ?? []) {
      const key = canonical(zone);
      found.set(key, (found.get(key) ?? new Set()).add(country));
    }
  }
  return (zone) => {
    const all = [...(found.get(canonical(zone)) ?? [])];
    return all.length === 1 ? (all[0] ?? '') : '';
  };
}

interface Index {
  timezones: string[];
  lookup: Node;
}

function ringsAt(fd: number, names: readonly string[], { pos, len }: { pos: number; len: number }): ZoneRings[] {
  const [{ decode }, Pbf] = [inner('geobuf'), inner('pbf')];
  const bytes = Buffer.alloc(len);
  if (readSync(fd, bytes, 0, len, pos) < len) throw new Error('geo-tz: the file of polygons is cut short');
  const { features } = decode(new Pbf(bytes)) as {
    features: {
      properties: { tzid: string };
      geometry: { type: 'Polygon'; coordinates: Polygon } | { type: 'MultiPolygon'; coordinates: Polygon[] };
    }[];
  };
  return features.map(({ properties, geometry }) => ({
    zone: names.indexOf(properties.tzid),
    rings: (geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()).map((ring) =>
      Float64Array.from(ring.flat()),
    ),
  }));
}

/** What the library says of the land; ice and open sea have no roads and are left out. */
function wanted(zone: string): boolean {
  return !zone.startsWith('Antarctica/') && !zone.startsWith('Etc/');
}

export interface World {
  zones: Zone[];
  leaves: Leaf[];
}

export function readWorld(): World {
  const { timezones, lookup } = JSON.parse(readFileSync(data('timezones.geojson.index.json'), 'utf8')) as Index;
  const fd = openSync(data('timezones.geojson.geo.dat'), 'r');
  const countryOf = countries();
  const leaves: Leaf[] = [];
  const keep = (zone: number) => zone >= 0 && wanted(timezones[zone] ?? '');
  const walk = (node: Node, west: number, south: number, east: number, north: number) => {
    const box = { west, south, east, north };
    if (Array.isArray(node)) {
      leaves.push({ ...box, zones: node.filter(keep), cut: [] });
    } else if ('len' in node) {
      const cut = ringsAt(fd, timezones, node as { pos: number; len: number }).filter(({ zone }) => keep(zone));
      leaves.push({ ...box, zones: [...new Set(cut.map(({ zone }) => zone))], cut });
    } else {
      const [x, y] = [(west + east) / 2, (south + north) / 2];
      if (node.a) walk(node.a as Node, x, y, east, north);
      if (node.b) walk(node.b as Node, west, y, x, north);
      if (node.c) walk(node.c as Node, west, south, x, y);
      if (node.d) walk(node.d as Node, x, south, east, y);
    }
  };
  walk(lookup, -179.9999, -89.9999, 179.9999, 89.9999);
  closeSync(fd);
  const zones = timezones.map((name) => ({ name, country: wanted(name) ? countryOf(name) : '' }));
  return { zones, leaves };
}
