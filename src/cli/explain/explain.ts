// SPDX-License-Identifier: MIT
// `tomare explain`: a verdict, reason, rule or error by its name, a finding by its file and number.
import { existsSync } from 'node:fs';
import { ERRORS, TomareError } from '../../errors.ts';
import { REASONS, RULES } from '../../layout.ts';
import { didYouMean } from '../../nearest.ts';
import { HOST_REASONS } from '../../report/result.ts';
import type { Settings } from '../../settings/settings.ts';
import { ADVICE } from './advice.ts';
import { findingList, findingText } from './finding.ts';
import { ASKS, isRule, ruleText, VERDICTS } from './rules.ts';
import { type Lang, TEXTS } from './texts.ts';

/** Reasons of the core and of the hosts. */
export const ALL_REASONS: readonly string[] = [...REASONS, ...HOST_REASONS];

const errorLine = ({ code, name, text }: (typeof ERRORS)[number]) => `${code} ${name}: ${text}\n`;

function named(word: string, lang: Lang): string | undefined {
  const error = ERRORS.find(({ name, code }) => name === word.toUpperCase() || String(code) === word);
  if (error !== undefined) return `${errorLine(error)}What to do: ${ADVICE[error.name]}\n`;
  const verdict = VERDICTS[word.toLowerCase()];
  if (verdict !== undefined) return `${word.toLowerCase()}: ${verdict[lang]}\n`;
  const reason = word.toLowerCase().replaceAll('-', '_');
  if (ALL_REASONS.includes(reason)) return `${reason}: ${TEXTS[lang].reason[reason]}\n`;
  const rule = word.toLowerCase().replaceAll('_', '-');
  return isRule(rule) ? ruleText(rule, lang) : undefined;
}

function everything(lang: Lang): string {
  const reasons = ALL_REASONS.map((reason) => `${reason}: ${TEXTS[lang].reason[reason]}\n`);
  const rules = RULES.map((rule) => `${rule}: ${ASKS[rule][lang]}\n`);
  const verdicts = Object.entries(VERDICTS).map(([verdict, means]) => `${verdict}: ${means[lang]}\n`);
  const heads = lang === 'en' ? ['Verdicts', 'Rules', 'Reasons', 'Errors'] : ['判定', '規則', '理由', 'エラー'];
  const blocks = [verdicts, rules, reasons, ERRORS.map(errorLine)];
  return blocks.map((lines, i) => `${heads[i]}\n${lines.map((line) => `  ${line}`).join('')}`).join('\n');
}

/**
 * The text for a name or code, for `RESULTS#N`, or for all names. `settings`: the policy that the results may have been made with.
 * @throws TomareError USAGE where nothing has that name
 */
export async function explain(word: string | undefined, lang: Lang, settings: () => Settings): Promise<string> {
  if (word === undefined) return everything(lang);
  const [, path, number] = /^(.+)#(\d+)$/.exec(word) ?? [];
  if (path !== undefined) return findingText(path, Number(number), settings(), lang);
  const text = named(word, lang);
  if (text !== undefined) return text;
  if (existsSync(word)) return findingList(word, lang);
  const names = [...ERRORS.map(({ name }) => name), ...ALL_REASONS, ...RULES, ...Object.keys(VERDICTS)];
  const near = didYouMean(word, names) || '; tomare explain lists those there are';
  throw new TomareError('USAGE', `there is no verdict, reason, rule or error "${word}"${near}`);
}
