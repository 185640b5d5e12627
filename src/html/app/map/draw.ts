// SPDX-License-Identifier: MIT
// Layers of the map, from the ground up: roads, their arrows and limits, signs, the drive, pins, the car.
import type { EvidenceFixes, PageFinding } from '../../model.ts';
import type { Bounds, Path, Report, RoadLine } from '../state/data.ts';
import { colorOf, type Palette, stepOf } from './colors.ts';
import type { MapView } from './view.ts';

type Canvas = CanvasRenderingContext2D;

const WIDTH: Record<string, number> = {
  motorway: 11,
  trunk: 10,
  primary: 9,
  secondary: 8,
  tertiary: 7,
  unclassified: 5.5,
  residential: 5.5,
  living_street: 5,
  service: 3.2,
  track: 2.5,
};
/** Pixels around a name's middle or a fix that a limit leaves free. */
const ROOM = 50;
const inside = (a: Bounds, b: Bounds) =>
  a.minLat <= b.maxLat && a.maxLat >= b.minLat && a.minLon <= b.maxLon && a.maxLon >= b.minLon;

/** Pixels of a road: its width in metres when near, thinner when far. */
const widthOf = (road: string, view: MapView) =>
  Math.max(0.7, Math.min((WIDTH[road] ?? 5) / view.metrePixel, (WIDTH[road] ?? 5) * 2.2));

function trace(c: Canvas, view: MapView, line: { lat: Float64Array; lon: Float64Array }): void {
  c.beginPath();
  for (let i = 0; i < line.lat.length; i++) c.lineTo(view.px(line.lon[i] ?? 0), view.py(line.lat[i] ?? 0));
}

export function drawRoads(c: Canvas, view: MapView, report: Report, p: Palette): RoadLine[] {
  const window = view.bounds();
  const shown = report.roads().filter((line) => inside(line, window));
  const order = shown.toSorted((a, b) => a.layer - b.layer || (WIDTH[a.road_class] ?? 5) - (WIDTH[b.road_class] ?? 5));
  c.lineCap = 'round';
  c.lineJoin = 'round';
  for (const casing of [true, false]) {
    for (const line of order) {
      const width = widthOf(line.road_class, view);
      if (casing && width < 2) continue;
      trace(c, view, line);
      c.lineWidth = casing ? width + 1.6 : width;
      c.strokeStyle = casing || width < 2 ? p.casing : (WIDTH[line.road_class] ?? 5) >= 8 ? p.major : p.road;
      c.stroke();
    }
  }
  return shown;
}

/** Walks along a line and calls back every `step` pixels with the place and direction. */
function along(
  view: MapView,
  line: RoadLine,
  step: number,
  visit: (x: number, y: number, angle: number) => void,
): void {
  let rest = step / 2;
  for (let i = 1; i < line.lat.length; i++) {
    const [x0, y0] = [view.px(line.lon[i - 1] ?? 0), view.py(line.lat[i - 1] ?? 0)];
    const [x1, y1] = [view.px(line.lon[i] ?? 0), view.py(line.lat[i] ?? 0)];
    const length = Math.hypot(x1 - x0, y1 - y0);
    for (; rest < length; rest += step) {
      visit(x0 + ((x1 - x0) * rest) / length, y0 + ((y1 - y0) * rest) / length, Math.atan2(y1 - y0, x1 - x0));
    }
    rest -= length;
  }
}

/** Arrows of one-way streets and signed limits, once a street is wide enough to hold them. */
export function drawSignage(
  c: Canvas,
  view: MapView,
  lines: readonly RoadLine[],
  p: Palette,
  taken: readonly { x: number; y: number }[],
): void {
  if (view.metrePixel > 1.6) return;
  c.fillStyle = p.text;
  c.font = '10px system-ui, sans-serif';
  c.textAlign = 'center';
  c.textBaseline = 'middle';
  for (const line of lines) {
    if (line.oneway !== 0) {
      along(view, line, 90, (x, y, angle) => {
        c.save();
        c.translate(x, y);
        c.rotate(line.oneway === 1 ? angle : angle + Math.PI);
        c.beginPath();
        c.moveTo(5, 0);
        c.lineTo(-3, 3.4);
        c.lineTo(-3, -3.4);
        c.fill();
        c.restore();
      });
    }
    if (line.limit > 0) {
      along(view, line, 320, (x, y) => {
        if (taken.some((one) => Math.hypot(one.x - x, one.y - y) < ROOM)) return;
        c.lineWidth = 3;
        c.strokeStyle = p.halo;
        c.strokeText(String(line.limit), x, y);
        c.fillText(String(line.limit), x, y);
      });
    }
  }
}

