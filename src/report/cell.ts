// SPDX-License-Identifier: MIT
// Cells of CSV.

/**
 * Where a spreadsheet would see a formula: at the start of a cell, and behind what a program with another separator takes
 * for the start of one. Wide characters count, for spreadsheets of East Asia read them as the narrow ones.
 */
const FORMULA = /(?<=^|[;\t\r\n])(?=[ \u00a0\u3000]*[=+\-@\t\r\n＝＋－＠])/g;

/** A text with an apostrophe before each place where a spreadsheet would begin to compute. */
export const guarded = (text: string) => text.replace(FORMULA, "'");

/** A cell of CSV, in quotes where it must be. Texts are guarded against formulas; numbers stay as they are. */
export function csvCell(value: unknown): string {
  const text = typeof value === 'string' ? guarded(value) : String(value ?? '');
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
