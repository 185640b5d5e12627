// SPDX-License-Identifier: MIT
// A day of results as three Parquet files, findings, exposure and drives, the places that its drives dispute, and a page for
// people. One result a drive, as the view of athena.sql ranks them; what was there of the day is replaced.
import { createHash } from 'node:crypto';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { disputedPlaces } from '../audit/places.ts';
import { renderPlaces } from '../audit/rows.ts';
import { isAuditable, Tally } from '../audit/tally.ts';
import { ParquetTable } from '../report/parquet.ts';
import type { Result } from '../report/result.ts';
import { TABLES } from '../report/tables.ts';
import { VERSION } from '../report/version.ts';
import type { Session } from '../session.ts';
import { loadSettings } from '../settings/settings.ts';
import { isPacked, linesOf } from './lines.ts';
import { DayPage } from './page.ts';

export interface Place {
  bucket: string;
  /** Of all that the function writes. */
  prefix: string;
}

export interface Compacted {
  day: string;
  /** Results that lie there, and drives after ranking. */
  results: number;
  drives: number;
  places: number;
  /** Whether there is a page. */
  page: boolean;
}

/** Nothing was read, for nothing came since the day was written. */
export interface Unchanged {
  day: string;
  unchanged: true;
}

/** What goes beside the tables. */
const FILES: Readonly<Record<string, { name: string; type: string }>> = {
  places: { name: 'places.csv', type: 'text/csv; charset=utf-8' },
  report: { name: 'report.html', type: 'text/html; charset=utf-8' },
};
const ALL = [...TABLES, ...Object.keys(FILES)];

/** Objects asked for at the same time; those that hold several results are read into memory as many. */
const AT_ONCE = 48;
const PACKED_AT_ONCE = 8;

/** Folder of a table's days. */
export const folderOf = (prefix: string, table: string, day: string) => `${prefix}days/${table}/date=${day}/`;
const fileOf = ({ prefix }: Place, table: string, day: string) =>
  `${folderOf(prefix, table, day)}${FILES[table]?.name ?? `${table}.parquet`}`;

async function keysBelow(s3: S3Client, bucket: string, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  let token: string | undefined;
  do {
    const page = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }));
    keys.push(
      ...(page.Contents ?? []).map(({ Key = '' }) => Key).filter((key) => key.endsWith('.ndjson') || isPacked(key)),
    );
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return keys;
}

async function linesAt(s3: S3Client, bucket: string, key: string): Promise<string[]> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return linesOf((await Body?.transformToByteArray()) ?? new Uint8Array());
}

/** Where a result lies. */
type Spot = `${string}#${number}`;
const keyOf = (spot: Spot) => spot.slice(0, spot.lastIndexOf('#'));

/** In the order of their keys, so that a day has the same bytes on every run. */
async function* resultsOf(s3: S3Client, bucket: string, keys: readonly string[]): AsyncGenerator<[Spot, Result]> {
  const step = keys.some(isPacked) ? PACKED_AT_ONCE : AT_ONCE;
  for (let i = 0; i < keys.length; i += step) {
    const some = keys.slice(i, i + step);
    const objects = await Promise.all(some.map((key) => linesAt(s3, bucket, key)));
    for (const [k, lines] of objects.entries())
      for (const [line, text] of lines.entries()) yield [`${some[k] ?? ''}#${line}`, JSON.parse(text) as Result];
  }
}

/** When each generation came into use last. */
async function sinceOf(s3: S3Client, { bucket, prefix }: Place): Promise<ReadonlyMap<string, string>> {
  const since = new Map<string, string>();
  for (const key of await keysBelow(s3, bucket, `${prefix}generations/`)) {
    const [text = ''] = await linesAt(s3, bucket, key);
    const row = JSON.parse(text) as { generation: string; since: string };
    if (row.since > (since.get(row.generation) ?? '')) since.set(row.generation, row.since);
  }
  return since;
}

/** The file that is written last, and its label that says what it was made from. */
const LAST = 'drives';
const MADE_FROM = 'made-from';

/** Names everything that the day's files depend on; results are never changed, so that their keys stand for them. */
function inputsOf(keys: readonly string[], since: ReadonlyMap<string, string>, page: boolean): string {
  return createHash('sha256')
    .update(JSON.stringify([VERSION, page, keys, [...since]]))
    .digest('hex');
}

async function madeFrom(s3: S3Client, place: Place, day: string): Promise<string | undefined> {
  const request = new HeadObjectCommand({ Bucket: place.bucket, Key: fileOf(place, LAST, day) });
  return s3.send(request).then(
    ({ Metadata }) => Metadata?.[MADE_FROM],
    () => undefined, // it is written anew
  );
}

