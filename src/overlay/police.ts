// SPDX-License-Identifier: MIT
// Japan's police open data on traffic regulations 交通規制情報 (JARTIC, "typeD"): CSV in cp932 of 170 columns, a row
// per regulation. Who uses the data credits it: 出典：「交通規制情報」（公益財団法人日本道路交通情報センター）を加工して作成.
import type { Vehicle } from '../types.ts';
import { VEHICLES } from '../types.ts';
import { course, type Kind, type Overlay, type OverlayRow, type Point } from './rows.ts';

/** Codes of 共通規制種別コード; others are passed over. */
const KIND_OF: Record<string, Kind> = {
  '1': 'closure', // 歩行者用道路
  '2': 'closure', // 自転車用道路
  '3': 'closure', // 自転車及び歩行者用道路
  '4': 'closure', // 通行止め
  '5': 'closure', // 車両通行止め
  '7': 'closure', // 車両通行止め（踏切）
  '11': 'oneway', // 一方通行
  '12': 'turn_ban', // 指定方向外進行禁止
  '13': 'closure', // 車両進入禁止
  '15': 'centre_line', // 中央線
  '16': 'centre_line', // 中央線の変移
  '17': 'centre_line', // 追越しのための右側部分はみ出し通行禁止: there is a centre line to cross
  '20': 'centre_line', // 車両通行帯
  '51': 'u_turn_ban', // 転回禁止
  '63': 'stop', // 一時停止
  '112': 'limit', // 最高速度（区間）
  '113': 'limit', // 最高速度（可変）
  '114': 'limit', // 最高速度（区域）
  '118': 'centre_line', // 車両通行帯及び進行方向別通行区分
  '119': 'centre_line',
};
const VARIABLE = '113';
/** 道路種別コード: 一般道, 高速自動車国道, 自動車専用道路. */
const ROADS: Record<string, 'ordinary' | 'motorway'> = { '1': 'ordinary', '2': 'motorway', '3': 'motorway' };
const EXPRESSWAY = '2';
const AREA = '3'; // 点・線・面コード
const ONE_SIDE = '2'; // 片側・両側コード
const DESIGNATED = '2'; // 指定・禁止方向の別コード: the directions given are the only ones
/** 曜日コード, 1 to 6; 99 is free text. */
const DAYS = ['', 'Sa,Su', 'Sa,Su,PH', 'Su,PH', 'Sa', 'Su', 'PH'];
const CONDITIONS = [1, 2, 3, 4, 5];
/** 除外車両: what is left when all vehicles are closed out of an expressway, that runs above other roads. */
const EXPRESSWAY_ONLY = '100000000000000';
const COLUMNS = new Set([
  '共通規制種別コード',
  '点・線・面コード',
  '意思決定廃止日',
  '規制場所の経度緯度',
  '道路種別コード',
  '進入方向(座標)',
  '禁止する方向(座標)',
  '指定する方向(座標)',
  '指定・禁止方向の別コード',
  '片側・両側コード',
  '速度',
  '規制条件',
  '規制内容',
  '備考',
]);
/** Metres between the place and the point of approach below which the direction is not sure. */
const SHORT = 2;

type Row = Record<string, string>;

class Refused extends Error {}

export function isPoliceData(columns: readonly string[]): boolean {
  return columns.includes('共通規制種別コード') && columns.includes('規制場所の経度緯度');
}

/** The columns that are read. */
export function isPoliceColumn(name: string): boolean {
  return COLUMNS.has(name) || /^(?:対象|除外|規制)(?:期間|時間|曜日コード|車両コード)\d/.test(name);
}

/** "lon lat;lon lat;…"; points outside Japan and broken ones are dropped. */
function points(text: string): Point[] {
  return text.split(';').flatMap((pair) => {
    const [lon, lat] = pair.trim().split(/\s+/).map(Number);
    const inJapan = lon !== undefined && lat !== undefined && lon > 122 && lon < 154 && lat > 20 && lat < 46;
    return inJapan ? [[lon, lat] as Point] : [];
  });
}

/**
 * Whom 対象車両 binds: four cells of flags, one digit a kind. Of A, from the right: 車両, 自動車, 乗用, 普通乗用, 普通.
 * Of C the flags of 特定中型貨物, 大型貨物 and 大型特殊. Undefined: the kinds are others, or not all known.
 */
