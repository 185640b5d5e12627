// SPDX-License-Identifier: MIT
// Cells of CSV.

/** A cell of CSV, in quotes where it must be. */
export function csvCell(value: unknown): string {
  const text = String(value ?? '');
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