/** Ranks the results of a drive: what was put last, then the generation that came into use last. */
class Ranking {
  private readonly since: ReadonlyMap<string, string>;
  private readonly first = new Map<string, { spot: Spot; rank: string[] }>();
  results = 0;

  constructor(since: ReadonlyMap<string, string>) {
    this.since = since;
  }

  add(spot: Spot, { drive, engine }: Result): void {
    this.results++;
    const name = JSON.stringify([drive.source?.bucket, drive.source?.key]);
    const generation = engine.generation ?? '';
    const rank = [drive.source?.received ?? '', this.since.get(generation) ?? '', generation];
    const before = this.first.get(name);
    const i = rank.findIndex((part, at) => part !== before?.rank[at]);
    // of two generations that began together the first by name wins, as in the view
    const wins = i === 2 ? generation < (before?.rank[2] ?? '') : (rank[i] ?? '') > (before?.rank[i] ?? '');
    if (before === undefined || wins) this.first.set(name, { spot, rank });
  }

  get drives(): number {
    return this.first.size;
  }

  winners(): ReadonlySet<Spot> {
    return new Set([...this.first.values()].map(({ spot }) => spot));
  }
}

/** The tables of the day as they grow. */
class Day {
  private readonly tables = TABLES.map((table) => ({
    table,
    writer: new ParquetTable(table),
    pieces: [] as Uint8Array[],
  }));
  private readonly settings = loadSettings().audit;
  private readonly tally = new Tally(this.settings);
  private readonly page: DayPage | undefined;

  constructor(session: Session | undefined) {
    this.page = session && new DayPage(session);
    for (const { writer, pieces } of this.tables) pieces.push(writer.head());
  }

  add(result: Result): void {
    for (const { writer, pieces } of this.tables) pieces.push(writer.drive(result));
    if (isAuditable(result)) this.tally.add(result);
    this.page?.add(result);
  }

  /** Those that there are, by name. */
  async files(): Promise<{ places: number; bodies: Map<string, Buffer | string> }> {
    const bodies = new Map<string, Buffer | string>();
    for (const { table, writer, pieces } of this.tables) {
      pieces.push(writer.tail());
      bodies.set(table, Buffer.concat(pieces));
    }
    const places = disputedPlaces(this.tally, this.settings);
    bodies.set('places', renderPlaces(places, 'csv', this.tally.drives));
    const page = await this.page?.text();
    if (page !== undefined) bodies.set('report', page);
    return { places: places.length, bodies };
  }
}

async function remove(s3: S3Client, place: Place, day: string, tables: readonly string[]): Promise<void> {
  const Objects = tables.map((table) => ({ Key: fileOf(place, table, day) }));
  if (Objects.length === 0) return;
  await s3.send(new DeleteObjectsCommand({ Bucket: place.bucket, Delete: { Objects, Quiet: true } }));
}

/**
 * Writes the day anew; a day without a result has no files, and without a session it has no page. Some kilobytes of memory a drive with findings: a day of more
 * than a million drives is for Athena.
 */
export async function compactDay(
  s3: S3Client,
  place: Place,
  day: string,
  session?: Session,
): Promise<Compacted | Unchanged> {
  const keys = await keysBelow(s3, place.bucket, `${place.prefix}results/date=${day}/`);
  const since = await sinceOf(s3, place);
  const inputs = inputsOf(keys, since, session !== undefined);
  if (keys.length > 0 && (await madeFrom(s3, place, day)) === inputs) return { day, unchanged: true };
  const ranking = new Ranking(since);
  let tables = new Day(session);
  for await (const [spot, result] of resultsOf(s3, place.bucket, keys)) {
    ranking.add(spot, result);
    tables.add(result);
  }
  const { results, drives } = ranking;
  if (drives < results) {
    tables = new Day(session);
    const winners = ranking.winners();
    const theirs = [...new Set([...winners].map(keyOf))].sort();
    for await (const [spot, result] of resultsOf(s3, place.bucket, theirs)) if (winners.has(spot)) tables.add(result);
  }
  if (results === 0) {
    await remove(s3, place, day, ALL);
    return { day, results, drives, places: 0, page: false };
  }
  const { places, bodies } = await tables.files();
  await remove(
    s3,
    place,
    day,
    ALL.filter((table) => !bodies.has(table)),
  );
  for (const table of [...bodies.keys()].sort((a, b) => Number(a === LAST) - Number(b === LAST))) {
    const object = { Bucket: place.bucket, Key: fileOf(place, table, day), Body: bodies.get(table) ?? '' };
    const Metadata = table === LAST ? { [MADE_FROM]: inputs } : {};
    await s3.send(new PutObjectCommand({ ...object, Metadata, ContentType: FILES[table]?.type }));
  }
  return { day, results, drives, places, page: bodies.has('report') };
}
