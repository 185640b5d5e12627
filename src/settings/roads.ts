// SPDX-License-Identifier: MIT
// Names of the map's lists (core-cpp/map/format.hpp) that profiles and settings use, in their order.
export const ROAD_CLASSES = [
  'motorway',
  'trunk',
  'primary',
  'secondary',
  'tertiary',
  'unclassified',
  'residential',
  'living_street',
  'service',
  'track',
  'pedestrian',
  'busway',
  'road',
  'construction',
  'raceway',
] as const;
export const ZONES = ['', 'urban', 'rural', 'motorway', 'trunk', 'living_street', 'zone20', 'zone30', 'other'] as const;
export const QUANTITIES = [
  '',
  'weight',
  'weightrating',
  'axleload',
  'length',
  'width',
  'height',
  'wheels',
  'occupants',
  'loadcapacity',
] as const;
