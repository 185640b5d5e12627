// SPDX-License-Identifier: MIT
// The analyzer as TypeScript sees it: fixes in, findings out; blocks to objects and back.
import { CHANNEL_NOTES, FILE_HEADER, MEASURES, REASONS, RULES, STATISTICS, STRUCTS } from './abi/layout.ts';
import { AnalyzerModule } from './abi/module.ts';
import { type DriveOptions, driveBlock } from './drive_block.ts';
import { TomareError } from './errors.ts';
import type { Analysis, Channels, Finding, Fixes, MapInfo, RouteItem } from './types.ts';
import { VERDICTS } from './types.ts';

const ACCESS_KEYS = [
  '',
  'access',
  'vehicle',
  'motor_vehicle',
  'motorcar',
  'goods',
  'hgv',
  'trailer',
  'psv',
  'bus',
  'motorcycle',
  'moped',
  'highway',
  'overlay:closure',
];
const ACCESS_VALUES = [
  '',
  'yes',
  'permissive',
  'designated',
  'no',
  'private',
  'destination',
  'delivery',
  'customers',
  'permit',
  'forestry',
  'other',
];
const TURNS = ['', 'left_turn', 'right_turn', 'straight_on', 'u_turn', 'entry', 'exit'];

function sourceTag(source: number, detail: number): string {
  const high = detail >> 8;
  const low = detail & 255;
  switch (source) {
    case 1:
      return 'highway=stop';
    case 2:
      return 'railway=level_crossing';
    case 3:
      return 'oneway=yes';
    case 4:
      return 'junction=roundabout';
    case 5:
      return 'highway=motorway';
    case 6:
      return `${ACCESS_KEYS[high] ?? ''}=${high === 12 ? 'pedestrian' : (ACCESS_VALUES[low] ?? '')}`;
    case 7:
      return `restriction=${low === 1 ? 'only_' : 'no_'}${TURNS[high] ?? ''}`;
    case 8:
      return 'maxspeed';
    case 9:
      return 'maxspeed:type';
    case 10:
      return 'minspeed';
    case 11:
      return 'law';
    case 12:
      return 'overlay:stop';
    case 13:
      return 'overlay:oneway';
    case 14:
      return 'overlay:limit';
    case 15:
      return `overlay:turn_ban=${low === 1 ? 'only_' : 'no_'}${TURNS[high] ?? ''}`;
    case 16:
      return 'overlay:level_crossing';
    default:
      return '';
  }
}

class Reader {
  readonly view: DataView;
  readonly base: number;

  constructor(view: DataView, base: number) {
    this.view = view;
    this.base = base;
  }
  u32 = (field: number) => this.view.getUint32(this.base + field, true);
  i32 = (field: number) => this.view.getInt32(this.base + field, true);
  u16 = (field: number) => this.view.getUint16(this.base + field, true);
  u8 = (field: number) => this.view.getUint8(this.base + field);
  f32 = (field: number) => this.view.getFloat32(this.base + field, true);
  f64 = (field: number) => this.view.getFloat64(this.base + field, true);
  i64 = (field: number) => Number(this.view.getBigInt64(this.base + field, true));
}

