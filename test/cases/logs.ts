// SPDX-License-Identifier: MIT
// `node test/cases/logs.ts`: the forms of logs of ../shared/cases/logs and the hostile logs on the bundled town. Prints
// case → outcome → as expected or not; the exit code is 1 where one is not.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bundledTown } from '../../src/cli/demo.ts';
import { type Outcome, outcomeOf } from '../../src/cli/outcome.ts';
import type { Result } from '../../src/report/result.ts';
import { openSession } from '../../src/session.ts';

const cases = join(import.meta.dirname, '..', '..', '..', 'shared', 'cases');

/** What must hold of a result; a text is what an error must say. */
type Right = RegExp | ((r: Result) => boolean);

const starts = (start: string) => (r: Result) => r.drive.start === start && r.findings.length === 0;
const tenOClock = starts('2026-10-05T10:00:00+09:00');
const warns = (r: Result, text: RegExp) => r.input.warnings.some((w) => text.test(w));
const leaves = (r: Result, reason: string, rows: number) =>
  r.input.left_out.some((l) => l.reason === reason && l.rows === rows);
const innocent = (r: Result) => r.findings.every((f) => f.verdict !== 'violated');
const violates =
  (...rules: string[]) =>
  (r: Result) => {
    const found = r.findings.filter((f) => f.verdict === 'violated').map((f) => f.rule);
    return rules.every((rule) => found.includes(rule)) && found.every((rule) => rules.includes(rule));
  };
const acquitted = (r: Result, rule: string) => r.exposure.some((e) => e.rule === rule && (e.complied ?? 0) > 0);
const fixes = (n: number) => (r: Result) => r.drive.fixes === n && innocent(r);

/** By the file below ../shared/cases; each as its expected.md or README calls right. */
const RIGHT: Record<string, Right> = {
  'logs/01-offset-hours-only/input.csv': tenOClock,
  'logs/01-offset-hours-only/full.csv': starts('2026-10-05T17:00:00+09:00'),
  'logs/03-time-utc-without-zone/input.csv': tenOClock,
  'logs/03-time-utc-without-zone/full.csv': innocent,
  'logs/05-elapsed-milliseconds/input.csv': /:2: time is an elapsed time/,
  'logs/05-elapsed-milliseconds/full.csv': /:2: time is an elapsed time/,
  'logs/08-serial-day/input.csv': /:2: time is a day number of a spreadsheet/,
  'logs/10-date-and-time-columns/input.csv': tenOClock,
  'logs/12-gpx-speed-in-kmh/input.gpx': (r) => innocent(r) && warns(r, /3\.60 times/),
  'logs/12-gpx-speed-in-kmh/full.gpx': (r) => innocent(r) && warns(r, /3\.60 times/),
  'logs/13-speed-always-zero/input.csv': (r) => innocent(r) && warns(r, /always 0/),
  'logs/13-speed-always-zero/full.csv': (r) => !acquitted(r, 'stop-sign') && warns(r, /always 0/),
  'logs/14-speed-column-not-known/input.csv': (r) => r.input.speed_unit === 'm/s' && r.input.preset === 'GPSLogger',
  'logs/14-speed-column-not-known/full.csv': violates('stop-sign'),
  'logs/15-speed-km-h-header/input.csv': (r) => r.input.speed_unit === 'km/h',
  'logs/17-one-time-ahead/input.csv': (r) =>
    fixes(19)(r) && leaves(r, 'time_jumps', 1) && r.drive.end === '2026-10-05T10:00:19+09:00',
  'logs/17-one-time-ahead/full.csv': (r) => violates('speeding')(r) && leaves(r, 'time_jumps', 1),
  'logs/18-second-part-before-first/input.gpx': (r) => fixes(12)(r) && warns(r, /put in order/),
  'logs/18-second-part-before-first/full.csv': (r) => violates('speeding')(r) && warns(r, /put in order/),
  'logs/19-two-vehicles/input.csv': /the column "vehicle"/,
  'logs/19-two-vehicles/full.csv': /LOG_VEHICLES/,
  'logs/20-no-seconds/input.csv': /no seconds.*LOG_TIME_COARSE/,
  'logs/20-no-seconds/full.csv': (r) => warns(r, /no seconds/),
  'logs/21-rows-without-position/input.csv': (r) => fixes(2)(r) && leaves(r, 'no_position', 4),
  'logs/21-rows-without-position/full.csv': (r) => leaves(r, 'no_position', 150),
  'logs/23-zero-island/input.csv': (r) => fixes(3)(r) && leaves(r, 'no_position', 3) && r.match.off_road === 0,
  'logs/24-speed-kmh-minus-one/input.csv': (r) => fixes(6)(r) && r.input.unusable.length === 0,
  'logs/26-gpx-bearing-decimal-comma/input.gpx': (r) => fixes(6)(r) && warns(r, /course/),
  'logs/28-hemisphere-columns/input.csv': /LOG_OUTSIDE_MAP/,
  'logs/30-decimal-comma-unquoted/input.csv': /:2: the row has 9 fields and the header 5: a decimal comma/,
  'logs/31-semicolon-decimal-comma/input.csv': (r) => fixes(6)(r) && r.match.matched === 6,
  'logs/34-speed-blank-second-unit/input.csv': (r) => fixes(6)(r) && r.input.speed_ratio === 1,
  'logs/35-spaces-no-header/input.txt': /^(?!.*35\.1).*:1: a line with the names/,
  'logs/37-japanese-header/input.csv': (r) => tenOClock(r) && r.input.speed_unit === 'km/h',
  'logs/38-nmea/input.nmea': tenOClock,
  'logs/41-takeout-records/input.json': tenOClock,
  'logs/44-kml-gx-track/input.kml': tenOClock,
  'logs/47-torque/input.csv': (r) => tenOClock(r) && r.input.preset === 'Torque' && r.input.speed_unit === 'm/s',
  'logs/49-units-row/input.csv': (r) => tenOClock(r) && r.input.speed_unit === 'm/s',
  'logs/52-header-again/input.csv': (r) => fixes(5)(r) && leaves(r, 'repeated_header', 1),
  'logs/53-long-header/input.csv': tenOClock,
  'logs/57-utc-word/input.csv': tenOClock,
  'logs/59-xlsx-like-zip/input.xlsx': /Excel workbook/,
  'logs/61-utf16/input.csv': (r) => tenOClock(r) && r.input.encoding === 'utf-16le',
  'logs/66-sub-millisecond-time/input.csv': starts('2026-10-05T10:00:00.123+09:00'),
  'logs/66-sub-millisecond-time/full.csv': violates('no-entry'),
  'hostile/01-pandas-index/drive.csv': innocent,
  'hostile/01-pandas-index/drive-without.csv': innocent,
  'hostile/01-pandas-index/lawful-arterial-nospeed-index.csv': innocent,
  'hostile/01-pandas-index/lawful-arterial-nospeed-plain.csv': innocent,
  'hostile/01-pandas-index/lawful-errand-nospeed-index.csv': innocent,
  'hostile/01-pandas-index/lawful-errand-nospeed-plain.csv': innocent,
  'hostile/02-gpx-nesting/deep-2000000.gpx.gz': /LOG_DEPTH/,
  'hostile/02-gpx-nesting/deep-20000000.gpx.gz': /LOG_DEPTH/,
  'hostile/08-small-log-faults/dupcol.csv': /"lat" stands there twice/,
  'hostile/08-small-log-faults/feb31.csv': /:2: time is a day that the calendar does not have/,
  'hostile/08-small-log-faults/mixed.csv': fixes(5),
  'hostile/08-small-log-faults/emptykey.ndjson': /LOG_OUTSIDE_MAP/,
};

