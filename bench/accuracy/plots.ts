// SPDX-License-Identifier: MIT
// The two plots of docs/ACCURACY.md, as plain SVG.
import type { Calibration } from './calibration.ts';

const SIDE = 360;
const EDGE = 48;
const COLOURS = ['#1b6ca8', '#c0392b', '#27864a', '#8e5ea2', '#b9770e', '#555555'];

const frame = (title: string, x: string, y: string, inner: string, legend: readonly string[]) => {
  const width = SIDE + 2 * EDGE + 170;
  const height = SIDE + 2 * EDGE;
  const names = legend.map(
    (name, i) =>
      `<text x="${SIDE + EDGE + 14}" y="${EDGE + 14 + 18 * i}" fill="${COLOURS[i % COLOURS.length]}">${name}</text>`,
  );
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1].map((v) => {
    const at = EDGE + SIDE * (1 - v);
    return `<line x1="${EDGE}" x2="${EDGE + SIDE}" y1="${at}" y2="${at}" stroke="#ddd"/><text x="${EDGE - 6}" y="${at + 4}" text-anchor="end">${v}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="${EDGE}" y="24" font-size="15">${title}</text>`,
    ...ticks,
    `<text x="${EDGE + SIDE / 2}" y="${height - 10}" text-anchor="middle">${x}</text>`,
    `<text x="14" y="${EDGE + SIDE / 2}" text-anchor="middle" transform="rotate(-90 14 ${EDGE + SIDE / 2})">${y}</text>`,
    inner,
    ...names,
    '</svg>',
    '',
  ].join('\n');
};

const at = (x: number, y: number) =>
  `${(EDGE + SIDE * Math.max(0, Math.min(1, x))).toFixed(1)},${(EDGE + SIDE * (1 - y)).toFixed(1)}`;

/** Said against true; a circle's area grows with the number of findings. */
export function reliability(series: Record<string, Calibration>): string {
  const diagonal = `<line x1="${EDGE}" y1="${EDGE + SIDE}" x2="${EDGE + SIDE}" y2="${EDGE}" stroke="#999" stroke-dasharray="4"/>`;
  const lines = Object.values(series).map((c, i) => {
    const colour = COLOURS[i % COLOURS.length];
    const points = c.bins.map((b) => at(b.said, b.true)).join(' ');
    const circles = c.bins.map((b) => {
      const [cx, cy] = at(b.said, b.true).split(',');
      return `<circle cx="${cx}" cy="${cy}" r="${(1.5 + Math.sqrt(b.count) / 4).toFixed(1)}" fill="${colour}" fill-opacity="0.5"/>`;
    });
    return `<polyline points="${points}" fill="none" stroke="${colour}"/>${circles.join('')}`;
  });
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1].map(
    (v) => `<text x="${EDGE + SIDE * v}" y="${EDGE + SIDE + 16}" text-anchor="middle">${v}</text>`,
  );
  const legend = Object.entries(series).map(([name, c]) => `${name}: ECE ${c.ece.toFixed(3)}`);
  return frame('Reliability', 'said', 'true', [diagonal, ...lines, ...ticks].join('\n'), legend);
}

/** Shares over intervals, one line a rule. */
export function overIntervals(title: string, seconds: readonly number[], series: Record<string, number[]>): string {
  const x = (i: number) => i / Math.max(1, seconds.length - 1);
  const lines = Object.values(series).map((values, i) => {
    const points = values.flatMap((v, k) => (Number.isFinite(v) ? [at(x(k), v)] : []));
    return `<polyline points="${points.join(' ')}" fill="none" stroke="${COLOURS[i % COLOURS.length]}" stroke-width="2"/>`;
  });
  const ticks = seconds.map(
    (s, i) => `<text x="${EDGE + SIDE * x(i)}" y="${EDGE + SIDE + 16}" text-anchor="middle">${s}</text>`,
  );
  return frame(title, 'seconds between fixes', 'share', [...lines, ...ticks].join('\n'), Object.keys(series));
}
