// SPDX-License-Identifier: MIT
// The page's texts before there is a report. Japanese has the same keys: the type holds it.
import type { Lang } from '../html/model.ts';
import type { Vehicle } from '../types.ts';

const en = {
  title: 'Tomare: check drives against the map',
  language: '日本語',
  theme: 'Light or dark',
  headline: 'Which traffic rules did the drive break?',
  promise:
    'Drop a road map and driving logs anywhere on this page. They are read here, in your browser, and go nowhere: the page’s own policy forbids every connection.',
  town: 'Try it with the bundled town',
  townNote: 'A fictional Japanese town and fifteen drives.',
  map: '1. Road map',
  mapNote: 'OpenStreetMap data (.osm.pbf or .osm) or a map of Tomare (.tmap)',
  logs: '2. Driving logs',
  logsNote: 'GPX, CSV, NDJSON, NMEA, FIT, KML, TCX, GeoJSON, Parquet and more, also in gzip or zip',
  choose: 'Choose files',
  remove: (name: string) => `Remove ${name}`,
  none: 'None yet',
  vehicle: 'Vehicle',
  vehicles: {
    car: 'Car',
    light_goods: 'Light lorry',
    large_goods: 'Heavy lorry',
    trailer: 'With trailer',
    bus: 'Bus',
    motorcycle: 'Motorcycle',
    moped: 'Moped',
  } as Record<Vehicle, string>,
  profile: 'Law',
  profiles: { auto: 'Of the place', generic: 'Of no country', none: 'Signs alone' } as Record<string, string>,
  anonymous: 'Cut both ends of each drive, hide dates',
  analyze: 'Analyze',
  cancel: 'Cancel',
  needMap: 'Choose a road map first.',
  needLogs: 'Choose a driving log first.',
  progress: {
    map: 'Compiling the map',
    logs: 'Analyzing the drives',
    report: 'Making the report',
  } as Record<string, string>,
  of: (done: number, total: number) => `${done} of ${total}`,
  failed: (n: number) => (n === 1 ? '1 file could not be used' : `${n} files could not be used`),
  advice: {
    map: 'Take the file as openstreetmap.org or an extract site gives it: .osm.pbf or .osm.',
    log: 'Give the log as the device or the app writes it, unpacked, or export it as GPX or CSV.',
  },
  error: (name: string, code: number) => `Error ${code}, ${name}`,
  again: 'New analysis',
  savePage: 'Save the report',
  saveResults: 'Save the results (NDJSON)',
  saveMap: 'Save the map (.tmap)',
  engine: 'The engine did not start. Use a current Chrome, Edge, Firefox or Safari.',
  footer: (version: string) =>
    `Tomare ${version}. A reference for a person to check, not legal advice. Map data © OpenStreetMap contributors, ODbL.`,
};

export type Texts = typeof en;

const ja: Texts = {
  title: 'Tomare：走行記録を地図と照らし合わせる',
  language: 'English',
  theme: '明るい画面・暗い画面',
  headline: 'この運転は、どの交通規則に反したか',
  promise:
    '道路地図と走行記録を、このページのどこにでも置いてください。ブラウザの中だけで読み取り、どこにも送りません。通信はページ自身の設定ですべて禁じています。',
  town: '見本の町で試す',
  townNote: '架空の日本の町と、十五件の走行記録です。',
  map: '1. 道路地図',
  mapNote: 'OpenStreetMap のデータ（.osm.pbf、.osm）または Tomare の地図（.tmap）',
  logs: '2. 走行記録',
  logsNote: 'GPX、CSV、NDJSON、NMEA、FIT、KML、TCX、GeoJSON、Parquet など。gzip・zip も可',
  choose: 'ファイルを選ぶ',
  remove: (name) => `${name} を外す`,
  none: '未選択',
  vehicle: '車両',
  vehicles: {
    car: '普通車',
    light_goods: '小型貨物車',
    large_goods: '大型貨物車',
    trailer: 'けん引',
    bus: 'バス',
    motorcycle: '自動二輪車',
    moped: '原動機付自転車',
  },
  profile: '適用する法',
  profiles: { auto: '走行地の法', generic: '国を問わない', none: '標識のみ' },
  anonymous: '走行の両端を切り、日付を隠す',
  analyze: '解析する',
  cancel: '中止',
  needMap: '先に道路地図を選んでください。',
  needLogs: '先に走行記録を選んでください。',
  progress: { map: '地図を作成中', logs: '走行を解析中', report: '報告書を作成中' },
  of: (done, total) => `${total} 件中 ${done} 件`,
  failed: (n) => `${n} 件のファイルを使えませんでした`,
  advice: {
    map: 'openstreetmap.org や抽出サイトから得た .osm.pbf または .osm を、そのまま選んでください。',
    log: '機器やアプリが書き出した記録をそのまま、または GPX か CSV に書き出して選んでください。',
  },
  error: (name, code) => `エラー ${code}、${name}`,
  again: '新しい解析',
  savePage: '報告書を保存',
  saveResults: '結果を保存（NDJSON）',
  saveMap: '地図を保存（.tmap）',
  engine: 'エンジンを起動できませんでした。新しい Chrome、Edge、Firefox、Safari をお使いください。',
  footer: (version) =>
    `Tomare ${version}。人が確かめるための参考であり、法的助言ではありません。地図データ © OpenStreetMap contributors、ODbL。`,
};

export const TEXTS: Record<Lang, Texts> = { en, ja };