function logs(): string[] {
  const folders = ['logs', 'hostile'].flatMap((kind) =>
    readdirSync(join(cases, kind), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && (kind === 'logs' || /^0[128]-/.test(entry.name)))
      .map((entry) => join(kind, entry.name)),
  );
  const log = /(^(input|full)\.)|\.(csv|ndjson|gpx\.gz)$/;
  return folders.flatMap((folder) =>
    readdirSync(join(cases, folder))
      .filter((file) => log.test(file) && file !== 'expected.md')
      .sort()
      .map((file) => join(folder, file)),
  );
}

function told(outcome: Outcome): string {
  if ('error' in outcome) return outcome.error.replaceAll(cases, '').slice(0, 150);
  const { drive, findings, input } = outcome.result;
  const found = findings.map((f) => `${f.rule} ${f.verdict}`).join(', ') || 'no finding';
  return [`${drive.fixes} fixes from ${drive.start}: ${found}`, ...input.warnings].join('; ').slice(0, 150);
}

if (!existsSync(cases)) {
  process.stdout.write(`${cases} is not there: no case was looked at\n`);
} else {
  const map = await bundledTown();
  const session = openSession({ map, profile: 'jp' });
  let wrong = 0;
  for (const file of logs()) {
    const outcome = await outcomeOf(session, join(cases, file), {});
    const right = RIGHT[file];
    const good =
      right instanceof RegExp
        ? 'error' in outcome && right.test(outcome.error)
        : 'result' in outcome && right?.(outcome.result) === true;
    if (!good) wrong++;
    process.stdout.write(`${good ? 'right' : 'WRONG'}  ${file.padEnd(52)} ${told(outcome)}\n`);
  }
  process.stdout.write(`${wrong === 0 ? 'all are right' : `${wrong} are not right`}\n`);
  process.exitCode = wrong === 0 ? 0 : 1;
}
