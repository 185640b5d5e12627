// SPDX-License-Identifier: MIT
// Places where most who pass break the rule.
import type { AuditSettings } from '../settings/audit.ts';
import { shareAbove } from './posterior.ts';
import { type AuditedRule, type PlaceCounts, placeKey, type Tally } from './tally.ts';

/** A place where map and street seem to disagree. */
export interface DisputedPlace {
  key: string;
  rule: AuditedRule;
  lat: number;
  lon: number;
  /** OSM ids; node and relation are 0 where the rule has none. */
  way: number;
  node: number;
  relation: number;
  forward: boolean;
  name: string;
  tag: string;
  passes: number;
  breaks: number;
  vehicles: number;
  vehicles_breaking: number;
  /** That the share of breaks is above the settings' bound: the lower of that by passes and that by vehicles. */
  probability: number;
  /** The object on openstreetmap.org. */
  link: string;
}

function probabilityOf(counts: PlaceCounts, share: number): number {
  return Math.min(
    shareAbove(share, counts.breaks, counts.passes),
    shareAbove(share, counts.vehiclesBreaking, counts.vehicles.size),
  );
}

const most = (some: number, all: number) => 2 * some > all;

/** The disputed places, the surest first; equal ones in the order of their keys. */
export function disputedPlaces(tally: Tally, settings: AuditSettings): DisputedPlace[] {
  const found: DisputedPlace[] = [];
  for (const { sample, counts } of tally.broken()) {
    const rule = sample.rule as AuditedRule;
    const share = settings.share[rule.replaceAll('-', '_') as keyof AuditSettings['share']];
    const probability = probabilityOf(counts, share);
    const breaking = counts.vehiclesBreaking;
    if (probability < settings.min_probability || breaking < settings.min_vehicles) continue;
    if (!most(counts.breaks, counts.passes) || !most(breaking, counts.vehicles.size)) continue;
    const { way, forward, node = 0, relation = 0, name = '' } = sample.road;
    const object = relation !== 0 ? `relation/${relation}` : node !== 0 ? `node/${node}` : `way/${way}`;
    found.push({
      key: placeKey(sample),
      rule,
      ...sample.place,
      way,
      node,
      relation,
      forward,
      name,
      tag: sample.source.tag,
      passes: counts.passes,
      breaks: counts.breaks,
      vehicles: counts.vehicles.size,
      vehicles_breaking: breaking,
      probability: Number(probability.toFixed(4)),
      link: `https://www.openstreetmap.org/${object}`,
    });
  }
  return found.sort((a, b) => b.probability - a.probability || (a.key < b.key ? -1 : 1));
}
