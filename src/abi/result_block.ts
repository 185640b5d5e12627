// SPDX-License-Identifier: MIT
// The result block and the map's own words (tm_result, tm_map_info of wasm/abi.h) as objects.
import {
  CHANNEL_NOTES,
  CONSTANTS,
  DIRECTION_SOURCES,
  MEASURES,
  REASONS,
  ROAD_CLASSES,
  RULES,
  STATISTICS,
  STRUCTS,
  VERDICTS,
} from '../layout.ts';
import type { Analysis, Channels, Finding, MapInfo, MapPlace, RouteItem } from '../types.ts';
import { Block, entry, Reader } from './reader.ts';

function readFinding(r: Reader, text: (offset: number, length: number) => string): Finding {
  const s = STRUCTS.tm_finding;
  const measured: Record<string, number> = {};
  MEASURES.forEach((name, i) => {
    const value = r.f32(s.measured + 4 * i);
    if (!Number.isNaN(value)) measured[name] = value;
  });
  const bits = r.u32(s.reasons);
  return {
    rule: entry(RULES, r.u8(s.rule)),
    verdict: entry(VERDICTS, r.u8(s.verdict)),
    start_ms: r.i64(s.start_ms),
    end_ms: r.i64(s.end_ms),
    lat: r.i32(s.lat_e7) / 1e7,
    lon: r.i32(s.lon_e7) / 1e7,
    way: r.i64(s.way),
    node: r.i64(s.node),
    relation: r.i64(s.relation),
    forward: r.u8(s.forward) === 1,
    name: text(r.u32(s.name_offset), r.u32(s.name_length)),
    roadClass: entry(ROAD_CLASSES, r.u8(s.road_class)),
    place: r.u16(s.place) === CONSTANTS.TM_NO_PLACE ? -1 : r.u16(s.place),
    sourceTag: text(r.u32(s.tag_offset), r.u32(s.tag_length)),
    sourceDirection: entry(DIRECTION_SOURCES, r.u8(s.direction_source)),
    measured,
    match: r.f32(s.match),
    map: r.f32(s.map),
    observation: r.f32(s.observation),
    reasons: REASONS.filter((_, i) => (bits >>> i) & 1),
    first_fix: r.u32(s.first_fix),
    last_fix: r.u32(s.last_fix),
  };
}

function readRoute(r: Reader): RouteItem {
  const s = STRUCTS.tm_route_item;
  return {
    way: r.i64(s.way),
    forward: r.u32(s.forward) === 1,
    from_m: r.f64(s.from_m),
    to_m: r.f64(s.to_m),
    enter_ms: r.i64(s.enter_ms),
    exit_ms: r.i64(s.exit_ms),
  };
}

function readChannels(head: Reader): Channels {
  const s = STRUCTS.tm_result;
  const ratio = head.f64(s.speed_ratio);
  const bits = head.u32(s.channel_notes);
  return {
    speed_ratio: Number.isNaN(ratio) ? undefined : ratio,
    speed_factor: head.f64(s.speed_factor),
    speed_fixes: head.u32(s.speed_fixes),
    speed_aside: head.u32(s.speed_aside),
    course_fixes: head.u32(s.course_fixes),
    course_aside: head.u32(s.course_aside),
    notes: CHANNEL_NOTES.filter((_, i) => (bits >>> i) & 1),
  };
}

/** A result block as it came from the module. */
export function readAnalysis(block: Uint8Array<ArrayBuffer>): Analysis {
  const all = new Block(block);
  const { head } = all;
  const s = STRUCTS.tm_result;
  const text = (offset: number, length: number) => all.text(head.u32(s.text) + offset, length);
  const e = STRUCTS.tm_exposure;
  return {
    fixes: head.u32(s.fixes),
    matched: head.u32(s.matched),
    off_road: head.u32(s.off_road),
    unmatched: head.u32(s.unmatched),
    gaps: head.u32(s.gaps),
    mean_error_m: head.f64(s.mean_error_m),
    distance_m: head.f64(s.distance_m),
    start_ms: head.i64(s.start_ms),
    end_ms: head.i64(s.end_ms),
    channels: readChannels(head),
    exposure: all
      .many(RULES.length, s.exposure, e.size, (r) => r)
      .map((r, i) => ({
        rule: entry(RULES, i),
        passed: r.u32(e.passed),
        complied: r.u32(e.complied),
        violated: r.u32(e.violated),
        undetermined: r.u32(e.undetermined),
        judged_m: r.f64(e.judged_m),
      })),
    findings: all.many(head.u32(s.finding_count), head.u32(s.findings), STRUCTS.tm_finding.size, (r) =>
      readFinding(r, text),
    ),
    route: all.many(head.u32(s.route_count), head.u32(s.route), STRUCTS.tm_route_item.size, readRoute),
  };
}

/** tm_place records. */
export function readMapPlaces(block: Uint8Array<ArrayBuffer>): MapPlace[] {
  const s = STRUCTS.tm_place;
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const text = (from: number, bytes: number) =>
    new TextDecoder().decode(block.subarray(from, from + bytes)).replace(/\0.*$/s, '');
  return Array.from({ length: block.length / s.size }, (_, i) => {
    const r = new Reader(view, i * s.size);
    return {
      country: text(r.base + s.country, 4),
      zone: text(r.base + s.zone, 40),
      bounds: {
        min_lat: r.i32(s.min_lat_e7) / 1e7,
        min_lon: r.i32(s.min_lon_e7) / 1e7,
        max_lat: r.i32(s.max_lat_e7) / 1e7,
        max_lon: r.i32(s.max_lon_e7) / 1e7,
      },
    };
  });
}

/** How many places a tm_map_info tells. */
export function placeCount(block: Uint8Array<ArrayBuffer>): number {
  return new Reader(new DataView(block.buffer, block.byteOffset, block.byteLength), 0).u32(STRUCTS.tm_map_info.places);
}

/** A tm_map_info; `bytes_read` and the places are the analyzer's to tell. */
export function readMapInfo(block: Uint8Array<ArrayBuffer>): Omit<MapInfo, 'bytes_read' | 'places'> {
  const r = new Reader(new DataView(block.buffer, block.byteOffset, block.byteLength), 0);
  const s = STRUCTS.tm_map_info;
  const name = block.subarray(s.name, s.statistics);
  return {
    name: new TextDecoder().decode(name.subarray(0, name.indexOf(0))),
    format: r.u32(s.format),
    osm_time_ms: r.i64(s.osm_time_s) * 1000,
    bytes: r.i64(s.file_bytes),
    tiles: r.u32(s.tiles),
    bounds: {
      min_lat: r.i32(s.min_lat_e7) / 1e7,
      min_lon: r.i32(s.min_lon_e7) / 1e7,
      max_lat: r.i32(s.max_lat_e7) / 1e7,
      max_lon: r.i32(s.max_lon_e7) / 1e7,
    },
    sha256: Buffer.from(block.subarray(s.sha256, s.name)).toString('hex'),
    statistics: Object.fromEntries(STATISTICS.map((key, i) => [key, r.i64(s.statistics + 8 * i)])),
  };
}
