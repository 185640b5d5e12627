// SPDX-License-Identifier: MIT
// The page's texts in Japanese.
import type { Texts } from './en.ts';

const n1 = (value: number | undefined) => (value === undefined ? '?' : value.toFixed(1).replace(/\.0$/, ''));
const n0 = (value: number | undefined) => (value === undefined ? '?' : value.toFixed(0));

export const ja: Texts = {
  title: 'Tomare レポート',
  language: 'English',
  theme: '明るい・暗い',
  print: '印刷',
  overview: '概要',
  drives: '走行',
  inbox: '指摘一覧',
  places: '繰り返しの場所',
  back: 'すべての走行',
  rule: {
    'stop-sign': '一時停止',
    'level-crossing': '踏切',
    'wrong-way': '逆走',
    'no-entry': '進入禁止・通行止め',
    'turn-ban': '指定方向外進行',
    speeding: '速度超過',
    'minimum-speed': '最低速度',
  },
  verdict: { violated: '違反', possible: '法令上は未確定', undetermined: '判定できない', complied: '適法' },
  possible: {
    speeding: '速度は確か、制限は推定',
    'no-entry': '通行は確か、許可の可能性あり',
    other: '行為は確か、義務は推定',
  },
  sentence: (n) =>
    n.judged === 0
      ? 'この走行では何も判定できませんでした。'
      : `${n.violations === 0 ? '違反なし' : `違反 ${n.violations} 件`}、適法に通過 ${n.lawful} か所、判定できない場所 ${n.unjudged} %。`,
  sure: '確からしさ',
  ruleLabel: '規則',
  verdictLabel: '判定',
  violations: '違反',
  when: '日時',
  where: '場所',
  drive: '走行',
  driver: '運転者',
  vehicle: '車両',
  distance: '距離',
  unnamed: '名称のない道路',
  seen: '観測されたこと',
  seenText: {
    stop: (m) =>
      `停止線付近の最低速度は ${n1(m['lowest_observed_kmh'])} km/h でした。` +
      (m['lowest_possible_kmh'] === undefined
        ? ''
        : m['lowest_possible_kmh'] > 0
          ? `測位の間に ${n1(m['decel'])} m/s² で減速しても ${n1(m['lowest_possible_kmh'])} km/h 以上です。`
          : '測位の間に停止した可能性があります。'),
    stopped: (m) =>
      m['lowest_observed_kmh'] === undefined
        ? '停止線で停止しました。'
        : `停止線で ${n1(m['lowest_observed_kmh'])} km/h まで減速しました。`,
    speeding: (m) =>
      `${n0(m['length_m'])} m にわたり ${n1(m['duration_s'])} 秒間 ${n1(m['sustained_kmh'])} km/h で走行しました。制限は ${n0(m['limit_kmh'])} km/h${
        m['limit_low_kmh'] !== undefined && m['limit_low_kmh'] !== m['limit_kmh']
          ? `（低い場合 ${n0(m['limit_low_kmh'])} km/h）`
          : ''
      }です。`,
    way: (m) =>
      `この道路を ${n0(m['length_m'])} m 走行しました${m['mean_kmh'] === undefined ? '' : `（${n0(m['mean_kmh'])} km/h）`}。`,
    noTurn: '禁止された方向には進みませんでした。',
    open: 'ここを通行できる車両・時間帯でした。',
    turn: (m) =>
      `禁止された方向へ進みました${m['turn_deg'] === undefined ? '' : `（${n0(Math.abs(m['turn_deg']))}°）`}。測位は前 ${n0(m['fixes_before'])}、後 ${n0(m['fixes_after'])}。`,
  },
  sign: '標識',
  signText: (tag, direction) =>
    `${tag === 'law' || tag === '' ? '標識はなく、法定の規則です。' : `地図には ${tag} とあります。`}${
      direction === 'inferred'
        ? '向きは近い交差点から推定しました。'
        : direction === 'ambiguous'
          ? '向きは明らかではありません。'
          : ''
    }`,
  closeUp: '進入の様子と根拠となる測位',
  cone: '取り得た速度',
  coneNote: (d, a) => `点は測位です。塗った範囲は、減速 ${d}、加速 ${a} m/s² で測位の間に取り得た速度です。`,
  factors: '確からしさの内訳',
  factor: { match: 'この道路を走っていた', map: '地図が正しい', observation: '測定が示している' },
  reasons: '疑いの理由',
  reason: {
    gps_gap: 'しばらく測位がありません。',
    low_accuracy: '受信機の精度が低い場所です。',
    parallel_road: '並行する道路があります。',
    level_ambiguity: '上または下に別の道路があります。',
    direction_inferred: '標識の向きが地図に書かれていません。',
    direction_ambiguous: '標識の向きが明らかではありません。',
    limit_assumed: '制限は標識ではなく法定速度です。',
    limit_interval: '地図では複数の制限があり得ます。',
    limit_variable: '可変標識のため制限を知ることができません。',
    time_window_edge: '標識の時間帯の境目に近い走行です。',
    condition_unparsed: '地図の条件を解釈できません。',
    condition_unknowable: '天候など、記録からは分からない条件があります。',
    conditional_fact: '時間や車種による規制です。',
    holiday_unknown: '休日かどうか分かりません。',
    permit_possible: '通行許可の可能性があります。',
    permit_listed: '設定にこの道路の許可があります。',
    destination_possible: '目的地がこの区間にあった可能性があります。',
    signal_present: '信号機があり、その表示は分かりません。',
    line_position_uncertain: '停止線の位置、または車との距離が確かではありません。',
    stop_possible_between_fixes: '測位の間に停止した可能性があります。',
    queue_before_line: '停止線の手前で停止しましたが、停止線ではありません。',
    short_stretch: '区間が短いです。',
    low_speed: '駐車や後退のような低速です。',
    match_uncertain: 'この道路を走っていたか確かではありません。',
    map_contradiction: '地図が矛盾しているか、実際の通行と合いません。',
    vehicle_unknown: '車両の大きさ・重さが分かりません。',
    no_speed: '速度の記録がなく、位置だけでは判断できません。',
    congestion_possible: '渋滞の可能性があります。',
    speed_contradicted: '記録された速度が位置と合いません。',
    course_contradicted: '記録された進行方向が位置と合いません。',
    private_ground: '私有地で、道路交通法が適用されない可能性があります。',
    place_disputed: 'ここでは多くの車が同じ行動をしています。標識か地図が違う可能性があります。',
    dismissed: '人がこの指摘または場所を却下しました。',
  },
  acquit: '適法と判断される条件',
  acquitText: {
    'stop-sign': '停止線の手前 15 m 以内で 2 km/h 未満の測位、または停止し得た測位の間隔。',
    'level-crossing': '踏切の手前 15 m 以内で 2 km/h 未満の測位、または停止し得た測位の間隔。',
    'wrong-way': '測位の近くに正しい向きの並行道路、または後退とみなせる低速。',
    'no-entry': '規制区間内の出発・停車・目的地、登録された許可、または近くの通行可能な道路。',
    'turn-ban': '時間に合う別の経路、またはこの車種の除外。',
    speeding: '区間の一部で制限と許容差を下回る速度、または近くの道路のより高い制限。',
    'minimum-speed': '前方の低速車両。',
  },
  law: '法令',
  lawText: '参考であり、法律上の助言ではありません。',
  points: (n) => `${n} 点`,
  fine: (amount) => `反則金 ${amount}`,
  record: 'この運転者の同種の場所',
  recordText: (complied, judged) => `${judged} か所のうち ${complied} か所で適法。`,
  links: '確認する',
  leaves: '外部サイトを開きます（この端末の外へ接続します）',
  osm: 'OpenStreetMap',
  mapillary: 'Mapillary の写真',
  decide: '判断',
  action: { confirm: '確認', dismiss: '却下', dispute: '異議', coach: '指導', undo: '取り消す' },
  decided: { confirm: '確認済み', dismiss: '却下', dispute: '異議あり', coach: '指導対象', undo: '' },
  why: {
    wrong_match: '別の道路を走っていた',
    wrong_map: '地図が誤っている',
    no_sign: '標識が存在しない',
    permit: '許可を受けていた',
    emergency: '緊急または警察の指示',
    measurement: '測定が誤っている',
    correct: '指摘は正しい',
    other: 'その他',
  },
  scope: { finding: 'この指摘のみ', place: 'この場所（すべての走行）' },
  note: 'メモ',
  author: '氏名',
  save: '判断を保存',
  saved: (n) => `未保存の判断 ${n} 件`,
  speed: '速度',
  limit: '制限',
  over: '制限超過 km/h',
  noLimit: '制限不明',
  chart: '速度と制限',
  map: '走行の地図',
  mapHelp: 'ドラッグで移動、ホイールで拡大縮小。矢印キーで移動、＋と−で拡大縮小。',
  play: '再生',
  pause: '一時停止',
  scrub: '時刻',
  rate: '再生速度',
  fit: '全体を表示',
  zoomIn: '拡大',
  zoomOut: '縮小',
  km: '走行距離 km',
  judged: '判定した場所',
  per100: '100 km あたりの違反',
  unjudged: '判定できない割合',
  ranking: '優先して話す相手',
  rankingNote: (km) => `100 km あたりの違反と 90 % 区間。${km} km 未満は灰色。`,
  praise: '良い運転',
  praiseText: (who, complied, judged) => `${who}：${judged} か所のうち ${complied} か所で停止`,
  trend: '週ごと',
  placesNote: 'ここでは多くの車が規則に反しています。まず標識と地図を確認してください。',
  placeText: (b, p, v) => `${p} 回の通過のうち ${b} 回、車両 ${v} 台`,
  none: 'ありません。',
  nothing: '表示する指摘はありません。',
  filter: '絞り込み',
  all: 'すべて',
  minimum: '以上',
  open: '未判断',
  keys: 'j と k で移動、Enter で開く、d で却下、Esc で戻る。',
  shown: (n, all) => `${all} 件中 ${n} 件`,
  anonymous: '匿名：走行の両端を除き、日時は曜日と時刻のみです。',
  made: (version, map, time) =>
    `Tomare ${version}、地図 ${map}${time === '' ? '' : `（${time.slice(0, 10)}）`}。人が確認するための参考であり、法律上の助言ではありません。地図データ © OpenStreetMap contributors, ODbL.`,
  warning: 'この記録について',
  noMap: '走行が地図の道路上にありません。',
  broken: 'このページは壊れており、データを読めません。レポートを作り直してください。',
};
