// SPDX-License-Identifier: MIT
// What the colours of the drive and the marks of the map mean.
import type { JSX } from 'preact';
import { colorOf, paletteOf, STEPS } from './map/colors.ts';
import { useUi } from './state/ui.ts';

/** What stands on the map beside the drive. */
export function Marks({ fixesOnly = false }: { fixesOnly?: boolean }) {
  const { t, theme } = useUi();
  const p = paletteOf(theme);
  const dot = (fill: string) => <circle cx="7" cy="7" r="3.6" fill={fill} stroke={p.cursor} stroke-width="1.6" />;
  const line = (d: string) => <path d={d} stroke={p.mark} stroke-width="2.4" />;
  const marks: [string, JSX.Element][] = [
    [t.proof, dot(p.cursor)],
    [t.fixes, dot(p.ground)],
    [t.line, line('M1 7H13')],
    [t.crossing, line('M2 2L12 12M12 2L2 12')],
    [t.oneway, <path d="M12 7L4 10.4V3.6Z" fill={p.text} />],
  ];
  return (
    <p class="legend">
      {marks.slice(0, fixesOnly ? 2 : marks.length).map(([text, mark]) => (
        <span key={text} class="step">
          <svg width="14" height="14" aria-hidden="true">
            {mark}
          </svg>
          {text}
        </span>
      ))}
    </p>
  );
}

export function Legend() {
  const { t, theme } = useUi();
  const p = paletteOf(theme);
  const steps: [number, string][] = [
    [0, `≤ ${STEPS[0]}`],
    [1, `1–${STEPS[1]}`],
    [2, `${STEPS[1]}–${STEPS[2]}`],
    [3, `> ${STEPS[2]}`],
    [-1, t.noLimit],
  ];
  return (
    <p class="legend">
      <span>{t.over}</span>
      {steps.map(([step, text]) => (
        <span key={step} class="step">
          <svg width="18" height="6" aria-hidden="true">
            <rect width="18" height="6" rx="3" fill={colorOf(p, step)} />
          </svg>
          {text}
        </span>
      ))}
    </p>
  );
}