function vehiclesOf(cells: readonly string[]): readonly Vehicle[] | undefined {
  const [a = '', b = '', c = '', d = ''] = cells;
  if (a + b + c + d === '') return VEHICLES;
  if (/^[01]+$/.test(a)) {
    if (a.at(-1) === '1') return VEHICLES;
    if (a.at(-2) === '1') return VEHICLES.filter((v) => v !== 'moped');
    if (a.at(-5) === '1') return ['car', 'light_goods'];
    if (a.at(-3) === '1' || a.at(-4) === '1') return ['car'];
  }
  return a + b + d === '' && c === '100100100' ? ['large_goods'] : undefined;
}

function clock(hhmm: string): string {
  const four = hhmm.padStart(4, '0');
  if (!/^\d{4}$/.test(four)) throw new Refused('the hours are not valid');
  return `${four.slice(0, 2)}:${four.slice(2)}`;
}

function hours(from: string, to: string): string {
  const allDay = from === '' || (Number(from) === 0 && (to === '' || Number(to) === 2400));
  return allDay ? '' : `${clock(from)}-${clock(to)}`;
}

function days(code: string): string {
  if (code === '') return '';
  const text = DAYS[Number(code)];
  if (!text) throw new Refused('its days are in free text');
  return text;
}

class PoliceRow {
  readonly number: number;
  private readonly row: Row;

  constructor(row: Row, number: number) {
    this.row = row;
    this.number = number;
  }

  cell(name: string): string {
    return (this.row[name] ?? '').trim();
  }

  private vehicleCells(what: '対象' | '除外', k: number): string[] {
    return ['A', 'B', 'C', 'D'].map((category) => this.cell(`${what}車両コード${k}_${category}`));
  }

  /** Days and hours of a condition, "" when it holds always. */
  private when(what: '対象' | '除外', k: number): string {
    const name = what === '対象' ? '規制' : '除外';
    if (this.cell(`${what}期間${k}_開始`) !== '') throw new Refused('it holds in a season, which is not read');
    const time = hours(this.cell(`${name}時間${k}_開始`), this.cell(`${name}時間${k}_終了`));
    return [days(this.cell(`${name}曜日コード${k}`)), time].filter((part) => part !== '').join(' ');
  }

  private used(what: '対象' | '除外', k: number): boolean {
    const name = what === '対象' ? '規制' : '除外';
    const cells = [`${name}時間${k}_開始`, `${name}曜日コード${k}`, `${what}期間${k}_開始`].map((c) => this.cell(c));
    return [...cells, ...this.vehicleCells(what, k)].some((text) => text !== '');
  }

  /** Exceptions of all vehicles, as rules that close the hours; those of other vehicles free no one here. */
  private off(): string[] {
    return CONDITIONS.filter((k) => this.used('除外', k)).flatMap((k) => {
      const [a = ''] = this.vehicleCells('除外', k);
      const forOthers = a !== '' && vehiclesOf([a]) === undefined;
      const when = this.when('除外', k);
      return forOthers || when === '' ? [] : [`${when} off`];
    });
  }

  /** The vehicles that are bound, and when, a set for each kind of vehicles. */
  bindings(): Pick<OverlayRow, 'vehicles' | 'condition'>[] {
    const sets = new Map<string, { vehicles: readonly Vehicle[]; when: string[] }>();
    for (const k of CONDITIONS) {
      if (k > 1 && !this.used('対象', k)) continue;
      const vehicles = vehiclesOf(this.vehicleCells('対象', k));
      if (!vehicles) continue;
      const set = sets.get(vehicles.join()) ?? { vehicles, when: [] };
      set.when.push(this.when('対象', k));
      sets.set(vehicles.join(), set);
    }
    if (sets.size === 0) throw new Refused('it binds no kind of vehicle that is known');
    const off = this.off();
    return [...sets.values()].map(({ vehicles, when }) => {
      const always = when.includes('');
      if (always && off.length > 0) when = ['00:00-24:00'];
      const condition = always && off.length === 0 ? '' : [when.join(', '), ...off].join('; ');
      return {
        ...(vehicles === VEHICLES ? {} : { vehicles }),
        ...(condition === '' ? {} : { condition }),
      };
    });
  }

  place(): Point[] {
    const place = points(this.cell('規制場所の経度緯度'));
    if (place.length === 0) throw new Refused('no position in Japan');
    return place;
  }