export function drawSigns(c: Canvas, view: MapView, report: Report, p: Palette): void {
  if (view.metrePixel > 2) return;
  for (const sign of report.data.roads.points) {
    const [x, y] = [view.px(sign.lon), view.py(sign.lat)];
    if (x < -20 || y < -20 || x > view.width + 20 || y > view.height + 20) continue;
    c.save();
    c.translate(x, y);
    if (sign.kind === 'stop') {
      c.rotate((sign.bearing * Math.PI) / 180);
      c.strokeStyle = p.mark;
      c.lineWidth = 3;
      c.beginPath();
      c.moveTo(-6, 0);
      c.lineTo(6, 0);
      c.stroke();
    } else if (sign.kind === 'signals') {
      c.fillStyle = p.text;
      c.fillRect(-3, -7, 6, 14);
      for (const [i, color] of ['#d33', '#e6b800', '#2a9d3a'].entries()) {
        c.fillStyle = color;
        c.beginPath();
        c.arc(0, -4.4 + i * 4.4, 1.7, 0, 7);
        c.fill();
      }
    } else if (sign.kind === 'level_crossing') {
      c.strokeStyle = p.mark;
      c.lineWidth = 2;
      c.beginPath();
      c.moveTo(-5, -5);
      c.lineTo(5, 5);
      c.moveTo(5, -5);
      c.lineTo(-5, 5);
      c.stroke();
    } else {
      c.fillStyle = p.text;
      c.fillRect(-2, -2, 4, 4);
    }
    c.restore();
  }
}

/** The drive, coloured by km/h over the limit. Points of one step are one stroke. */
export function drawDrive(c: Canvas, view: MapView, path: Path, p: Palette, width = 4): void {
  c.lineCap = 'round';
  c.lineJoin = 'round';
  c.lineWidth = width;
  let step = Number.NaN;
  for (let i = 0; i < path.count; i++) {
    const [x, y] = [view.px(path.lon[i] ?? 0), view.py(path.lat[i] ?? 0)];
    const here = stepOf(path.speed[i] ?? -1, path.high[i] ?? -1);
    if (i > 0 && !path.breaks[i]) c.lineTo(x, y);
    if (here !== step || path.breaks[i] || i === path.count - 1) {
      if (i > 0) c.stroke();
      c.beginPath();
      c.moveTo(x, y);
      c.strokeStyle = colorOf(p, here);
      step = here;
    }
  }
}

/** A plain line for one of many drives. */
export function drawPlain(c: Canvas, view: MapView, path: Path, color: string): void {
  c.lineWidth = 1.6;
  c.strokeStyle = color;
  c.beginPath();
  for (let i = 0; i < path.count; i++) {
    const [x, y] = [view.px(path.lon[i] ?? 0), view.py(path.lat[i] ?? 0)];
    if (i === 0 || path.breaks[i]) c.moveTo(x, y);
    else c.lineTo(x, y);
  }
  c.stroke();
}

const PIN: Record<string, string> = {
  violated: '#b3261e',
  possible: '#9a5b00',
  undetermined: '#5f6368',
  complied: '#1e6b34',
};

export function drawPin(
  c: Canvas,
  view: MapView,
  f: Pick<PageFinding, 'lat' | 'lon' | 'verdict'>,
  label: string,
  big: boolean,
): void {
  const [x, y] = [view.px(f.lon), view.py(f.lat)];
  const r = big ? 13 : label === '' ? 6 : 9.5;
  c.beginPath();
  c.arc(x, y - r - 5, r, Math.PI * 0.8, Math.PI * 0.2);
  c.lineTo(x, y);
  c.closePath();
  c.fillStyle = PIN[f.verdict] ?? '#5f6368';
  c.fill();
  c.lineWidth = 1.5;
  c.strokeStyle = '#ffffff';
  c.stroke();
  c.fillStyle = '#ffffff';
  c.font = `600 ${big ? 13 : 11}px system-ui, sans-serif`;
  c.textAlign = 'center';
  c.textBaseline = 'middle';
  c.fillText(label, x, y - r - 5);
}

export function drawCar(c: Canvas, view: MapView, place: { lat: number; lon: number }, p: Palette): void {
  c.beginPath();
  c.arc(view.px(place.lon), view.py(place.lat), 7, 0, 7);
  c.fillStyle = p.cursor;
  c.fill();
  c.lineWidth = 2.5;
  c.strokeStyle = p.ground;
  c.stroke();
}

/** Where fixes lie on the canvas. */
export const fixesOn = (view: MapView, { lat, lon }: EvidenceFixes) =>
  lat.map((y, i) => ({ x: view.px(lon[i] ?? 0), y: view.py(y) }));

/** The logged fixes around a finding, the proving ones filled. */
export function drawFixes(c: Canvas, view: MapView, f: PageFinding, p: Palette): void {
  if (!f.fixes) return;
  const { first, last } = f.fixes;
  for (const [i, { x, y }] of fixesOn(view, f.fixes).entries()) {
    c.beginPath();
    c.arc(x, y, 3.6, 0, 7);
    c.lineWidth = 1.6;
    c.strokeStyle = p.cursor;
    c.fillStyle = i >= first && i <= last ? p.cursor : p.ground;
    c.fill();
    c.stroke();
  }
}
