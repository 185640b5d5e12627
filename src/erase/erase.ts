// SPDX-License-Identifier: MIT
// Erases a driver, a vehicle or a prefix of keys: results with what lies beside them, failures, reports, letters, logs.
import type { S3Client } from '@aws-sdk/client-s3';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { compactDay, folderOf } from '../days/compact.ts';
import { removeLetters, waiting } from './letters.ts';
import { accountOf, remove, type Version, versions } from './objects.ts';
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
  const found: Found = { objects: [], keys: new Set(), works: new Set() };
  const unclear: { object: Version; keys: readonly string[]; work: string | undefined }[] = [];
  const markers: Version[] = [];
  const look = async (object: Version) => {
    const account = await accountOf(s3, bucket, object);
    if (names(subject, account)) {
      found.objects.push(object);
      for (const key of account.keys) found.keys.add(key);
      if (account.work !== undefined) found.works.add(account.work);
    } else if (noOne(account)) unclear.push({ object, keys: account.keys, work: account.work });
  };
  for await (const page of versions(s3, bucket, prefix)) {
    markers.push(...page.filter((object) => object.marker));
    const objects = page.filter((object) => !object.marker);
    for (let i = 0; i < objects.length; i += AT_ONCE) await Promise.all(objects.slice(i, i + AT_ONCE).map(look));
  }
  for (const { object, keys, work } of unclear) {
    const theirs = work !== undefined && found.works.has(work);
    if (theirs || keys.some((key) => found.keys.has(key))) found.objects.push(object);
  }
  const all = new Set(found.objects.map((object) => object.key));
  found.objects.push(...markers.filter((marker) => all.has(marker.key)));
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
  return written;
}

/** With `dry` nothing is deleted, and the answer says what would be. */
export async function erase(
  { s3, sqs }: { s3: S3Client; sqs: SQSClient },
  places: Places,
  subject: Subject,
  dry: boolean,
): Promise<Erased> {
  const { objects, keys } = await find(s3, places, subject);
  const logs = places.logs === undefined ? [] : await logsOf(s3, places.logs, subject, keys);
  const theirs = (body: string) => {
    const named = namedIn(body);
    return names(subject, named) || (noOne(named) && named.keys.some((key) => keys.has(key)));
  };
  let letters = 0;
  for (const queue of places.deadLetters) letters += await removeLetters(sqs, queue, theirs, dry);
  if (!dry) await remove(s3, places.bucket, objects);
  if (!dry && places.logs !== undefined) await remove(s3, places.logs, logs);
  const days = dry ? 0 : await withoutThem(s3, places, objects);
  let left = 0;
  for (const queue of places.queues) left += await waiting(sqs, queue);
  return { objects: objects.length, logs: logs.length, letters, days, waiting: left };
}
