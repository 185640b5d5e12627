// SPDX-License-Identifier: MIT
// A day of results as three Parquet files, findings, exposure and drives, and the places that its drives dispute. One
// result a drive, as the view of athena.sql ranks them; what was there of the day is replaced.
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { disputedPlaces } from '../audit/places.ts';
import { renderPlaces } from '../audit/rows.ts';
import { Tally } from '../audit/tally.ts';
import { ParquetTable } from '../report/parquet.ts';
import type { Result } from '../report/result.ts';
import { TABLES } from '../report/tables.ts';
import { loadSettings } from '../settings/settings.ts';

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
}

/** Results asked for at the same time. */
const AT_ONCE = 48;

/** Folder of a table's days. */
export const folderOf = (prefix: string, table: string, day: string) => `${prefix}days/${table}/date=${day}/`;
const fileOf = ({ prefix }: Place, table: string, day: string) =>
  `${folderOf(prefix, table, day)}${table === 'places' ? 'places.csv' : `${table}.parquet`}`;

async function keysBelow(s3: S3Client, bucket: string, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  let token: string | undefined;
  do {
    const page = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }));
    keys.push(...(page.Contents ?? []).map(({ Key = '' }) => Key).filter((key) => key.endsWith('.ndjson')));
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return keys;
}

async function textOf(s3: S3Client, bucket: string, key: string): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return (await Body?.transformToString()) ?? '';
}

/** In the order of their keys, so that a day has the same bytes on every run. */
async function* resultsOf(s3: S3Client, bucket: string, keys: readonly string[]): AsyncGenerator<[string, Result]> {
  for (let i = 0; i < keys.length; i += AT_ONCE) {
    const some = keys.slice(i, i + AT_ONCE);
    const texts = await Promise.all(some.map((key) => textOf(s3, bucket, key)));
    for (const [k, text] of texts.entries()) yield [some[k] ?? '', JSON.parse(text) as Result];
  }
}

/** When each generation came into use last. */
async function sinceOf(s3: S3Client, { bucket, prefix }: Place): Promise<ReadonlyMap<string, string>> {
  const since = new Map<string, string>();
  for (const key of await keysBelow(s3, bucket, `${prefix}generations/`)) {
    const row = JSON.parse(await textOf(s3, bucket, key)) as { generation: string; since: string };
    if (row.since > (since.get(row.generation) ?? '')) since.set(row.generation, row.since);
  }
  return since;
}

/** Ranks the results of a drive: what was put last, then the generation that came into use last. */
class Ranking {
  private readonly since: ReadonlyMap<string, string>;
  private readonly first = new Map<string, { key: string; rank: string[] }>();
  results = 0;

  constructor(since: ReadonlyMap<string, string>) {
    this.since = since;
  }

  add(key: string, { drive, engine }: Result): void {
    this.results++;
    const name = JSON.stringify([drive.source?.bucket, drive.source?.key]);
    const generation = engine.generation ?? '';
    const rank = [drive.source?.received ?? '', this.since.get(generation) ?? '', generation];
    const before = this.first.get(name);
    const i = rank.findIndex((part, at) => part !== before?.rank[at]);
    // of two generations that began together the first by name wins, as in the view
    const wins = i === 2 ? generation < (before?.rank[2] ?? '') : (rank[i] ?? '') > (before?.rank[i] ?? '');
    if (before === undefined || wins) this.first.set(name, { key, rank });
  }

  get drives(): number {
    return this.first.size;
  }

  winners(): string[] {
    return [...this.first.values()].map(({ key }) => key).sort();
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

  constructor() {
    for (const { writer, pieces } of this.tables) pieces.push(writer.head());
  }

  add(result: Result): void {
    for (const { writer, pieces } of this.tables) pieces.push(writer.drive(result));
    if (result.route !== undefined) this.tally.add(result);
  }

  files(): { table: string; body: Buffer | string; places: number }[] {
    const places = disputedPlaces(this.tally, this.settings);
    const tables = this.tables.map(({ table, writer, pieces }) => {
      pieces.push(writer.tail());
      return { table: table as string, body: Buffer.concat(pieces), places: places.length };
    });
    return [
      ...tables,
      { table: 'places', body: renderPlaces(places, 'csv', this.tally.drives), places: places.length },
    ];
  }
}

/**
 * Writes the day anew; a day without a result has no files. Some kilobytes of memory a drive with findings: a day of more
 * than a million drives is for Athena.
 */
export async function compactDay(s3: S3Client, place: Place, day: string): Promise<Compacted> {
  const keys = await keysBelow(s3, place.bucket, `${place.prefix}results/date=${day}/`);
  const ranking = new Ranking(await sinceOf(s3, place));
  let tables = new Day();
  for await (const [key, result] of resultsOf(s3, place.bucket, keys)) {
    ranking.add(key, result);
    tables.add(result);
  }
  const { results, drives } = ranking;
  if (drives < results) {
    tables = new Day();
    for await (const [, result] of resultsOf(s3, place.bucket, ranking.winners())) tables.add(result);
  }
  if (results === 0) {
    const Objects = [...TABLES, 'places'].map((table) => ({ Key: fileOf(place, table, day) }));
    await s3.send(new DeleteObjectsCommand({ Bucket: place.bucket, Delete: { Objects, Quiet: true } }));
    return { day, results, drives, places: 0 };
  }
  const files = tables.files();
  for (const { table, body } of files) {
    await s3.send(new PutObjectCommand({ Bucket: place.bucket, Key: fileOf(place, table, day), Body: body }));
  }
  return { day, results, drives, places: files[0]?.places ?? 0 };
}
