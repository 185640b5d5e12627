// SPDX-License-Identifier: MIT
// The date at the beginning of a text, in the orders that programs write, and what follows it.

export interface DatePart {
  /** Midnight as if it were UTC. */
  ms: number;
  rest: string;
  /** Set where the text itself shows that the day, or the month, comes first. */
  dayFirst?: boolean | undefined;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAY = 86_400_000;

/** `Mon Oct 05 10:00:00 GMT+09:00 2026`, as Java and C print, with the year moved to the date. */
const YEAR_LAST = /^(?:[a-z]{3} )?([a-z]{3}) +(\d{1,2}) (\d\d:\d\d:\d\d(?:\.\d+)?)(?: ([a-z]*[+-]?[\d:]*))? (\d{4})$/i;

/** Milliseconds of midnight UTC; NaN for a day that the calendar does not have. */
export function dayMs(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : Number.NaN;
}

type Shape = [RegExp, (m: string[], dayFirst: boolean | undefined) => DatePart | string];

/** Thai years run 543 ahead, Persian and Islamic ones some 600 behind; Bikram Sambat is 57 ahead, within what may be. */
const OTHER_CALENDAR = (year: number) => (year > 2400 && year < 2700) || (year > 1300 && year < 1500);

function part(year: number, month: number, day: number, rest: string, dayFirst?: boolean): DatePart | string {
  if (Number.isNaN(month)) return 'a date whose month has a name that is not English';
  if (OTHER_CALENDAR(year)) return 'a year of another calendar; write the year of the Western calendar';
  const ms = month >= 1 && month <= 12 ? dayMs(year, month, day) : Number.NaN;
  return Number.isNaN(ms) ? 'a day that the calendar does not have' : { ms, rest, dayFirst };
}

/** Marraskuu is November. */
const monthOf = (name = '') =>
  /^marras/i.test(name) ? Number.NaN : MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1 || Number.NaN;

/** A date of the week by ISO 8601: week 1 holds 4 January. */
function weekDate(year: number, week: number, day: number): number {
  const fourth = dayMs(year, 1, 4);
  return fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY + ((week - 1) * 7 + day - 1) * DAY;
}

/** Days of a year's first and last week that lie beside it, at most. */
const WEEK_BESIDE = 3 * DAY;

/** A day counted from the beginning of a year: counts that lead beyond its end are none. */
function counted(year: number, ms: number, beside: number, rest: string): DatePart | string {
  const isOfYear = ms >= dayMs(year, 1, 1) - beside && ms <= dayMs(year, 12, 31) + beside;
  return isOfYear ? { ms, rest } : 'a day that the calendar does not have';
}

function numbers(m: string[], order: boolean | undefined): DatePart | string {
  const [, a = '', mark = '', b = '', year = '', rest = ''] = m;
  const [first, second] = [Number(a), Number(b)];
  if (OTHER_CALENDAR(Number(year))) return part(Number(year), first, second, rest);
  const shown = mark === '.' || first > 12 ? true : second > 12 ? false : undefined;
  const dayFirst = shown ?? order ?? (first === second ? true : undefined);
  if (dayFirst === undefined)
    return 'a date whose day and month cannot be distinguished; say which comes first, with --columns time=dmy:… or time=mdy:…';
  const [day, month] = dayFirst ? [first, second] : [second, first];
  return part(Number(year), month, day, rest, shown);
}

const SHAPES: Shape[] = [
  [
    /^(\d{4})(?:[-/:年년]|\. ?) ?(\d{1,2})(?:[-/:月월]|\. ?) ?(\d{1,2})(?:[日일]|\.(?=\s)|(?!\d))(.*)$/,
    (m) => part(Number(m[1]), Number(m[2]), Number(m[3]), m[4] ?? ''),
  ],
  [/^(\d{4})(\d\d)(\d\d)(?!\d)(.*)$/, (m) => part(Number(m[1]), Number(m[2]), Number(m[3]), m[4] ?? '')],
  [
    /^(\d{4})-?W(\d\d)-?([1-7])(?!\d)(.*)$/i,
    (m) => counted(Number(m[1]), weekDate(Number(m[1]), Number(m[2]), Number(m[3])), WEEK_BESIDE, m[4] ?? ''),
  ],
  [
    /^(\d{4})-?(\d{3})(?!\d)(.*)$/,
    (m) => counted(Number(m[1]), dayMs(Number(m[1]), 1, 1) + (Number(m[2]) - 1) * DAY, 0, m[3] ?? ''),
  ],
  [/^(\d{1,2})([/.-]) ?(\d{1,2})[/.-] ?(\d{4})\.?(?!\d)(.*)$/, numbers],
  [
    /^(?:[a-z]{3,9},?\s+)?(\d{1,2})\.?[\s-](?:de\s)?(\p{L}{3,})\.?[\s,-]+(?:de\s)?(\d{4})(?!\d)(.*)$/iu,
    (m) => part(Number(m[3]), monthOf(m[2]), Number(m[1]), m[4] ?? ''),
  ],
  [
    /^(?:[a-z]{3,9},?\s+)?([a-z]{3,})\.?\s+(\d{1,2}),?\s+(\d{4})(?!\d)(.*)$/i,
    (m) => part(Number(m[3]), monthOf(m[1]), Number(m[2]), m[4] ?? ''),
  ],
];

/** A year of the reigns since 1868, by name or initial. */
const ERA = /^(?:令和|平成|昭和|大正|明治|[RHS](?=\d))\s*(?:\d|元)/i;

/** The date and the rest of the text, or why there is no date; an empty reason: it has no form of a date. */
export function splitDate(text: string, dayFirst: boolean | undefined): DatePart | string {
  if (ERA.test(text)) return 'a year of a Japanese era; write the year of the Western calendar';
  const moved = YEAR_LAST.exec(text);
  const whole = moved ? `${moved[2]} ${moved[1]} ${moved[5]} ${moved[3]} ${moved[4] ?? ''}`.trim() : text;
  for (const [shape, make] of SHAPES) {
    const m = shape.exec(whole);
    if (m) return make([...m], dayFirst);
  }
  return '';
}
