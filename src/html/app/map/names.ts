// SPDX-License-Identifier: MIT
// Names of roads along them, where there is room.
import type { RoadLine } from '../state/data.ts';
import type { Palette } from './colors.ts';
import type { MapView } from './view.ts';

/** Metres a pixel from which on names only crowd the map. */
const FARTHEST = 2.2;
/** Pixels between two names, and around one on its line. */
const APART = 110;
const ROOM = 24;
/** Pixels around a name that hold no fix. */
const DOT = 6;

/** A name that was drawn, in pixels. */
export interface Label {
  name: string;
  x: number;
  y: number;
  angle: number;
}

/** The longest straight piece of a line that lies in the window. */
function longestPiece(view: MapView, line: RoadLine): Label & { length: number } {
  let best = { name: line.name, x: 0, y: 0, angle: 0, length: 0 };
  const clampX = (x: number) => Math.min(view.width, Math.max(0, x));
  const clampY = (y: number) => Math.min(view.height, Math.max(0, y));
  for (let i = 1; i < line.lat.length; i++) {
    const [x0, x1] = [view.px(line.lon[i - 1] ?? 0), view.px(line.lon[i] ?? 0)];
    const [y0, y1] = [view.py(line.lat[i - 1] ?? 0), view.py(line.lat[i] ?? 0)];
    const length = Math.hypot(clampX(x1) - clampX(x0), clampY(y1) - clampY(y0));
    if (length <= best.length) continue;
    const [x, y] = [(clampX(x0) + clampX(x1)) / 2, (clampY(y0) + clampY(y1)) / 2];
    best = { name: line.name, x, y, angle: Math.atan((y1 - y0) / (x1 - x0)), length };
  }
  return best;
}

/** The names that found a place, away from what is `taken`. */
export function drawNames(
  c: CanvasRenderingContext2D,
  view: MapView,
  lines: readonly RoadLine[],
  p: Palette,
  taken: readonly { x: number; y: number }[] = [],
): readonly Label[] {
  if (view.metrePixel > FARTHEST) return [];
  c.font = '11px system-ui, sans-serif';
  c.textAlign = 'center';
  c.textBaseline = 'middle';
  const placed: Label[] = [];
  const pieces = lines.filter((line) => line.name !== '').map((line) => longestPiece(view, line));
  for (const piece of pieces.sort((a, b) => b.length - a.length)) {
    if (piece.length < c.measureText(piece.name).width + ROOM) continue;
    const near = (other: Label) =>
      Math.hypot(other.x - piece.x, other.y - piece.y) < APART * (other.name === piece.name ? 3 : 1);
    const half = c.measureText(piece.name).width / 2;
    const under = (dot: { x: number; y: number }) => Math.hypot(dot.x - piece.x, dot.y - piece.y) < half + DOT;
    if (placed.some(near) || taken.some(under)) continue;
    placed.push(piece);
    c.save();
    c.translate(piece.x, piece.y);
    c.rotate(piece.angle);
    c.lineWidth = 3;
    c.strokeStyle = p.halo;
    c.strokeText(piece.name, 0, 0);
    c.fillStyle = p.text;
    c.fillText(piece.name, 0, 0);
    c.restore();
  }
  return placed;
}
