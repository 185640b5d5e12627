// SPDX-License-Identifier: MIT
// The coordinates of maps in mainland China, GCJ-02 and BD-09, to WGS 84: 300 to 700 m away, a shift that waves with the
// place. To a metre or two: enough to see whether a drive lies on the roads.

const MAJOR_M = 6_378_245;
const ECCENTRICITY_2 = 0.006693421622965943;
const RADIAN = Math.PI / 180;

/** A sum of waves over degrees: amplitude in metres, and degrees of half a wave. */
const waves = (at: number, ...parts: readonly (readonly [amplitude: number, half: number])[]) =>
  parts.reduce((sum, [amplitude, half]) => sum + ((2 * amplitude) / 3) * Math.sin((at / half) * Math.PI), 0);
/** East of 105 degrees and north of 35. */
const eastNorth = (lat: number, lon: number) => [lon - 105, lat - 35] as const;
const ofLongitude = (east: number) => waves(east, [20, 1 / 6], [20, 1 / 2]);
const flattening = (lat: number) => 1 - ECCENTRICITY_2 * Math.sin(lat * RADIAN) ** 2;

function shiftNorth(lat: number, lon: number): number {
  const [x, y] = eastNorth(lat, lon);
  const plane = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x));
  const metres = plane + ofLongitude(x) + waves(y, [20, 1], [40, 3], [160, 12], [320, 30]);
  return metres / ((MAJOR_M * (1 - ECCENTRICITY_2) * RADIAN) / flattening(lat) ** 1.5);
}

function shiftEast(lat: number, lon: number): number {
  const [x, y] = eastNorth(lat, lon);
  const plane = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x));
  const metres = plane + ofLongitude(x) + waves(x, [20, 1], [40, 3], [150, 12], [300, 30]);
  return metres / ((MAJOR_M * Math.cos(lat * RADIAN) * RADIAN) / Math.sqrt(flattening(lat)));
}

export const latOfGcj = (lat: number, lon: number): number => lat - shiftNorth(lat, lon);
export const lonOfGcj = (lon: number, lat: number): number => lon - shiftEast(lat, lon);

/** BD-09 to GCJ-02, which it shifts and waves once more. */
function gcjOfBaidu(lat: number, lon: number): [lat: number, lon: number] {
  const [x, y] = [lon - 0.0065, lat - 0.006];
  const turns = (Math.PI * 3000) / 180;
  const far = Math.hypot(x, y) - 0.00002 * Math.sin(y * turns);
  const angle = Math.atan2(y, x) - 0.000003 * Math.cos(x * turns);
  return [far * Math.sin(angle), far * Math.cos(angle)];
}

export const latOfBaidu = (lat: number, lon: number): number => latOfGcj(...gcjOfBaidu(lat, lon));
export function lonOfBaidu(lon: number, lat: number): number {
  const [y, x] = gcjOfBaidu(lat, lon);
  return lonOfGcj(x, y);
}
