// SPDX-License-Identifier: MIT
// Jobs over all drives, on every processor: each process takes its share of each place's drives.
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '../../src/types.ts';
import type { Mismatch } from '../real/route_mismatch.ts';
import type { Drive, Place } from './drives.ts';
import type { Spec } from './places.ts';
import type { Receiver } from './receivers.ts';
import type { Answer, Claim, Judged } from './score.ts';

export interface Job {
  receiver: Receiver;
  /** Maps in place of the places' own. */
  maps?: Record<string, string>;
  /** Groups in place of those of settings.yaml. */
  settings?: Record<string, unknown>;
}

export interface Order {
  places: { spec: Spec; map: string; drives: string[] }[];
  jobs: readonly Job[];
  part: number;
  parts: number;
}

/** What a process sends of one drive and job: drives and events by their number. */
export interface Answered {
  place: string;
  drive: number;
  job: number;
  events: { event: number; answer: Answer; finding: Finding | undefined; determinable: boolean; plainly: boolean }[];
  claims: Omit<Claim, 'drive'>[];
  possible: string[];
  mismatch: Mismatch | undefined;
}

/** A run as the tables need it. */
export interface Measured {
  place: string;
  /** Minutes of the place's clock before UTC. */
  zone: number;
  drive: Drive;
  km: number;
  events: Judged[];
  claims: Claim[];
  possible: string[];
  mismatch: Mismatch | undefined;
}

function measured(all: readonly Place[], a: Answered): Measured {
  const place = all.find((p) => p.spec.name === a.place) as Place;
  const drive = place.drives[a.drive] as Drive;
  const km = (drive.end_m - drive.begin_m) / 1000;
  const events = a.events.map((e) => ({ ...e, drive, event: drive.events[e.event] as Judged['event'] }));
  return { ...a, zone: place.spec.zone, drive, km, events, claims: a.claims.map((c) => ({ ...c, drive })) };
}

/** Sends the order and gathers what comes; rejects where the process fails. */
function ask(order: Order, take: (all: Answered[]) => void): Promise<void> {
  return new Promise((done, failed) => {
    const child = fork(join(import.meta.dirname, 'worker.ts'), { serialization: 'advanced' });
    child.on('message', (all) => take(all as Answered[]));
    child.on('error', failed);
    child.on('exit', (code) => (code === 0 ? done() : failed(new Error(`a process of the bench ended with ${code}`))));
    child.send(order);
  });
}

/** By job, the runs in the order of places and drives. */
export async function measureAll(all: readonly Place[], jobs: readonly Job[]): Promise<Measured[][]> {
  const parts = availableParallelism();
  const places = all.map(({ spec, map, drives }) => ({ spec, map, drives: drives.map((d) => d.id) }));
  const answers: Answered[] = [];
  const orders = Array.from({ length: parts }, (_, part) => ({ places, jobs, part, parts }));
  await Promise.all(orders.map((order) => ask(order, (some) => answers.push(...some))));
  const wanted = all.reduce((sum, place) => sum + place.drives.length, 0) * jobs.length;
  if (answers.length !== wanted) throw new Error(`${answers.length} of ${wanted} runs were answered`);
  const rank = new Map(all.map((p, i) => [p.spec.name, i]));
  answers.sort((a, b) => (rank.get(a.place) ?? 0) - (rank.get(b.place) ?? 0) || a.drive - b.drive);
  const byJob: Measured[][] = jobs.map(() => []);
  for (const a of answers) byJob[a.job]?.push(measured(all, a));
  return byJob;
}
