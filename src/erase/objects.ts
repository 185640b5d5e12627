// SPDX-License-Identifier: MIT
// Objects with all their versions: listed, looked at, deleted.
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { isPacked, linesOf, PACKED_TYPE, pack } from '../days/lines.ts';
import { fromMetadata } from './labels.ts';
import { type Named, namedIn } from './subject.ts';

export interface Version {
  key: string;
  /** "null" where the bucket keeps no versions. */
  version: string;
  /** A marker that an earlier deletion left: it has a key and no content. */
  marker: boolean;
  /** What a reader gets who names the key alone. */
  latest: boolean;
}

export async function* versions(s3: S3Client, bucket: string, prefix: string): AsyncGenerator<Version[]> {
  let at: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } | undefined = {};
  while (at !== undefined) {
    const page: ListObjectVersionsCommandOutput = await s3.send(
      new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, ...at }),
    );
    type Listed = { Key?: string | undefined; VersionId?: string | undefined; IsLatest?: boolean | undefined };
    const of = (marker: boolean, list: readonly Listed[] = []) =>
      list.map(({ Key: key = '', VersionId: version = 'null', IsLatest: latest = false }) => ({
        key,
        version,
        marker,
        latest,
      }));
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

const placeOf = (bucket: string, { key, version }: Version) => ({
  Bucket: bucket,
  Key: key,
  ...(version === 'null' ? {} : { VersionId: version }),
});

async function bytesOf(s3: S3Client, bucket: string, object: Version): Promise<Uint8Array> {
  const { Body } = await s3.send(new GetObjectCommand(placeOf(bucket, object)));
  return (await Body?.transformToByteArray()) ?? new Uint8Array();
}

/** By its labels, and where these are missing or cut by its text, if it is one of ours; of packed results one for each line. */
export async function accountsOf(s3: S3Client, bucket: string, object: Version): Promise<Account[]> {
  if (isPacked(object.key)) {
    const lines = linesOf(await bytesOf(s3, bucket, object));
    return lines.map((line) => ({ ...namedIn(line), work: undefined }));
  }
  const { Metadata } = await s3.send(new HeadObjectCommand(placeOf(bucket, object)));
  const { whole, work, driver, vehicle, key: log } = fromMetadata(Metadata);
  const labelled = { work, drivers: some(driver), vehicles: some(vehicle), keys: some(log) };
  if (whole || !READABLE.test(object.key)) return [labelled];
  return [{ ...namedIn(Buffer.from(await bytesOf(s3, bucket, object)).toString()), work }];
}

/** Puts the other lines of an object into one of its own name; of an old version nobody misses them. */
export async function putOthers(
  s3: S3Client,
  bucket: string,
  object: Version,
  gone: ReadonlySet<number>,
): Promise<void> {
  if (!isPacked(object.key) || !object.latest) return;
  const lines = linesOf(await bytesOf(s3, bucket, object));
  const others = lines.filter((_, i) => !gone.has(i));
  if (others.length === 0) return;
  const { key, bytes } = await pack(object.key.slice(0, object.key.lastIndexOf('/') + 1), others);
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes, ContentType: PACKED_TYPE }));
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
