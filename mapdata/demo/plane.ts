// SPDX-License-Identifier: MIT
// A flat local plane in metres (x east, y north) over a point of the Earth.
export interface Point {
  x: number;
  y: number;
}

export class Plane {
  readonly lat: number;
  readonly lon: number;
  private readonly perLat: number;
  private readonly perLon: number;

  constructor(lat: number, lon: number) {
    this.lat = lat;
    this.lon = lon;
    const phi = (lat * Math.PI) / 180;
    this.perLat = 111132.954 - 559.822 * Math.cos(2 * phi) + 1.175 * Math.cos(4 * phi);
    this.perLon = 111412.84 * Math.cos(phi) - 93.5 * Math.cos(3 * phi) + 0.118 * Math.cos(5 * phi);
  }

  position(p: Point): { lat: number; lon: number } {
    const round = (v: number) => Math.round(v * 1e7) / 1e7;
    return { lat: round(this.lat + p.y / this.perLat), lon: round(this.lon + p.x / this.perLon) };
  }

  point(lat: number, lon: number): Point {
    return { x: (lon - this.lon) * this.perLon, y: (lat - this.lat) * this.perLat };
  }
}
