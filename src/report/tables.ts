// SPDX-License-Identifier: MIT
// The tables that analysts read: findings, exposure, drives. One list of columns serves CSV, Parquet and GeoJSON.
import { MEASURES } from '../layout.ts';
import type { Result } from './result.ts';

export const TABLES = ['findings', 'exposure', 'drives'] as const;
/** A row for each finding, for each rule of each drive, or for each drive. */
export type TableName = (typeof TABLES)[number];

/** `id`: of OpenStreetMap, 64 bits; `count`: 32 bits; `time`: ISO 8601 with an offset, in Parquet a moment in UTC. */
export type ColumnType = 'text' | 'number' | 'count' | 'id' | 'flag' | 'time';
export type Cell = string | number | boolean | null;

export interface Column {
  name: string;
  type: ColumnType;
}

interface Filled<Row> extends Column {
  /** Of a row; undefined where it has no such value. */
  of: (row: Row, drive: Result) => string | number | boolean | null | undefined;
}

type Finding = Result['findings'][number];
type Exposure = Result['exposure'][number];

/** Minutes that the clock of a time is ahead of UTC. */
export function offsetMinutes(time: string): number {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(time) ?? [];
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** Measures that are whole numbers. */
const WHOLE: ReadonlySet<string> = new Set(['fixes_in_window', 'fixes_before', 'fixes_after', 'stop_band']);

const WHO: readonly Filled<unknown>[] = [
  { name: 'drive', type: 'text', of: (_, { drive }) => drive.id },
  { name: 'vehicle_id', type: 'text', of: (_, { drive }) => drive.vehicle_id },
  { name: 'driver_id', type: 'text', of: (_, { drive }) => drive.driver_id },
];

const FINDINGS: readonly Filled<Finding>[] = [
  ...WHO,
  { name: 'rule', type: 'text', of: (f) => f.rule },
  { name: 'verdict', type: 'text', of: (f) => f.verdict },
  { name: 'start', type: 'time', of: (f) => f.start },
  { name: 'end', type: 'time', of: (f) => f.end },
  { name: 'utc_offset_min', type: 'count', of: (f) => offsetMinutes(f.start) },
  { name: 'lat', type: 'number', of: (f) => f.place.lat },
  { name: 'lon', type: 'number', of: (f) => f.place.lon },
  { name: 'way', type: 'id', of: (f) => f.road.way },
  { name: 'forward', type: 'flag', of: (f) => f.road.forward },
  { name: 'name', type: 'text', of: (f) => f.road.name },
  { name: 'node', type: 'id', of: (f) => f.road.node },
  { name: 'relation', type: 'id', of: (f) => f.road.relation },
  { name: 'tag', type: 'text', of: (f) => f.source.tag },
  { name: 'tag_direction', type: 'text', of: (f) => f.source.direction },
  { name: 'confidence', type: 'number', of: (f) => f.confidence },
  { name: 'factor_match', type: 'number', of: (f) => f.factors.match },
  { name: 'factor_map', type: 'number', of: (f) => f.factors.map },
  { name: 'factor_observation', type: 'number', of: (f) => f.factors.observation },
  { name: 'reasons', type: 'text', of: (f) => f.reasons.join(' ') },
  ...MEASURES.map(
    (name): Filled<Finding> => ({ name, type: WHOLE.has(name) ? 'count' : 'number', of: (f) => f.measured[name] }),
  ),
  { name: 'offence', type: 'text', of: (f) => f.offence?.code },
  { name: 'article', type: 'text', of: (f) => f.offence?.article },
  { name: 'points', type: 'count', of: (f) => f.offence?.points },
  { name: 'fine_yen', type: 'count', of: (f) => f.offence?.fine_yen },
  { name: 'decision', type: 'text', of: (f) => f.decision?.action },
  { name: 'first_fix', type: 'count', of: (f) => f.evidence.first_fix },
  { name: 'last_fix', type: 'count', of: (f) => f.evidence.last_fix },
  { name: 'first_line', type: 'count', of: (f) => f.evidence.first_line },
  { name: 'last_line', type: 'count', of: (f) => f.evidence.last_line },
];

const EXPOSURE: readonly Filled<Exposure>[] = [
  ...WHO,
  { name: 'rule', type: 'text', of: (e) => e.rule },
  { name: 'passed', type: 'count', of: (e) => e.passed },
  { name: 'complied', type: 'count', of: (e) => e.complied },
  { name: 'violated', type: 'count', of: (e) => e.violated },
  { name: 'undetermined', type: 'count', of: (e) => e.undetermined },
  { name: 'judged_m', type: 'number', of: (e) => e.judged_m },
];

const sum = (parts: readonly { rows: number }[]) => parts.reduce((n, { rows }) => n + rows, 0);

const DRIVES: readonly Filled<Result>[] = [
  ...WHO,
  { name: 'vehicle', type: 'text', of: ({ drive }) => drive.vehicle },
  { name: 'start', type: 'time', of: ({ drive }) => drive.start },
  { name: 'end', type: 'time', of: ({ drive }) => drive.end },
  { name: 'utc_offset_min', type: 'count', of: ({ drive }) => offsetMinutes(drive.start) },
  { name: 'distance_m', type: 'number', of: ({ drive }) => drive.distance_m },
  { name: 'fixes', type: 'count', of: ({ drive }) => drive.fixes },
  { name: 'matched', type: 'count', of: ({ match }) => match.matched },
  { name: 'off_road', type: 'count', of: ({ match }) => match.off_road },
  { name: 'unmatched', type: 'count', of: ({ match }) => match.unmatched },
  { name: 'gaps', type: 'count', of: ({ match }) => match.gaps },
  { name: 'mean_error_m', type: 'number', of: ({ match }) => match.mean_error_m },
  { name: 'log_format', type: 'text', of: ({ input }) => input.format },
  { name: 'log_sha256', type: 'text', of: ({ input }) => input.sha256 },
  { name: 'log_rows', type: 'count', of: ({ input }) => input.rows },
  { name: 'log_rows_left_out', type: 'count', of: ({ input }) => sum(input.left_out) },
  { name: 'warnings', type: 'text', of: ({ input }) => input.warnings.join('; ') },
  { name: 'bucket', type: 'text', of: ({ drive }) => drive.source?.bucket },
  { name: 'key', type: 'text', of: ({ drive }) => drive.source?.key },
  { name: 'etag', type: 'text', of: ({ drive }) => drive.source?.etag },
  { name: 'engine', type: 'text', of: ({ engine }) => engine.version },
  { name: 'map', type: 'text', of: ({ engine }) => engine.map.name },
  { name: 'map_time', type: 'time', of: ({ engine }) => engine.map.osm_time },
  { name: 'profile', type: 'text', of: ({ engine }) => engine.profile },
  { name: 'settings', type: 'text', of: ({ engine }) => engine.settings },
];

const COLUMNS: Readonly<Record<TableName, readonly Column[]>> = {
  findings: FINDINGS,
  exposure: EXPOSURE,
  drives: DRIVES,
};

/** Names and types of a table's columns, in their order. Columns are only ever added, at the end or between. */
export const columnsOf = (table: TableName): readonly Column[] => COLUMNS[table];

/** An empty text is no value: CSV could not tell the two apart. */
const cells = <Row>(columns: readonly Filled<Row>[], row: Row, drive: Result): Cell[] =>
  columns.map(({ of }) => {
    const cell = of(row, drive) ?? null;
    return cell === '' ? null : cell;
  });

/** The cells of one finding. */
export const findingCells = (finding: Finding, drive: Result): Cell[] => cells(FINDINGS, finding, drive);

/** The rows of one drive: cells in the order of the columns; null where a row has no such value. */
export function rowsOf(table: TableName, result: Result): Cell[][] {
  if (table === 'findings') return result.findings.map((f) => findingCells(f, result));
  if (table === 'exposure') return result.exposure.map((e) => cells(EXPOSURE, e, result));
  return [cells(DRIVES, result, result)];
}
