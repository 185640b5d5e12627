// SPDX-License-Identifier: MIT
// Erases a driver, a vehicle or a prefix of keys: results with what lies beside them, failures, reports, letters, logs.
import type { S3Client } from '@aws-sdk/client-s3';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { compactDay, folderOf } from '../days/compact.ts';
import { removeLetters, waiting } from './letters.ts';
import { accountsOf, putOthers, remove, type Version, versions } from './objects.ts';
import { type Named, namedIn, names, type Subject } from './subject.ts';

export interface Places {
  /** Of the results. */
  bucket: string;
  prefix: string;
  /** Of the driving logs; none: the logs stay. */
  logs?: string | undefined;
  deadLetters: readonly string[];
  /** Queues that must be empty, for what waits there makes results anew. */
  queues: readonly string[];
}

export interface Erased {
  objects: number;
  logs: number;
  letters: number;
  /** Of the tables, that were written without them. */
  days: number;
  /** Messages that wait on the queues: above 0, erase once more when they are done. */
  waiting: number;
}

interface Found {
  /** With the lines that go: of packed results some, of any other object its one. */
  lines: Map<Version, Set<number>>;
  /** Those, and the markers of earlier deletions. */
  objects: Version[];
  /** Keys of their logs. */
  keys: Set<string>;
  works: Set<string>;
}

/** Objects asked for at the same time. */
const AT_ONCE = 48;
const noOne = ({ drivers, vehicles }: Named) => drivers.length === 0 && vehicles.length === 0;

/**
 * Objects that name the subject, and then those that name no one but belong to the same work or log: what lies beside a
 * result, and failures of logs that could not be read.
 */
async function find(s3: S3Client, { bucket, prefix }: Places, subject: Subject): Promise<Found> {
  const found: Found = { lines: new Map(), objects: [], keys: new Set(), works: new Set() };
  const unclear: { object: Version; line: number; keys: readonly string[]; work: string | undefined }[] = [];
  const take = (object: Version, line: number) => {
    found.lines.set(object, (found.lines.get(object) ?? new Set()).add(line));
  };
  const markers: Version[] = [];
  const look = async (object: Version) => {
    for (const [line, account] of (await accountsOf(s3, bucket, object)).entries()) {
      const { keys, work } = account;
      if (names(subject, account)) {
        take(object, line);
        for (const key of keys) found.keys.add(key);
        if (work !== undefined) found.works.add(work);
      } else if (noOne(account)) unclear.push({ object, line, keys, work });
    }
  };
  for await (const page of versions(s3, bucket, prefix)) {
    markers.push(...page.filter((object) => object.marker));
    const objects = page.filter((object) => !object.marker);
    for (let i = 0; i < objects.length; i += AT_ONCE) await Promise.all(objects.slice(i, i + AT_ONCE).map(look));
  }
  for (const { object, line, keys, work } of unclear) {
    const theirs = work !== undefined && found.works.has(work);
    if (theirs || keys.some((key) => found.keys.has(key))) take(object, line);
  }
  const objects = [...found.lines.keys()];
  const all = new Set(objects.map((object) => object.key));
  found.objects = [...objects, ...markers.filter((marker) => all.has(marker.key))];
  return found;
}

async function logsOf(s3: S3Client, bucket: string, subject: Subject, keys: ReadonlySet<string>): Promise<Version[]> {
  const found: Version[] = [];
  for (const prefix of 'key' in subject ? [subject.key] : keys) {
    for await (const page of versions(s3, bucket, prefix)) {
      found.push(...page.filter(({ key }) => 'key' in subject || key === prefix));
    }
  }
  return found;
}

/** Writes the tables of the days anew from which results went, where there are tables. */
async function withoutThem(s3: S3Client, { bucket, prefix }: Places, objects: readonly Version[]): Promise<number> {
  const days = new Set(objects.flatMap(({ key }) => /\/?results\/date=(\d{4}-\d\d-\d\d)\//.exec(key)?.[1] ?? []));
  let written = 0;
  for (const day of [...days].sort()) {
    const { value: tables = [] } = await versions(s3, bucket, folderOf(prefix, 'drives', day)).next();
    if ((tables as Version[]).length === 0) continue;
    await compactDay(s3, { bucket, prefix }, day);
    written++;
  }
  // a bucket that keeps versions has what was there
  for await (const page of written === 0 ? [] : versions(s3, bucket, `${prefix}days/`)) {
    const old = page.filter(({ latest, marker }) => !latest || marker);
    await remove(
      s3,
      bucket,
      old.filter(({ key }) => days.has(/\/date=([\d-]+)\//.exec(key)?.[1] ?? '')),
    );
  }
  return written;
}

/** First what stays of others: an end in between leaves it twice, and readers count it once. */
async function removeFound(s3: S3Client, bucket: string, { lines, objects }: Found): Promise<void> {
  const some = [...lines];
  for (let i = 0; i < some.length; i += AT_ONCE)
    await Promise.all(some.slice(i, i + AT_ONCE).map(([object, gone]) => putOthers(s3, bucket, object, gone)));
  await remove(s3, bucket, objects);
}

/** With `dry` nothing is deleted, and the answer says what would be. */
export async function erase(
  { s3, sqs }: { s3: S3Client; sqs: SQSClient },
  places: Places,
  subject: Subject,
  dry: boolean,
): Promise<Erased> {
  const found = await find(s3, places, subject);
  const { objects, keys } = found;
  const logs = places.logs === undefined ? [] : await logsOf(s3, places.logs, subject, keys);
  const theirs = (body: string) => {
    const named = namedIn(body);
    return names(subject, named) || (noOne(named) && named.keys.some((key) => keys.has(key)));
  };
  let letters = 0;
  for (const queue of places.deadLetters) letters += await removeLetters(sqs, queue, theirs, dry);
  if (!dry) await removeFound(s3, places.bucket, found);
  if (!dry && places.logs !== undefined) await remove(s3, places.logs, logs);
  const days = dry ? 0 : await withoutThem(s3, places, objects);
  let left = 0;
  for (const queue of places.queues) left += await waiting(sqs, queue);
  return { objects: objects.length, logs: logs.length, letters, days, waiting: left };
}
