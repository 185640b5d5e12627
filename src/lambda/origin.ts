// SPDX-License-Identifier: MIT
// Whose a result is: the object it was made from, and the driver and vehicle as the message, the object's metadata or
// the log itself names them, in that order.
import { fromMetadata, type Labels } from '../erase/labels.ts';
import type { Result } from '../report/result.ts';
import type { Source } from '../session.ts';
import type { LogHead } from './fetch.ts';
import type { Job } from './messages.ts';

/** Metadata of a log, under which its owner may name them; percent-encoded or plain. */
const DRIVER = 'driver-id';
const VEHICLE = 'vehicle-id';

/** What a result is told of itself beside its analysis. */
export interface Owner {
  driver_id: string | undefined;
  vehicle_id: string | undefined;
  generation: string;
}

export interface Origin {
  job: Job;
  /** None while the log has not been found. */
  head?: LogHead | undefined;
  /** Name of the work. */
  id?: string | undefined;
  generation?: string | undefined;
}

/** To the second, as S3 says it. */
const timeOf = (date: Date | undefined) => date?.toISOString().replace('.000Z', 'Z');

export function sourceOf({ job, head }: Origin): NonNullable<Source> {
  const { bucket, key } = job;
  return {
    bucket,
    key,
    etag: head?.etag ?? '',
    version: head?.version ?? null,
    received: timeOf(head?.received) ?? null,
  };
}

export function people({ job, head }: Origin): Omit<Owner, 'generation'> {
  const said = fromMetadata({ driver: head?.metadata[DRIVER] ?? '', vehicle: head?.metadata[VEHICLE] ?? '' });
  return {
    driver_id: job.driver_id ?? (said.driver || undefined),
    vehicle_id: job.vehicle_id ?? (said.vehicle || undefined),
  };
}

/** The result with its driver, vehicle and generation; `source` it has from its analysis. */
export function owned(result: Result, { driver_id, vehicle_id, generation }: Owner): Result {
  const drive = {
    ...result.drive,
    vehicle_id: vehicle_id ?? result.drive.vehicle_id,
    driver_id: driver_id ?? result.drive.driver_id,
  };
  const { version, ...engine } = result.engine;
  return { ...result, drive, engine: { version, generation, ...engine } };
}

/** Metadata of what is stored; `drive` where there is a result. */
export function labelsOf(origin: Origin, drive?: Pick<Result['drive'], 'driver_id' | 'vehicle_id'>): Labels {
  const { driver_id, vehicle_id } = people(origin);
  const { bucket, key, etag, version, received } = sourceOf(origin);
  return {
    work: origin.id,
    driver: drive?.driver_id ?? driver_id,
    vehicle: drive?.vehicle_id ?? vehicle_id,
    bucket,
    key,
    generation: origin.generation,
    received: received ?? undefined,
    etag: etag || undefined,
    version: version ?? undefined,
  };
}
