// SPDX-License-Identifier: MIT
// Findings as GeoJSON with flat properties: a line for a stretch of road, a point for a place.
import { type Feature, lineFeatures, type Matched } from './matched.ts';
import type { Result } from './result.ts';
import { isStretch, StretchLines } from './stretch.ts';
import { columnsOf, findingCells } from './tables.ts';
import type { ResultWriter } from './writer.ts';

type Finding = Result['findings'][number];

/** The columns of the table of findings; what a finding has not is left out, and the position is the geometry's. */
function properties(f: Finding, result: Result): Record<string, unknown> {
  const values = findingCells(f, result);
  const named = columnsOf('findings').map(({ name }, i) => [name, values[i]] as const);
  return Object.fromEntries(named.filter(([name, value]) => value !== null && name !== 'lat' && name !== 'lon'));
}

function geometry(f: Finding, lines: StretchLines | undefined): Feature['geometry'] {
  const line = lines && isStretch(f) ? lines.of(f) : [];
  if (line.length > 1) return { type: 'LineString', coordinates: line };
  return { type: 'Point', coordinates: [f.place.lon, f.place.lat] };
}

/** Features of one drive: the ways driven, where the result has its route, then the findings. */
function featuresOf(result: Result, matched: Matched | undefined): Feature[] {
  const lines = matched && new StretchLines(matched);
  const ways = result.route && matched ? lineFeatures({ ...matched, id: result.drive.id }) : [];
  const findings = result.findings.map(
    (f): Feature => ({ type: 'Feature', geometry: geometry(f, lines), properties: properties(f, result) }),
  );
  return [...ways, ...findings];
}

export class GeoJson implements ResultWriter {
  private some = false;

  head(): string {
    return '{"type":"FeatureCollection","features":[\n';
  }

  drive(result: Result, matched?: Matched): string {
    const text = featuresOf(result, matched)
      .map((f) => JSON.stringify(f))
      .join(',\n');
    const comma = this.some && text !== '' ? ',\n' : '';
    this.some ||= text !== '';
    return comma + text;
  }

  tail(): string {
    return '\n]}\n';
  }
}
