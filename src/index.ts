// SPDX-License-Identifier: MIT
// What `import … from 'tomare'` gives: logs and a road map in, broken traffic rules out.
import './require_node.ts';

export { type ErrorName, TomareError } from './errors.ts';
export type { BlobLike, FileSource } from './host/host.ts';
export type { ArchivedLog } from './logs/archive.ts';
export type { ColumnChoice, LogLimits } from './logs/format.ts';
export { type ReadOptions, readLog } from './logs/read.ts';
export { type BuildOptions, buildMap, buildMapBytes } from './mapbuild.ts';
export { readOverlay } from './overlay/overlay.ts';
export type { Closure, Kind, LeftOut, Overlay, OverlayRow, Point } from './overlay/rows.ts';
export { render, type TextFormat as Format } from './report/formats.ts';
export { type Feature, type Matched, type MatchFormat, MatchText } from './report/matched.ts';
export type { Result } from './report/result.ts';
export {
  type AnalyzeOptions,
  type Identity,
  openSession,
  type Plan,
  type Session,
  type SessionOptions,
  type SettingsOverrides,
  type Source,
} from './session.ts';
export type { Box, Roads, RoadsOptions, Trace, TraceLimit, TraceStretch } from './trace.ts';
export type {
  Analysis,
  Exposure,
  Finding,
  Fixes,
  InputReport,
  Log,
  MapInfo,
  RoadClass,
  RouteItem,
  Vehicle,
  Verdict,
} from './types.ts';
