// SPDX-License-Identifier: MIT
// Fewer points for the same line (Douglas & Peucker 1973), on the flat ground of a few kilometres.

const METRES_PER_DEGREE = 111_320;

/** Indexes of the points to keep, so that the line moves by at most `tolerance_m`. */
export function simplified(lat: ArrayLike<number>, lon: ArrayLike<number>, tolerance_m: number): number[] {
  const n = lat.length;
  if (n <= 2) return Array.from({ length: n }, (_, i) => i);
  const scale = Math.cos(((lat[0] ?? 0) * Math.PI) / 180);
  const x = (i: number) => (lon[i] ?? 0) * METRES_PER_DEGREE * scale;
  const y = (i: number) => (lat[i] ?? 0) * METRES_PER_DEGREE;
  const keep = new Uint8Array(n);
  keep[0] = 1;
  keep[n - 1] = 1;
  const open: [number, number][] = [[0, n - 1]];
  for (let range = open.pop(); range; range = open.pop()) {
    const [a, b] = range;
    const [dx, dy] = [x(b) - x(a), y(b) - y(a)];
    const length = Math.hypot(dx, dy);
    let [worst, at] = [tolerance_m, -1];
    for (let i = a + 1; i < b; i++) {
      const away =
        length < 1e-9
          ? Math.hypot(x(i) - x(a), y(i) - y(a))
          : Math.abs(dx * (y(i) - y(a)) - dy * (x(i) - x(a))) / length;
      if (away > worst) [worst, at] = [away, i];
    }
    if (at < 0) continue;
    keep[at] = 1;
    open.push([a, at], [at, b]);
  }
  return Array.from({ length: n }, (_, i) => i).filter((i) => keep[i]);
}