  /** The line that is regulated. */
  line(): Point[] {
    if (this.cell('点・線・面コード') === AREA) throw new Refused('areas are not read');
    return this.place();
  }

  approach(): { place: Point; entry: Point; bearing: number } {
    const [place] = this.place();
    const [entry, ...rest] = points(this.cell('進入方向(座標)'));
    if (!entry) throw new Refused('no direction of approach');
    const { bearing, metres } = course(entry, rest.at(-1) ?? (place as Point));
    if (metres < SHORT) throw new Refused('the point of approach is the place itself');
    return { place: place as Point, entry, bearing };
  }

  /** What is regulated, without the vehicles and the hours. */
  regulation(kind: Kind): Omit<OverlayRow, 'row' | 'vehicles' | 'condition'> {
    switch (kind) {
      case 'stop': {
        const { place, bearing } = this.approach();
        return { kind, line: [place], bearing };
      }
      case 'oneway':
        // the vertices run against the permitted direction
        return { kind, line: this.line().toReversed() };
      case 'turn_ban':
        return this.turn();
      case 'u_turn_ban':
        return this.uTurn();
      case 'closure':
        return this.closure();
      case 'limit':
        return this.limit();
      default:
        return { kind, line: this.line() };
    }
  }

  private turn(): Omit<OverlayRow, 'row'> {
    const { place, entry } = this.approach();
    const only = this.cell('指定・禁止方向の別コード') === DESIGNATED;
    const exits = points(this.cell(only ? '指定する方向(座標)' : '禁止する方向(座標)'));
    if (exits.length === 0) throw new Refused('no direction that is banned or designated');
    return { kind: 'turn_ban', line: [entry, place, ...exits], ...(only ? { only } : {}) };
  }

  private uTurn(): Omit<OverlayRow, 'row'> {
    this.bothSides();
    const line = this.line();
    if (line.length > 1) return { kind: 'u_turn_ban', line };
    const { place, entry } = this.approach();
    return { kind: 'turn_ban', line: [entry, place, entry] };
  }

  private closure(): Omit<OverlayRow, 'row'> {
    if (this.cell('除外車両コード1_D') === EXPRESSWAY_ONLY)
      throw new Refused('it closes an expressway to vehicles that are not cars');
    const permit = ['規制条件', '規制内容', '備考'].some((name) => this.cell(name).includes('許可'));
    const closure = permit ? 'permit' : 'no';
    const line = this.line();
    if (line.length > 1) return { kind: 'closure', line, closure };
    const { place, bearing } = this.approach();
    return { kind: 'closure', line: [place], bearing, along: true, closure };
  }

  private limit(): Omit<OverlayRow, 'row'> {
    this.bothSides();
    const line = this.line();
    if (this.cell('共通規制種別コード') === VARIABLE) return { kind: 'limit', line, kmh: 'variable' };
    const kmh = Number(this.cell('速度'));
    if (!(kmh >= 10 && kmh <= 120)) throw new Refused('no speed');
    return { kind: 'limit', line, kmh };
  }

  private bothSides(): void {
    if (this.cell('片側・両側コード') === ONE_SIDE) throw new Refused('it is for one side, and the side is not given');
  }
}

function rowsOf(row: PoliceRow, kind: Kind): OverlayRow[] {
  const roads = ROADS[row.cell('道路種別コード')];
  const regulation = { ...row.regulation(kind), ...(roads ? { roads } : {}) };
  const expressway: OverlayRow[] =
    regulation.kind === 'limit' && row.cell('道路種別コード') === EXPRESSWAY
      ? [{ row: row.number, kind: 'expressway', line: regulation.line, roads: 'motorway' }]
      : [];
  const fact = kind === 'centre_line' || kind === 'stop';
  const bindings = fact ? [{}] : row.bindings();
  return [...expressway, ...bindings.map((binding) => ({ row: row.number, ...regulation, ...binding }))];
}

/** A row of the codes above; other regulations are passed over, abolished ones too. */
export function addPoliceRow(number: number, values: Row, out: Overlay): void {
  const row = new PoliceRow(values, number);
  const kind = KIND_OF[row.cell('共通規制種別コード')];
  if (!kind || row.cell('意思決定廃止日') !== '') return;
  try {
    out.rows.push(...rowsOf(row, kind));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    out.leftOut.push({ row: number, reason: error.message });
  }
}
