// SPDX-License-Identifier: MIT
// The map: a canvas that is moved, zoomed and drawn by its own rules, beside the components.
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { PageFinding } from '../../model.ts';
import type { Cursor } from '../state/cursor.ts';
import { type Bounds, placeAt } from '../state/data.ts';
import { afterPaint } from '../state/painted.ts';
import { useUi } from '../state/ui.ts';
import { paletteOf } from './colors.ts';
import {
  drawCar,
  drawDrive,
  drawFixes,
  drawPin,
  drawPlain,
  drawRoads,
  drawSignage,
  drawSigns,
  fixesOn,
} from './draw.ts';
import { drawNames } from './names.ts';
import { MapView } from './view.ts';

export interface Pin {
  lat: number;
  lon: number;
  verdict: PageFinding['verdict'];
  label: string;
  chosen: boolean;
  choose(): void;
}

export interface MapPanelProps {
  /** Asked for when the map is drawn, not before: of many drives it costs more than all else on the page. */
  bounds: () => Bounds;
  /** Drives drawn; the first in the colours of the speed when there is one only. */
  drives: readonly number[];
  pins: readonly Pin[];
  cursor?: Cursor;
  /** The finding in the middle of the map, with its fixes. */
  focus?: PageFinding | undefined;
  label: string;
  className?: string;
  /** Metres across when a finding is in focus. */
  metres?: number;
  plain?: boolean;
}

type Pointer = { x: number; y: number };

/** Listens to pointer, wheel and keys, and says when the view changed or a place was clicked. */
function listen(
  canvas: HTMLCanvasElement,
  view: MapView,
  changed: () => void,
  clicked: (x: number, y: number) => void,
): () => void {
  const pointers = new Map<number, Pointer>();
  let travelled = 0;
  const at = (e: PointerEvent | WheelEvent): Pointer => {
    const box = canvas.getBoundingClientRect();
    return { x: e.clientX - box.left, y: e.clientY - box.top };
  };
  const down = (e: PointerEvent) => {
    canvas.setPointerCapture(e.pointerId);
    pointers.set(e.pointerId, at(e));
    travelled = 0;
  };
  const move = (e: PointerEvent) => {
    const before = pointers.get(e.pointerId);
    if (!before) return;
    const now = at(e);
    const other = [...pointers].find(([id]) => id !== e.pointerId)?.[1];
    if (other) {
      const distance = (p: Pointer) => Math.max(1, Math.hypot(p.x - other.x, p.y - other.y));
      view.zoom(distance(now) / distance(before), other.x, other.y);
    } else view.move(now.x - before.x, now.y - before.y);
    travelled += Math.hypot(now.x - before.x, now.y - before.y);
    pointers.set(e.pointerId, now);
    changed();
  };
  const up = (e: PointerEvent) => {
    if (pointers.delete(e.pointerId) && travelled < 5 && e.type === 'pointerup') clicked(at(e).x, at(e).y);
  };
  const wheel = (e: WheelEvent) => {
    e.preventDefault();
    const { x, y } = at(e);
    view.zoom(Math.exp(-e.deltaY * 0.0015), x, y);
    changed();
  };
  const key = (e: KeyboardEvent) => {
    const step = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[e.key];
    if (step) view.move(step[0] ?? 0, step[1] ?? 0);
    else if (e.key === '+' || e.key === '=') view.zoom(1.5);
    else if (e.key === '-') view.zoom(1 / 1.5);
    else return;
    e.preventDefault();
    changed();
  };
  const control = new AbortController();
  const on = (name: string, f: (e: never) => void, passive = true) =>
    canvas.addEventListener(name, f as EventListener, { signal: control.signal, passive });
  on('pointerdown', down);
  on('pointermove', move);
  on('pointerup', up);
  on('pointercancel', up);
  on('wheel', wheel, false);
  on('keydown', key, false);
  return () => control.abort();
}

