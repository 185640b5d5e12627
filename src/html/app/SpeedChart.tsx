// SPDX-License-Identifier: MIT
// Speed against the limit over the whole drive (uPlot), with the cursor that the map follows.
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import type { PageFinding } from '../model.ts';
import { paletteOf } from './map/colors.ts';
import type { Cursor } from './state/cursor.ts';
import { indexAt, type Path } from './state/data.ts';
import { type Theme, useUi } from './state/ui.ts';

const known = (values: Float64Array) => Array.from(values, (v) => (v < 0 ? null : v));

/** A gap in the path is a gap in the curve: a point without values before each new piece. */
function series(path: Path): uPlot.AlignedData {
  const x = Array.from(path.time, (t) => t / 1000);
  const columns = [known(path.speed), known(path.high), known(path.low)];
  for (let i = path.count - 1; i > 0; i--) {
    if (!path.breaks[i]) continue;
    x.splice(i, 0, (path.time[i] ?? 0) / 1000 - 0.001);
    for (const column of columns) column.splice(i, 0, null);
  }
  return [x, ...columns] as uPlot.AlignedData;
}

const shadeOf = (theme: Theme) => (theme === 'dark' ? '#ff5d8f33' : '#b3261e22');

/** Stretches of the findings, behind the curve. */
function shade(findings: readonly PageFinding[], color: string) {
  return (u: uPlot) => {
    for (const f of findings) {
      if (f.verdict !== 'violated' && f.verdict !== 'possible') continue;
      const [x0, x1] = [u.valToPos(f.start_ms / 1000, 'x', true), u.valToPos(f.end_ms / 1000, 'x', true)];
      u.ctx.fillStyle = color;
      u.ctx.fillRect(x0 - 1, u.bbox.top, Math.max(3, x1 - x0 + 2), u.bbox.height);
    }
  };
}

export function SpeedChart({
  path,
  cursor,
  findings,
  zone,
}: {
  path: Path;
  cursor: Cursor;
  findings: readonly PageFinding[];
  zone: string;
}) {
  const { t, f, theme } = useUi();
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = holder.current;
    if (!element) return;
    const p = paletteOf(theme);
    const axis = { stroke: p.text, grid: { stroke: p.casing, width: 0.5 }, ticks: { stroke: p.casing, width: 0.5 } };
    const u: uPlot = new uPlot(
      {
        width: Math.max(100, element.clientWidth),
        height: 190,
        legend: { show: false },
        cursor: { y: false, drag: { x: true, y: false }, points: { size: 9 } },
        scales: { x: { time: true }, y: { range: (_u, _min, max) => [0, Math.max(40, max * 1.1)] } },
        series: [
          {},
          { label: t.speed, stroke: p.drive, width: 1.8 },
          {
            label: t.limit,
            stroke: p.mark,
            width: 1.6,
            points: { show: false },
            paths: uPlot.paths.stepped?.({ align: 1 }),
          },
          {
            label: t.limit,
            stroke: p.mark,
            width: 1,
            dash: [4, 4],
            points: { show: false },
            paths: uPlot.paths.stepped?.({ align: 1 }),
          },
        ] as uPlot.Series[],
        axes: [
          { ...axis, values: (_u, ticks) => ticks.map((s) => f.clock(s * 1000, zone)), space: 84 },
          { ...axis, label: 'km/h', labelSize: 16, size: 44 },
        ],
        hooks: {
          // sizes are known from here on
          ready: [() => follow(cursor.time)],
          drawAxes: [shade(findings, shadeOf(theme))],
        },
      },
      series(path),
      element,
    );
    const follow = (time: number) => {
      const i = indexAt(path, time);
      const speed = Math.max(0, path.speed[i] ?? 0);
      u.setCursor({ left: u.valToPos(time / 1000, 'x'), top: u.valToPos(speed, 'y') }, false);
      element.dataset['cursor'] = `${Math.round(time)}`;
    };
    // the chart's own hook also fires when it is the one that follows
    const pointed = (e: MouseEvent) => {
      const left = e.clientX - u.over.getBoundingClientRect().left;
      cursor.set(u.posToVal(left, 'x') * 1000);
    };
    u.over.addEventListener('mousemove', pointed);
    const unsubscribe = cursor.subscribe(follow);
    const sized = new ResizeObserver(() => {
      u.setSize({ width: Math.max(100, element.clientWidth), height: 190 });
      follow(cursor.time);
    });
    sized.observe(element);
    return () => {
      unsubscribe();
      sized.disconnect();
      u.destroy();
    };
  }, [path, cursor, findings, theme, t, zone]);
  const p = paletteOf(theme);
  const marks = [
    [t.speed, p.drive],
    [t.limit, p.mark],
    [t.stretch, shadeOf(theme)],
  ] as const;
  return (
    <>
      <p class="legend">
        {marks.map(([text, color]) => (
          <span key={text} class="step">
            <svg width="18" height="8" aria-hidden="true">
              <rect
                y={color === shadeOf(theme) ? 0 : 2.5}
                width="18"
                height={color === shadeOf(theme) ? 8 : 3}
                fill={color}
              />
            </svg>
            {text}
          </span>
        ))}
      </p>
      <div class="chart" ref={holder} role="img" aria-label={t.chart} />
    </>
  );
}
