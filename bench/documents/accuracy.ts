// SPDX-License-Identifier: MIT
// Summaries of the kept run of `npm run bench -- accuracy`: for the README, the page for drivers, and ACCURACY.md.
import { type Accuracy, kept, type RuleFigures } from './kept.ts';
import { grouped, table } from './table.ts';

/** Receivers of the README, by the name of the kept run, with what they are called there. */
const SHOWN: readonly (readonly [name: string, en: string, ja: string])[] = [
  ['5 m, 1 s', 'every second, with speed', '毎秒、速度あり'],
  ['5 m, 5 s', 'every 5 s, with speed', '5 秒ごと、速度あり'],
  ['5 m, 1 s, no speed', 'every second, positions only', '毎秒、位置のみ'],
  ['phone, city', 'a phone in a city, as measured', '市街地のスマートフォン、実測の誤差'],
];
const HEAD = {
  en: [
    'log',
    'violations found',
    'of them false',
    'recall of the determinable, %',
    'of all broken, %',
    'false per 1,000 km',
  ],
  ja: ['ログ', '検出した違反', 'うち誤り', '判定可能な違反の再現率, %', '全違反の再現率, %', '1,000 km あたりの誤り'],
} as const;

const sum = (all: readonly RuleFigures[], of: (f: RuleFigures) => number) => all.reduce((n, f) => n + of(f), 0);
/** The lowest and the highest of the rules, in whole per cent. */
const range = (shares: readonly number[]) =>
  [Math.min(...shares), Math.max(...shares)].map((share) => (100 * share).toFixed(0)).join('–');

/** A count of events, or where there is none the bound at 95 % (rule of three), of so many units of exposure. */
const orBound = (count: number, exposure: number, per: number, digits: number) =>
  count > 0 ? ((per * count) / exposure).toFixed(digits) : `≤ ${((per * 3) / exposure).toFixed(digits)}`;

/** How many findings are false, in all and in per cent. */
function falseOf(all: readonly RuleFigures[]): string {
  const wrong = sum(all, (f) => f.falseClaims);
  return `${wrong} (${orBound(
    wrong,
    sum(all, (f) => f.claims),
    100,
    1,
  )} %)`;
}

function calibrationText(language: 'en' | 'ja'): string {
  const { ece, count } = kept<Accuracy>('accuracy').calibration.confidence;
  const [off, findings] = [(100 * ece).toFixed(1), grouped(count)];
  return language === 'en'
    ? `Over all receivers (${findings} findings) the stated confidence is off by ${off} % on average.`
    : `全受信機（指摘 ${findings} 件）で、示した確率と実際の割合の差は平均 ${off} %。`;
}

export function accuracySummary(language: 'en' | 'ja'): string {
  const { rules } = kept<Accuracy>('accuracy');
  const rows = SHOWN.map(([name, en, ja]) => {
    const all = Object.values(rules[name] ?? {});
    const some = all.filter((f) => f.determinable > 0);
    const km = all[0]?.lawfulKm ?? 0;
    return [
      language === 'en' ? en : ja,
      grouped(sum(all, (f) => f.claims)),
      falseOf(all),
      range(some.map((f) => f.recall ?? 0)),
      range(all.map((f) => f.found / f.violations)),
      orBound(
        sum(all, (f) => f.falseLawful),
        km,
        1000,
        1,
      ),
    ];
  });
  return `${table(HEAD[language], rows)}\n\n${calibrationText(language)}`;
}

const percent = (part: number, whole: number) => (whole === 0 ? '–' : ((100 * part) / whole).toFixed(0));

/** Of all rules of a receiver, or of one rule: claims, recall, acquittals, in the columns of SUMMARY. */
function summaryCells(all: readonly RuleFigures[]): string[] {
  const of = (
    key: 'claims' | 'foundDeterminable' | 'determinable' | 'found' | 'violations' | 'acquitted' | 'complied',
  ) => sum(all, (f) => f[key]);
  return [
    grouped(of('claims')),
    of('claims') === 0 ? '–' : falseOf(all),
    percent(of('foundDeterminable'), of('determinable')),
    percent(of('found'), of('violations')),
    of('complied') === 0 ? '–' : `${of('acquitted')} of ${grouped(of('complied'))}`,
  ];
}
const SUMMARY = [
  'claims',
  'of them false',
  'recall of the determinable, %',
  'found of all broken, %',
  'wrongly acquitted',
];
const RECEIVERS = [
  '5 m, 1 s',
  '5 m, 5 s',
  '5 m, 10 s',
  '5 m, 1 s, no speed',
  '20 m, 1 s, no speed',
  'phone',
  'phone, city',
  'phone, city, no speed',
  'tracker, 5 s',
];

/** The first tables of ACCURACY.md: all rules together by receiver, then by rule for one receiver. */
export function accuracyMain(): string {
  const { rules } = kept<Accuracy>('accuracy');
  const byReceiver = RECEIVERS.map((name) => [name, ...summaryCells(Object.values(rules[name] ?? {}))]);
  const byRule = Object.entries(rules['phone'] ?? {}).map(([rule, f]) => [rule, ...summaryCells([f])]);
  return [
    table(['receiver', ...SUMMARY], byReceiver),
    table(['phone, by rule', ...SUMMARY], byRule),
    calibrationText('en'),
  ].join('\n\n');
}

/** For drivers: how many of the findings were false, with good and with bad receivers. */
export function driverSummary(language: 'en' | 'ja'): string {
  const { rules } = kept<Accuracy>('accuracy');
  const [good = '', alone = '', bad = ''] = ['5 m, 1 s', '5 m, 1 s, no speed', '20 m, 1 s, no speed'].map((name) => {
    const all = Object.values(rules[name] ?? {});
    const [wrong, claims] = [sum(all, (f) => f.falseClaims), grouped(sum(all, (f) => f.claims))];
    return language === 'en' ? `${wrong} of ${claims}` : `${claims} 件中 ${wrong} 件`;
  });
  return language === 'en'
    ? `In simulated drives with position and speed every second, ${good} findings were false. With positions alone ${alone} were false, and with a bad receiver ${bad}.`
    : `位置と速度を毎秒記録したシミュレーションでは、指摘 ${good}が誤りでした。位置だけの記録では ${alone}、受信状態が悪いと ${bad}が誤りでした。`;
}