export function MapPanel(props: MapPanelProps) {
  const { report, t, theme, printing } = useUi();
  const canvas = useRef<HTMLCanvasElement>(null);
  const view = useRef(new MapView());
  const current = useRef(props);
  current.current = props;
  const redraw = useRef(() => {});

  const draw = () => {
    const c = canvas.current?.getContext('2d');
    if (!c || !canvas.current) return;
    const { drives, pins, cursor, focus } = current.current;
    const [v, p] = [view.current, paletteOf(theme)];
    if (v.width <= 1) return;
    const ratio = window.devicePixelRatio || 1;
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.fillStyle = p.ground;
    c.fillRect(0, 0, v.width, v.height);
    const lines = drawRoads(c, v, report, p);
    const dots = focus?.fixes ? fixesOn(v, focus.fixes) : [];
    drawSignage(c, v, lines, p, [...drawNames(c, v, lines, p, dots), ...dots]);
    for (const i of drives) {
      const path = report.path(i);
      if (!path) continue;
      if (drives.length === 1) drawDrive(c, v, path, p);
      else drawPlain(c, v, path, p.drive);
    }
    drawSigns(c, v, report, p);
    if (focus) drawFixes(c, v, focus, p);
    for (const pin of [...pins.filter((pin) => !pin.chosen), ...pins.filter((pin) => pin.chosen)]) {
      drawPin(c, v, pin, pin.label, pin.chosen);
    }
    const path = cursor && drives.length === 1 ? report.path(drives[0] ?? 0) : undefined;
    if (cursor && path && path.count > 0) {
      const place = placeAt(path, cursor.time);
      drawCar(c, v, place, p);
      canvas.current.dataset['cursor'] = `${place.lat.toFixed(6)},${place.lon.toFixed(6)}`;
      canvas.current.dataset['cursorPixel'] = `${v.px(place.lon).toFixed(1)},${v.py(place.lat).toFixed(1)}`;
    }
  };

  redraw.current = draw;

  const aim = () => {
    const { focus, bounds, metres = 240 } = current.current;
    if (focus) view.current.around(focus.lat, focus.lon, metres);
    else view.current.fit(bounds());
  };

  const size = () => {
    const element = canvas.current;
    if (!element) return;
    const box = element.getBoundingClientRect();
    const ratio = window.devicePixelRatio || 1;
    element.width = Math.round(box.width * ratio);
    element.height = Math.round(box.height * ratio);
    view.current.resize(box.width, box.height);
    aim();
    redraw.current();
  };
  // paper takes what is there at once; the screen's first picture does not wait for maps
  useLayoutEffect(() => {
    if (printing) size();
  }, [printing]);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    let frame = 0;
    const schedule = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => redraw.current());
    };
    const sized = new ResizeObserver(size);
    const shown = afterPaint(() => sized.observe(element));
    const clicked = (x: number, y: number) => {
      const { pins } = current.current;
      const hit = pins.findLast(
        (pin) => Math.hypot(view.current.px(pin.lon) - x, view.current.py(pin.lat) - 14 - y) < 16,
      );
      hit?.choose();
    };
    const stop = listen(element, view.current, schedule, clicked);
    const unsubscribe = props.cursor?.subscribe(schedule);
    return () => {
      shown();
      sized.disconnect();
      stop();
      unsubscribe?.();
      cancelAnimationFrame(frame);
    };
  }, [props.cursor]);

  useEffect(() => {
    if (view.current.width > 1) aim();
    redraw.current();
  }, [props.focus, props.bounds, theme]);
  useEffect(() => redraw.current(), [props.pins]);

  const zoom = (factor: number) => {
    view.current.zoom(factor);
    redraw.current();
  };
  return (
    <div class={`map ${props.className ?? ''}`}>
      <canvas ref={canvas} tabIndex={0} role="img" aria-label={`${props.label}. ${t.mapHelp}`} />
      {props.plain ? null : (
        <div class="map-buttons">
          <button type="button" aria-label={t.zoomIn} title={t.zoomIn} onClick={() => zoom(1.6)}>
            +
          </button>
          <button type="button" aria-label={t.zoomOut} title={t.zoomOut} onClick={() => zoom(1 / 1.6)}>
            −
          </button>
          <button
            type="button"
            aria-label={t.fit}
            title={t.fit}
            onClick={() => {
              view.current.fit(props.bounds());
              redraw.current();
            }}
          >
            ⤢
          </button>
        </div>
      )}
    </div>
  );
}
