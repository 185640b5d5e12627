// SPDX-License-Identifier: MIT
// Latitude and longitude as tables write them: decimal degrees, DDMM.MMMM, degrees with minutes and seconds,
// integers of 1e-7 degrees, with a letter of the hemisphere before, behind or in a column of its own.
import { decimal } from '../numbers.ts';

export type DegreeForm = 'decimal' | 'e7' | 'ddmm';

const SIGN: Record<string, number> = { n: 1, e: 1, s: -1, w: -1, 北: 1, 東: 1, 南: -1, 西: -1 };
const PARTS = /^(\d{1,3})\s*[°度]\s*(\d{1,2}(?:\.\d+)?)\s*['′’分]?\s*(?:(\d{1,2}(?:\.\d+)?)\s*(?:["″”秒]|'')?)?$/;

/** +1 north and east, -1 south and west; NaN for another text. */
export function hemisphere(text: string): number {
  return SIGN[text.trim().toLowerCase().charAt(0)] ?? Number.NaN;
}

/** DDMM.MMMM to degrees; NaN where the minutes are none. */
function degreesMinutes(value: number): number {
  const whole = Math.trunc(Math.abs(value) / 100);
  const minutes = Math.abs(value) - whole * 100;
  return minutes >= 60 ? Number.NaN : Math.sign(value) * (whole + minutes / 60);
}

/** What form a column's first value has. Four digits before the point, or five, are degrees and minutes. */
export function formOf(text: string, header: string): DegreeForm {
  if (/e-?7/i.test(header) || /^-?\d{7,10}$/.test(text.trim())) return 'e7';
  return /^[NSEW]?\s*-?\d{4,5}\.\d+\s*[NSEW]?$/i.test(text.trim()) ? 'ddmm' : 'decimal';
}

/** Degrees with the sign of the text's own letter; NaN where it cannot be used. */
export function degrees(text: string, form: DegreeForm): number {
  const plain = text.trim();
  const letter = /^[NSEWnsew北南東西]|[NSEWnsew]$/.exec(plain)?.[0];
  const sign = letter === undefined ? 1 : hemisphere(letter);
  const bare =
    letter === undefined
      ? plain
      : plain
          .replace(letter, '')
          .replace(/^緯|^経/, '')
          .trim();
  const parts = PARTS.exec(bare);
  if (parts) return sign * (Number(parts[1]) + Number(parts[2]) / 60 + Number(parts[3] ?? 0) / 3600);
  const value = decimal(bare.replace(/°$/, ''));
  if (form === 'e7') return (sign * value) / 1e7;
  return sign * (form === 'ddmm' ? degreesMinutes(value) : value);
}
