// SPDX-License-Identifier: MIT
// What the colours of the drive mean.
import { colorOf, paletteOf, STEPS } from './map/colors.ts';
import { useUi } from './state/ui.ts';

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
