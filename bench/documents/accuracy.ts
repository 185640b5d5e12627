// SPDX-License-Identifier: MIT
// The README's table of accuracy, from the kept run of `npm run bench -- accuracy`.
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

export function accuracySummary(language: 'en' | 'ja'): string {
  const { rules, calibration } = kept<Accuracy>('accuracy');
  const [ece, count] = [(100 * calibration.confidence.ece).toFixed(1), grouped(calibration.confidence.count)];
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
  const text =
    language === 'en'
      ? `Over all receivers (${count} findings) the stated confidence is off by ${ece} % on average.`
      : `全受信機（指摘 ${count} 件）で、示した確率と実際の割合の差は平均 ${ece} %。`;
  return `${table(HEAD[language], rows)}\n\n${text}`;
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
