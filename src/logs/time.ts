// SPDX-License-Identifier: MIT
// A moment as results write it.
import { Temporal } from 'temporal-polyfill';

/** ISO 8601 with the zone's offset; milliseconds only where they are not zero. */
export function formatTime(ms: number, timeZone: string): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(Math.round(ms)).toZonedDateTimeISO(timeZone);
  return zoned.toString({
    timeZoneName: 'never',
    calendarName: 'never',
    smallestUnit: zoned.millisecond === 0 ? 'second' : 'millisecond',
  });
}
