// SPDX-License-Identifier: MIT
// Objects with all their versions: listed, looked at, deleted.
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { fromMetadata } from './labels.ts';
import { type Named, namedIn } from './subject.ts';

export interface Version {
  key: string;
  /** "null" where the bucket keeps no versions. */
  version: string;
  /** A marker that an earlier deletion left: it has a key and no content. */
  marker: boolean;
}

export async function* versions(s3: S3Client, bucket: string, prefix: string): AsyncGenerator<Version[]> {
  let at: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } | undefined = {};
  while (at !== undefined) {
    const page: ListObjectVersionsCommandOutput = await s3.send(
      new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, ...at }),
    );
    const of = (marker: boolean, list: readonly { Key?: string | undefined; VersionId?: string | undefined }[] = []) =>
      list.map(({ Key: key = '', VersionId: version = 'null' }) => ({ key, version, marker }));
    yield [...of(false, page.Versions), ...of(true, page.DeleteMarkers)];
    at = page.IsTruncated ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker } : undefined;
  }
}

/** What an object says: whom it names, and the work that it belongs to. */
export interface Account extends Named {
  work: string | undefined;
}

const READABLE = /\.(ndjson|jsonl?|geojson)$/;
const some = (value: string | undefined) => (value === undefined ? [] : [value]);

/** By its labels, and where these are missing or cut by its text, if it is one of ours. */
export async function accountOf(s3: S3Client, bucket: string, { key, version }: Version): Promise<Account> {
  const place = { Bucket: bucket, Key: key, ...(version === 'null' ? {} : { VersionId: version }) };
  const { Metadata } = await s3.send(new HeadObjectCommand(place));
  const { whole, work, driver, vehicle, key: log } = fromMetadata(Metadata);
  const labelled = { work, drivers: some(driver), vehicles: some(vehicle), keys: some(log) };
  if (whole || !READABLE.test(key)) return labelled;
  const { Body } = await s3.send(new GetObjectCommand(place));
  return { ...namedIn((await Body?.transformToString()) ?? ''), work };
}

/** At most 1,000 at a time, as S3 takes them. @throws Error that counts those which S3 did not delete */
export async function remove(s3: S3Client, bucket: string, objects: readonly Version[]): Promise<void> {
  for (let i = 0; i < objects.length; i += 1_000) {
    const Objects = objects.slice(i, i + 1_000).map(({ key, version }) => ({
      Key: key,
      ...(version === 'null' ? {} : { VersionId: version }),
    }));
    const { Errors = [] } = await s3.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
    );
    if (Errors.length > 0) throw new Error(`${Errors.length} objects were not deleted: ${Errors[0]?.Code}`);
  }
}
