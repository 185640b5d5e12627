// SPDX-License-Identifier: MIT
// The cone of a stop: fixes, the speeds that the car can have had between them, and the lowest that the rule judged.
import { speedCone } from '../cone.ts';
import type { PageFinding } from '../model.ts';
import { paletteOf } from './map/colors.ts';
import { useUi } from './state/ui.ts';

const [W, H, LEFT, BOTTOM] = [420, 150, 34, 22];
/** Of the drive before and after the fixes that count, or else one fix more on each side. */
const AROUND_MS = 5000;

export function Cone({ finding }: { finding: PageFinding }) {
  const { t, theme, report } = useUi();
  const { decel, accel } = report.data.kinematics;
  const e = finding.fixes;
  const lowest = finding.measured['lowest_possible_kmh'];
  if (!e) return null;
  const [begin, end] = [(e.time_ms[e.first] ?? 0) - AROUND_MS, (e.time_ms[e.last] ?? 0) + AROUND_MS];
  const rows = e.time_ms
    .map((ms, i) => ({ s: ms / 1000, kmh: e.speed_kmh[i] ?? Number.NaN, ms }))
    .filter(
      (r, i) => !Number.isNaN(r.kmh) && ((r.ms >= begin && r.ms <= end) || (i >= e.first - 1 && i <= e.last + 1)),
    );
  if (rows.length < 2) return null;
  const cone = speedCone(
    rows.map((r) => r.s),
    rows.map((r) => r.kmh / 3.6),
    decel,
    accel,
  );
  const [from, to] = [rows[0]?.s ?? 0, rows.at(-1)?.s ?? 1];
  const top = Math.max(20, ...rows.map((r) => r.kmh)) * 1.15;
  const x = (s: number) => LEFT + ((s - from) / Math.max(0.1, to - from)) * (W - LEFT - 6);
  const y = (kmh: number) => 6 + (1 - Math.min(kmh, top) / top) * (H - BOTTOM - 6);
  const lower = cone.map((p) => `${x(p.s).toFixed(1)},${y(p.low * 3.6).toFixed(1)}`);
  const upper = cone.map((p) => `${x(p.s).toFixed(1)},${y(p.high * 3.6).toFixed(1)}`).reverse();
  const p = paletteOf(theme);
  const ticks = [0, 10, 20, 30, 40, 60, 80, 100].filter((v) => v <= top);
  return (
    <figure class="cone">
      <figcaption>{t.cone}</figcaption>
      <svg viewBox={`0 0 ${W} ${H}`} role="img" aria-label={`${t.cone}. ${t.coneNote(decel, accel)}`}>
        {ticks.map((v) => (
          <g key={v}>
            <line x1={LEFT} x2={W} y1={y(v)} y2={y(v)} stroke={p.casing} stroke-width="0.6" />
            <text x={LEFT - 5} y={y(v) + 3.5} text-anchor="end" font-size="10" fill={p.text}>
              {v}
            </text>
          </g>
        ))}
        <polygon points={[...lower, ...upper].join(' ')} fill={p.drive} opacity="0.28" />
        <polyline points={lower.join(' ')} fill="none" stroke={p.drive} stroke-width="1.4" />
        {lowest !== undefined && (
          <line
            x1={LEFT}
            x2={W}
            y1={y(lowest)}
            y2={y(lowest)}
            stroke={p.mark}
            stroke-width="1.4"
            stroke-dasharray="5 4"
          />
        )}
        {rows.map((r) => (
          <circle key={r.s} cx={x(r.s)} cy={y(r.kmh)} r="3" fill={p.cursor} />
        ))}
        <text x={W - 4} y={H - 6} text-anchor="end" font-size="10" fill={p.text}>
          {Math.round(to - from)} s
        </text>
        <text x={LEFT} y={H - 6} font-size="10" fill={p.text}>
          km/h
        </text>
      </svg>
      <p class="quiet">{t.coneNote(decel, accel)}</p>
    </figure>
  );
}
