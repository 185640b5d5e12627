// SPDX-License-Identifier: MIT
// One of the processes of pool.ts: every so many-th drive of each place, by every job.
import { DrawnTwice } from './drawn_twice.ts';
import { type Place, placeAt } from './drives.ts';
import { planOf, type Run, runOf, settingsOf } from './measure.ts';
import type { Answered, Job, Order } from './pool.ts';
import { driveMismatch } from './route.ts';

function answered(run: Run, job: number, drive: number, drawn: DrawnTwice): Answered {
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
    mismatch: driveMismatch(run.drive, run.at, run.route, drawn),
  };
}

function planFor(place: Place, job: Job) {
  const settings = settingsOf(place);
  Object.assign(settings, structuredClone(job.settings ?? {}));
  return planOf(place, job.maps?.[place.spec.name], settings);
}

const sent = (all: Answered[]) =>
  new Promise<void>((done, failed) => {
    process.send?.(all, undefined, undefined, (error: Error | null) => (error ? failed(error) : done()));
  });

async function runPart({ places, jobs, part, parts }: Order): Promise<void> {
  for (const { spec, map, drives } of places) {
    const whole = placeAt(spec, map);
    const wanted = new Set(drives);
    const place = { ...whole, drives: whole.drives.filter((d) => wanted.has(d.id)) };
    const drawn = DrawnTwice.under(map);
    const plans = jobs.map((job) => ({ ...job, plan: planFor(place, job) }));
    for (const [d, drive] of place.drives.entries()) {
      if (d % parts !== part) continue;
      await sent(plans.map(({ receiver, plan }, j) => answered(runOf(place, drive, receiver, plan), j, d, drawn)));
    }
  }
}

process.on('message', (order: Order) => {
  runPart(order).then(
    () => process.disconnect?.(),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
