// SPDX-License-Identifier: MIT
// What `explain` says and what the documents list is one.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ERRORS } from '../../errors.ts';
import { RULES } from '../../layout.ts';
import { loadSettings } from '../../settings/settings.ts';
import { ADVICE } from './advice.ts';
import { ALL_REASONS, explain } from './explain.ts';
import { ASKS, VERDICTS } from './rules.ts';
import { TEXTS } from './texts.ts';

const doc = (name: string) => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');
/** Rows of the table under a heading: the first cell without its code marks, and the second. */
const table = (text: string, heading: string) => {
  const section = text.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = [...section.matchAll(/^\| `([^`]+)` \| (.*) \|$/gm)];
  return Object.fromEntries(rows.map(([, name, what]) => [name, what]));
};
const said = (word?: string, lang: 'en' | 'ja' = 'en') => explain(word, lang, loadSettings);

describe('explain and the documents', () => {
  it('ERRORS.md has the advice', () => {
    const rows = [...doc('ERRORS.md').matchAll(/^\| \d+ \| (\w+) \| [^|]* \| ([^|]*) \|$/gm)];
    expect(Object.fromEntries(rows.map(([, name, advice]) => [name, advice]))).toEqual(ADVICE);
  });
  it('RULES.md has the questions of the rules', () => {
    const asked = Object.fromEntries(RULES.map((rule) => [rule, ASKS[rule].en]));
    expect(table(doc('RULES.md'), 'The rules as questions')).toEqual(asked);
    for (const rule of RULES) expect(doc('RULES.md')).toMatch(new RegExp(`^## ${rule}\\b`, 'm'));
  });
  it('RULES.md has the verdicts, with the words of the report', () => {
    const rows = Object.entries(VERDICTS).map(
      ([verdict, { en }]) => `| \`${verdict}\` | ${TEXTS.en.verdict[verdict]} | ${en} |`,
    );
    for (const row of rows) expect(doc('RULES.md')).toContain(row);
  });
  it('RULES.md has the reasons', () => {
    const reasons = Object.fromEntries(ALL_REASONS.map((reason) => [reason, TEXTS.en.reason[reason]]));
    expect(table(doc('RULES.md'), 'The reasons in words')).toEqual(reasons);
  });
  it('every reason and rule has its texts in both languages', () => {
    for (const { reason, rule, acquitText } of Object.values(TEXTS)) {
      for (const name of ALL_REASONS) expect(reason[name], name).toMatch(/\S[.。]$/);
      for (const name of RULES) expect([rule[name], acquitText[name]], name).not.toContain(undefined);
    }
  });
});

describe('explain', () => {
  it('an error by name or code, with what to do', async () => {
    const text =
      '101 LOG_FORMAT: The format of the log is unknown\nWhat to do: do what the message says, or convert it to CSV, NDJSON or GPX\n';
    expect([await said('LOG_FORMAT'), await said('log_format'), await said('101')]).toEqual([text, text, text]);
  });
  it('a reason, in the language asked for', async () => {
    expect(await said('gps_gap')).toBe('gps_gap: No fix was received for a while here.\n');
    expect(await said('gps-gap', 'ja')).toBe('gps_gap: しばらく測位がありません。\n');
  });
  it('a verdict', async () => {
    expect(await said('undetermined')).toMatch(/^undetermined: .*Nobody is accused/);
  });
  it('a rule, with the offences of the profiles', async () => {
    const text = await said('stop-sign');
    expect(text).toContain('Did the car stop right before the line of a stop sign?');
    expect(text).toContain('jp: failing to stop at a stop sign, 道路交通法 第43条 (jp.stop_sign)');
    expect(await said('stop_sign', 'ja')).toContain('jp: 指定場所一時不停止等, 道路交通法 第43条');
  });
  it('without a word, all of them', async () => {
    const text = await said();
    for (const name of [...ERRORS.map((e) => e.name), ...ALL_REASONS, ...RULES]) expect(text).toContain(name);
  });
  it.each([
    ['LOG_FROMAT', 'LOG_FORMAT'],
    ['gpsgap', 'gps_gap'],
    ['speding', 'speeding'],
  ])('%s: did you mean %s', async (word, meant) => {
    await expect(said(word)).rejects.toThrow(
      `there is no verdict, reason, rule or error "${word}"; did you mean ${meant}?`,
    );
  });
});
