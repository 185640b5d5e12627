// SPDX-License-Identifier: MIT
// Samples as a flame graph (B. Gregg): width is the share of the samples, a frame lies on the one that called it, and
// callees are in the order of their names. The same samples give the same bytes.

interface Frame {
  count: number;
  callees: Map<string, Frame>;
}

const WIDTH = 1200;
const ROW = 16;
const TOP = 24;
const LETTER = 6.2;
/** Narrower frames are left out: they would be less than a line. */
const LEAST = 0.6;

function treeOf(stacks: readonly (readonly string[])[]): Frame {
  const root: Frame = { count: 0, callees: new Map() };
  for (const stack of stacks) {
    let at = root;
    at.count++;
    for (const name of stack.toReversed()) {
      const next = at.callees.get(name) ?? { count: 0, callees: new Map() };
      at.callees.set(name, next);
      next.count++;
      at = next;
    }
  }
  return root;
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A warm colour that is the name's own. */
function colour(name: string): string {
  let hash = 0;
  for (const letter of name) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 65_521;
  return `hsl(${(hash % 45) + 8} 80% ${68 + (Math.floor(hash / 45) % 14)}%)`;
}

/** Without namespaces, where there are no templates. */
const label = (name: string) => (/^[\w:]+$/.test(name) ? name.split('::').slice(-2).join('::') : name);

function box(name: string, share: number, x: number, y: number, width: number): string {
  const letters = Math.floor((width - 4) / LETTER);
  const own = label(name);
  const shown = own.length <= letters ? own : letters > 3 ? `${own.slice(0, letters - 1)}…` : '';
  const text = shown && `<text x="${(x + 2).toFixed(1)}" y="${y + 12}">${escaped(shown)}</text>`;
  const title = `<title>${escaped(name)}: ${(100 * share).toFixed(1)} %</title>`;
  const place = `x="${x.toFixed(1)}" y="${y}" width="${(width - 0.5).toFixed(1)}" height="${ROW - 1}"`;
  return `<g>${title}<rect ${place} fill="${colour(name)}"/>${text}</g>`;
}

/** `stacks`: frames from the leaf on. */
export function flameGraph(title: string, stacks: readonly (readonly string[])[]): string {
  const root = treeOf(stacks);
  const boxes: { name: string; count: number; x: number; depth: number; width: number }[] = [];
  const lay = (frame: Frame, left: number, depth: number) => {
    let x = left;
    for (const [name, callee] of [...frame.callees].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const width = (WIDTH * callee.count) / root.count;
      if (width >= LEAST) {
        boxes.push({ name, count: callee.count, x, depth, width });
        lay(callee, x, depth + 1);
      }
      x += width;
    }
  };
  lay(root, 0, 0);
  const rows = Math.max(...boxes.map((b) => b.depth), 0) + 1;
  const height = TOP + rows * ROW + 4;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="monospace" font-size="10">`,
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/><text x="4" y="16" font-size="12">${escaped(title)}</text>`,
    ...boxes.map((b) => box(b.name, b.count / root.count, b.x, height - 4 - (b.depth + 1) * ROW, b.width)),
    '</svg>',
    '',
  ].join('\n');
}
