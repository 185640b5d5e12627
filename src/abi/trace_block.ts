// SPDX-License-Identifier: MIT
// The trace block of wasm/abi.h as an object.

import { LIMIT_ORIGINS, LIMITS, ROAD_CLASSES, STRUCTS } from '../layout.ts';
import type { Trace, TraceLimit, TraceStretch } from '../trace.ts';
import type { Fixes } from '../types.ts';
import { Block, entry, type Reader } from './reader.ts';

const NOWHERE = -(2 ** 31);

/** km/h of tenths; null: not known. */
function kmhOf(tenths: number): number | null {
  if (tenths === LIMITS.unset) return null;
  return tenths === LIMITS.unlimited ? Number.POSITIVE_INFINITY : tenths / 10;
}

function readLimit(r: Reader): TraceLimit {
  const s = STRUCTS.tm_trace_limit;
  return {
    from_m: r.f64(s.from_m),
    to_m: r.f64(s.to_m),
    low_kmh: kmhOf(r.u16(s.low)),
    high_kmh: kmhOf(r.u16(s.high)),
    source: entry(LIMIT_ORIGINS, r.u8(s.origin)),
  };
}

/** Positions of a block as degrees, `count` from record `first` on of those that begin at byte `at`. */
export function readLine(r: Reader, at: number, first: number, count: number): Pick<TraceStretch, 'lat' | 'lon'> {
  const { size, lat_e7, lon_e7 } = STRUCTS.tm_position;
  const [lat, lon] = [new Float64Array(count), new Float64Array(count)];
  for (let i = 0; i < count; i++) {
    const here = at + (first + i) * size;
    lat[i] = r.view.getInt32(here + lat_e7, true) / 1e7;
    lon[i] = r.view.getInt32(here + lon_e7, true) / 1e7;
  }
  return { lat, lon };
}

function readStretches(block: Block): TraceStretch[] {
  const { head } = block;
  const [h, s] = [STRUCTS.tm_trace, STRUCTS.tm_trace_stretch];
  const limits = block.many(head.u32(h.limit_count), head.u32(h.limits), STRUCTS.tm_trace_limit.size, readLimit);
  return block.many(head.u32(h.stretch_count), head.u32(h.stretches), s.size, (r) => ({
    way: r.i64(s.way),
    forward: r.u8(s.forward) === 1,
    name: block.text(head.u32(h.text) + r.u32(s.name_offset), r.u32(s.name_length)),
    road_class: entry(ROAD_CLASSES, r.u8(s.road_class)),
    from_m: r.f64(s.from_m),
    to_m: r.f64(s.to_m),
    enter_ms: r.i64(s.enter_ms),
    exit_ms: r.i64(s.exit_ms),
    ...readLine(head, head.u32(h.positions), r.u32(s.first_position), r.u32(s.position_count)),
    limits: limits.slice(r.u32(s.first_limit), r.u32(s.first_limit) + r.u32(s.limit_count)),
  }));
}

/** A trace block as it came from the module, of these fixes. */
export function readTrace(bytes: Uint8Array<ArrayBuffer>, fixes: Fixes): Trace {
  const block = new Block(bytes);
  const { head } = block;
  const [h, s] = [STRUCTS.tm_trace, STRUCTS.tm_trace_fix];
  const count = head.u32(h.fix_count);
  const trace: Trace = {
    stretches: readStretches(block),
    count,
    time_ms: fixes.time_ms.slice(0, count),
    lat: new Float64Array(count).fill(Number.NaN),
    lon: new Float64Array(count).fill(Number.NaN),
    speed_kmh: new Float32Array(count),
    stretch: new Int32Array(count),
  };
  for (let i = 0; i < count; i++) {
    const here = head.u32(h.fixes) + i * s.size;
    trace.speed_kmh[i] = head.f32(here + s.speed_kmh);
    trace.stretch[i] = head.i32(here + s.stretch);
    const lat = head.i32(here + s.lat_e7);
    if (lat === NOWHERE) continue;
    trace.lat[i] = lat / 1e7;
    trace.lon[i] = head.i32(here + s.lon_e7) / 1e7;
  }
  return trace;
}
