// SPDX-License-Identifier: MIT
// What each rule asks, and what is known of it besides; docs/RULES.md lists the same questions.
import { RULES } from '../../layout.ts';
import { loadProfile, profileNames } from '../../settings/profile.ts';
import { type Lang, TEXTS } from './texts.ts';

export type RuleName = (typeof RULES)[number];

/** The question, by language. */
export const ASKS: Readonly<Record<RuleName, Readonly<Record<Lang, string>>>> = {
  'stop-sign': {
    en: 'Did the car stop right before the line of a stop sign?',
    ja: '一時停止の標識の停止線の直前で停止したか。',
  },
  'level-crossing': {
    en: 'Did the car stop right before a level crossing, where the country asks for it?',
    ja: '踏切の直前で停止したか（停止義務のある国のみ）。',
  },
  'wrong-way': { en: 'Did the car drive against a one-way street?', ja: '一方通行を逆走したか。' },
  'no-entry': { en: 'Did the car drive through a road that was closed to it?', ja: '通行が禁止された道路を通ったか。' },
  'turn-ban': { en: 'Did the car make a turn that a sign bans?', ja: '標識で禁止された方向へ進んだか。' },
  speeding: {
    en: 'Did the car drive faster than the limit, long and far enough?',
    ja: '制限速度を一定時間・距離にわたり超えたか。',
  },
  'minimum-speed': {
    en: 'Did the car drive slower than a signed minimum? Off in the shipped settings.',
    ja: '標識の最低速度を下回ったか（初期設定では判定しない）。',
  },
};

/** What a verdict means, by language; docs/RULES.md lists the same. */
export const VERDICTS: Readonly<Record<string, Readonly<Record<Lang, string>>>> = {
  violated: {
    en: 'The evidence excludes every lawful explanation that the rule knows.',
    ja: '規則が想定する適法な説明は、すべて記録と合わない。',
  },
  possible: {
    en: 'The rule was broken if an assumed limit holds or no permit exists.',
    ja: '推定した制限が正しいか、許可がない場合に限り違反となる。',
  },
  undetermined: {
    en: 'The evidence or the map does not decide. Nobody is accused, and a reason says why.',
    ja: '記録または地図からは決められない。誰も違反とされず、理由が示される。',
  },
  complied: { en: 'The place was passed and the rule was kept.', ja: 'その場所を通り、規則を守った。' },
};

export const isRule = (name: string): name is RuleName => (RULES as readonly string[]).includes(name);

/** What the profiles say that breaking the rule is. */
function offences(rule: RuleName, lang: Lang): string[] {
  return profileNames().flatMap((name) => {
    const profile = loadProfile(name);
    const found = rule === 'speeding' ? profile.speeding : profile.offences[rule];
    if (found === undefined) return [];
    const parts = found.name.split(' / ');
    return [`  ${name}: ${(lang === 'en' ? parts.at(-1) : parts[0]) ?? found.name}, ${found.article} (${found.code})`];
  });
}

export function ruleText(rule: RuleName, lang: Lang): string {
  const t = TEXTS[lang];
  const lines = [`${rule}: ${t.rule[rule]}`, `  ${ASKS[rule][lang]}`, `${t.acquit}:`, `  ${t.acquitText[rule]}`];
  const law = offences(rule, lang);
  return `${[...lines, ...(law.length === 0 ? [] : [`${t.law}:`, ...law])].join('\n')}\n`;
}