function readFinding(r: Reader, text: Uint8Array): Finding {
  const s = STRUCTS.tm_finding;
  const measured: Record<string, number> = {};
  MEASURES.forEach((name, i) => {
    const value = r.f32(s.measured + 4 * i);
    if (!Number.isNaN(value)) measured[name] = value;
  });
  const bits = r.u32(s.reasons);
  const from = r.u32(s.name_offset);
  const tagLength = r.u32(s.tag_length);
  const tagFrom = r.u32(s.tag_offset);
  const conditional = new TextDecoder().decode(text.subarray(tagFrom, tagFrom + tagLength));
  return {
    rule: RULES[r.u8(s.rule)] ?? '',
    verdict: VERDICTS[r.u8(s.verdict)] ?? 'undetermined',
    start_ms: r.i64(s.start_ms),
    end_ms: r.i64(s.end_ms),
    lat: r.i32(s.lat_e7) / 1e7,
    lon: r.i32(s.lon_e7) / 1e7,
    way: r.i64(s.way),
    node: r.i64(s.node),
    relation: r.i64(s.relation),
    forward: r.u8(s.forward) === 1,
    name: new TextDecoder().decode(text.subarray(from, from + r.u32(s.name_length))),
    roadClass: r.u8(s.road_class),
    sourceTag: tagLength > 0 ? conditional : sourceTag(r.u8(s.source), r.u16(s.source_detail)),
    sourceDirection: (['', 'given', 'inferred', 'ambiguous'] as const)[r.u8(s.direction_source)] ?? '',
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

export function readAnalysis(block: Uint8Array<ArrayBuffer>): Analysis {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const s = STRUCTS.tm_result;
  const head = new Reader(view, 0);
  const text = block.subarray(head.u32(s.text), head.u32(s.text) + head.u32(s.text_bytes));
  const many = <T>(count: number, at: number, size: number, read: (r: Reader) => T): T[] =>
    Array.from({ length: count }, (_, i) => read(new Reader(view, at + i * size)));
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
    exposure: many(RULES.length, s.exposure, e.size, (r) => r).map((r, i) => ({
      rule: RULES[i] ?? '',
      passed: r.u32(e.passed),
      complied: r.u32(e.complied),
      violated: r.u32(e.violated),
      undetermined: r.u32(e.undetermined),
      judged_m: r.f64(e.judged_m),
    })),
    findings: many(head.u32(s.finding_count), head.u32(s.findings), STRUCTS.tm_finding.size, (r) =>
      readFinding(r, text),
    ),
    route: many(head.u32(s.route_count), head.u32(s.route), STRUCTS.tm_route_item.size, readRoute),
  };
}

export class Analyzer {
  private module: AnalyzerModule;
  private readonly mapPath: string;
  private readonly arenaBytes: number;
  private readonly open: typeof AnalyzerModule.open;

  /** `open` makes the instances, the first one and those after a trap; tests hand in their own. */
  constructor(mapPath: string, arenaBytes = 64 << 20, open: typeof AnalyzerModule.open = AnalyzerModule.open) {
    this.mapPath = mapPath;
    this.arenaBytes = arenaBytes;
    this.open = open;
    this.module = open(mapPath, arenaBytes);
  }

  /** The raw result block, for byte comparisons. After a trap a new instance serves the next log. */
  analyzeBlock(fixes: Fixes, options: DriveOptions): Uint8Array<ArrayBuffer> {
    try {
      return this.module.analyze(driveBlock(fixes, options));
    } catch (error) {
      const fatal = error instanceof TomareError && (error.errorName === 'TRAP' || error.errorName === 'OUT_OF_MEMORY');
      if (fatal) this.module = this.open(this.mapPath, this.arenaBytes);
      if (error instanceof TomareError && error.errorName === 'LOG_OUTSIDE_MAP') throw this.outside(fixes);
      throw error;
    }
  }

  /** Why no fix is on the map: another region, or latitude and longitude exchanged. */
  private outside(fixes: Fixes): TomareError {
    const { min_lat, max_lat, min_lon, max_lon } = this.mapInfo().bounds;
    const onMap = (lat: number, lon: number) => lat >= min_lat && lat <= max_lat && lon >= min_lon && lon <= max_lon;
    if (fixes.lat.subarray(0, fixes.count).every((lat, i) => onMap(fixes.lon[i] ?? Number.NaN, lat))) {
      return new TomareError('LOG_SWAPPED', `all fixes lie on ${this.mapPath} once the two columns are exchanged`);
    }
    const area = `latitude ${min_lat} to ${max_lat}, longitude ${min_lon} to ${max_lon}`;
    return new TomareError('LOG_OUTSIDE_MAP', `${this.mapPath} covers ${area}`);
  }

  analyze(fixes: Fixes, options: DriveOptions): Analysis {
    return readAnalysis(this.analyzeBlock(fixes, options));
  }

  mapInfo(): MapInfo {
    const block = this.module.mapInfo();
    const r = new Reader(new DataView(block.buffer, block.byteOffset, block.byteLength), 0);
    const h = FILE_HEADER;
    const name = block.subarray(h.name, h.name + 64);
    const statistics: Record<string, number> = {};
    STATISTICS.forEach((key, i) => {
      statistics[key] = r.i64(h.statistics + 8 * i);
    });
    return {
      name: new TextDecoder().decode(name.subarray(0, name.indexOf(0))),
      format: r.u32(h.version),
      osm_time_ms: r.i64(h.osm_time_s) * 1000,
      bytes: r.i64(h.file_size),
      tiles: r.u32(h.tile_count),
      bounds: {
        min_lat: r.i32(h.min_lat_e7) / 1e7,
        min_lon: r.i32(h.min_lon_e7) / 1e7,
        max_lat: r.i32(h.max_lat_e7) / 1e7,
        max_lon: r.i32(h.max_lon_e7) / 1e7,
      },
      sha256: Buffer.from(block.subarray(h.source_sha256, h.source_sha256 + 32)).toString('hex'),
      statistics,
      bytes_read: r.i64(h.size),
    };
  }

  verifyTile(number: number) {
    return this.module.verifyTile(number);
  }
}
