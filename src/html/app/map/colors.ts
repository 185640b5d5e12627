// SPDX-License-Identifier: MIT
// Colours of the map and curve, by theme; steps of speed over the limit that colour-blind readers tell apart.

export interface Palette {
  ground: string;
  road: string;
  major: string;
  casing: string;
  text: string;
  halo: string;
  drive: string;
  mark: string;
  under: string;
  over: readonly [string, string, string];
  unknown: string;
  cursor: string;
}

const light: Palette = {
  ground: '#f6f6f3',
  road: '#ffffff',
  major: '#ffffff',
  casing: '#c9c9c4',
  text: '#4a4a48',
  halo: '#f6f6f3',
  drive: '#2f6f9f',
  mark: '#8a1c1c',
  under: '#1f6f8b',
  over: ['#b8860b', '#d1490f', '#8b0f3f'],
  unknown: '#7a7a78',
  cursor: '#111111',
};
const dark: Palette = {
  ground: '#17191c',
  road: '#3a3e44',
  major: '#4b5058',
  casing: '#24272b',
  text: '#c4c7cb',
  halo: '#17191c',
  drive: '#5fb0e0',
  mark: '#ff8f7a',
  under: '#4fb3cf',
  over: ['#f2c14e', '#ff8a4c', '#ff5d8f'],
  unknown: '#8f959c',
  cursor: '#ffffff',
};

export const paletteOf = (theme: 'light' | 'dark'): Palette => (theme === 'dark' ? dark : light);

/** Bounds of the steps, km/h over the limit. */
export const STEPS = [0, 10, 20] as const;

/** Step of a speed: -1 without a limit, 0 within it, 1 to 3 above. */
export function stepOf(speed: number, limit: number): number {
  if (speed < 0 || limit < 0) return -1;
  const over = speed - limit;
  return over <= STEPS[0] ? 0 : over <= STEPS[1] ? 1 : over <= STEPS[2] ? 2 : 3;
}

export const colorOf = (p: Palette, step: number) =>
  step < 0 ? p.unknown : step === 0 ? p.under : (p.over[step - 1] ?? p.under);
