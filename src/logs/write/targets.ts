// SPDX-License-Identifier: MIT
// Names of the forms that are written, for the options of commands, which load no writer.
export const TARGETS = ['csv', 'ndjson', 'gpx', 'geojson'] as const;
export type Target = (typeof TARGETS)[number];
