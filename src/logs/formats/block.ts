// SPDX-License-Identifier: MIT
// Lines of JSON parsed together, where that gives what each alone would give.

/** Longer lines are parsed alone: how deep they nest is looked at first. */
export const PLAIN = 4096;

/**
 * Whether a line can be parsed among others: one brace opens at its start and one closes at its end. In a list of such
 * lines each brace that opens begins an item, and nothing but an item stands between two; a brace within a text that
 * goes on from line to line begins none. So the list has as many items as lines only where each line is one object.
 */
export function isAlone(line: string): boolean {
  const end = line.charCodeAt(line.length - 1) === 13 ? line.length - 2 : line.length - 1; // \r\n
  return (
    line.length <= PLAIN &&
    line.charCodeAt(0) === 123 &&
    line.indexOf('{', 1) < 0 &&
    end > 0 &&
    line.indexOf('}') === end
  );
}

/** The objects of lines that are each alone; undefined where any of them is none. */
export function objectsOf(lines: readonly string[]): Record<string, unknown>[] | undefined {
  try {
    const values = JSON.parse(`[${lines.join(',')}]`) as Record<string, unknown>[];
    return values.length === lines.length ? values : undefined;
  } catch {
    return undefined;
  }
}
