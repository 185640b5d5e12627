// SPDX-License-Identifier: MIT
// One of the processes of pool.ts: every so many-th drive of each place, by every job.
import { type Drive, type Place, placeAt } from './drives.ts';
import { planOf, type Run, runOf, settingsOf } from './measure.ts';
import type { Answered, Job, Order } from './pool.ts';
import { driveMismatch } from './route.ts';

function answered(run: Run, job: number, drive: number): Answered {
  return {
    place: run.place,
    drive,
    job,
    events: run.events.map(({ event, answer, finding, determinable, plainly }) => ({
      event: run.drive.events.indexOf(event),
      answer,
      finding: event.state === 'violated' || answer === 'violated' ? finding : undefined,
      determinable,
      plainly,
    })),
    claims: run.claims.map(({ finding, truth, unsigned }) => ({ finding, truth, unsigned })),
    possible: run.possible,
    mismatch: driveMismatch(run.drive, run.at, run.route),
  };
}

function planFor(place: Place, job: Job) {
  const settings = settingsOf(place);
  Object.assign(settings, structuredClone(job.settings ?? {}));
  return planOf(place, job.maps?.[place.spec.name], settings);
}

function runPart({ places, jobs, part, parts }: Order): void {
  for (const { spec, map, drives } of places) {
    const whole = placeAt(spec, map);
    const wanted = new Set(drives);
    const place = { ...whole, drives: whole.drives.filter((d) => wanted.has(d.id)) };
    const plans = jobs.map((job) => planFor(place, job));
    place.drives.forEach((drive: Drive, d) => {
      if (d % parts !== part) return;
      const all = jobs.map((job, j) =>
        answered(runOf(place, drive, job.receiver, plans[j] as ReturnType<typeof planFor>), j, d),
      );
      process.send?.(all);
    });
  }
}

process.on('message', (order: Order) => {
  runPart(order);
  process.disconnect?.();
});
