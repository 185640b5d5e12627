// SPDX-License-Identifier: MIT
// What the readers of overlays make of a file.
export interface OverlayStop {
  lat: number;
  lon: number;
  /** Degrees clockwise from north, of travel towards the line. */
  bearing: number;
  /** Row of the CSV file (the header is 1), or feature of the GeoJSON file from 1. */
  row: number;
}

export interface LeftOut {
  row: number;
  reason: string;
}

export interface Overlay {
  stops: OverlayStop[];
  leftOut: LeftOut[];
}
