// SPDX-License-Identifier: MIT
// What part of the Earth a canvas shows: spherical Mercator, as people know it from other maps.
import type { Bounds } from '../state/data.ts';

const RAD = Math.PI / 180;
/** Mercator of the unit square. */
const mercatorX = (lon: number) => (lon + 180) / 360;
const mercatorY = (lat: number) => (1 - Math.log(Math.tan(lat * RAD) + 1 / Math.cos(lat * RAD)) / Math.PI) / 2;
const latitudeOf = (y: number) => Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) / RAD;
const EARTH_M = 40_075_016.686;

export class MapView {
  width = 1;
  height = 1;
  /** Pixels of the whole Earth's width. */
  scale = 256;
  x = 0.5;
  y = 0.5;

  resize(width: number, height: number): void {
    this.width = Math.max(1, width);
    this.height = Math.max(1, height);
  }

  fit(b: Bounds, padding = 32): void {
    const [x0, x1, y0, y1] = [mercatorX(b.minLon), mercatorX(b.maxLon), mercatorY(b.maxLat), mercatorY(b.minLat)];
    this.x = (x0 + x1) / 2;
    this.y = (y0 + y1) / 2;
    const [w, h] = [Math.max(32, this.width - 2 * padding), Math.max(32, this.height - 2 * padding)];
    this.scale = Math.min(w / Math.max(x1 - x0, 1e-7), h / Math.max(y1 - y0, 1e-7), 256 * 2 ** 20);
  }

  /** Around one place, so that `metres` fit across the smaller side. */
  around(lat: number, lon: number, metres: number): void {
    this.x = mercatorX(lon);
    this.y = mercatorY(lat);
    this.scale = (Math.min(this.width, this.height) / metres) * EARTH_M * Math.cos(lat * RAD);
  }

  px(lon: number): number {
    return (mercatorX(lon) - this.x) * this.scale + this.width / 2;
  }

  py(lat: number): number {
    return (mercatorY(lat) - this.y) * this.scale + this.height / 2;
  }

  lonAt(px: number): number {
    return ((px - this.width / 2) / this.scale + this.x) * 360 - 180;
  }

  latAt(py: number): number {
    return latitudeOf((py - this.height / 2) / this.scale + this.y);
  }

  move(dx: number, dy: number): void {
    this.x -= dx / this.scale;
    this.y -= dy / this.scale;
  }

  zoom(factor: number, px = this.width / 2, py = this.height / 2): void {
    const next = Math.min(256 * 2 ** 23, Math.max(256, this.scale * factor));
    const [ax, ay] = [(px - this.width / 2) / this.scale + this.x, (py - this.height / 2) / this.scale + this.y];
    this.scale = next;
    this.x = ax - (px - this.width / 2) / next;
    this.y = ay - (py - this.height / 2) / next;
  }

  /** Metres a pixel at the middle. */
  get metrePixel(): number {
    return (EARTH_M * Math.cos(latitudeOf(this.y) * RAD)) / this.scale;
  }

  bounds(margin = 40): Bounds {
    return {
      minLon: this.lonAt(-margin),
      maxLon: this.lonAt(this.width + margin),
      maxLat: this.latAt(-margin),
      minLat: this.latAt(this.height + margin),
    };
  }
}
