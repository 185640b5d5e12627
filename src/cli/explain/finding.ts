// SPDX-License-Identifier: MIT
// A finding of a stored result in words, as the report's card has it.
import { readResults } from '../../audit/results.ts';
import { TomareError } from '../../errors.ts';
import { seenText } from '../../html/app/i18n/seen.ts';
import type { Result } from '../../report/result.ts';
import { sureText } from '../../report/sure.ts';
import { offenceNames } from '../../settings/profile.ts';
import { type Settings, settingsHash } from '../../settings/settings.ts';
import { type Lang, TEXTS } from './texts.ts';

type Finding = Result['findings'][number];

interface Found {
  result: Result;
  finding: Finding;
}

async function* findingsOf(path: string): AsyncGenerator<Found> {
  for await (const result of readResults([path])) for (const finding of result.findings) yield { result, finding };
}

const timeOf = ({ start }: Finding) => start.slice(0, 19).replace('T', ' ');

function verdictOf({ rule, verdict }: Finding, lang: Lang): string {
  const t = TEXTS[lang];
  return (verdict === 'possible' ? (t.possible[rule] ?? t.possible['other']) : t.verdict[verdict]) ?? verdict;
}

/** Braking that the result's own settings allow; without it the second half of the sentence is left out. */
function seen({ result, finding }: Found, settings: Settings, lang: Lang): string {
  const { decel_mps2 = 0 } = (settings as unknown as { stop: Record<string, number> }).stop;
  if (settingsHash(settings) === result.engine.settings) return seenText(TEXTS[lang], finding, decel_mps2);
  const { lowest_possible_kmh: _, ...measured } = finding.measured;
  return seenText(TEXTS[lang], { ...finding, measured }, decel_mps2);
}

function placeOf({ road }: Finding, lang: Lang): string {
  const ids = [`way ${road.way}`, ...(road.node ? [`node ${road.node}`] : [])];
  return [road.name ?? TEXTS[lang].unnamed, ...ids, ...(road.relation ? [`relation ${road.relation}`] : [])].join(', ');
}

function lawOf({ offence }: Finding, lang: Lang): string[] {
  if (offence === undefined) return [];
  const t = TEXTS[lang];
  const name = offenceNames(lang).get(offence.code) ?? offence.code;
  const fine = offence.fine_yen === undefined ? [] : [t.fine(`¥${offence.fine_yen.toLocaleString('en')}`)];
  return [[name, offence.article, t.points(offence.points), ...fine].join(', '), t.lawText];
}

function textOf(found: Found, title: string, settings: Settings, lang: Lang): string {
  const { finding, result } = found;
  const t = TEXTS[lang];
  const settled = finding.verdict === 'violated' || finding.verdict === 'complied';
  const undecided = finding.verdict === 'undetermined';
  // of what is undetermined no fix shows anything
  const named = Object.entries(finding.factors).filter(([name]) => !undecided || name !== 'observation');
  const factors = named.map(([name, share]) => `${t.factor[name]}: ${sureText(share)}`);
  const parts: [string, string[]][] = [
    [t.drive, [`${result.drive.id}, ${timeOf(finding)}`]],
    [t.where, [placeOf(finding, lang)]],
    [t.seen, [seen(found, settings, lang)]],
    [t.sign, [t.signText(finding.source.tag, finding.source.direction ?? '')]],
    [settled ? `${t.factors}: ${sureText(finding.confidence)}` : t.factors, factors],
    [undecided ? t.undecided : t.reasons, finding.reasons.map((reason) => `${reason}: ${t.reason[reason] ?? reason}`)],
    [t.acquit, finding.verdict === 'complied' || undecided ? [] : [t.acquitText[finding.rule] ?? '']],
    [t.law, lawOf(finding, lang)],
  ];
  const blocks = parts
    .filter(([, lines]) => lines.length > 0)
    .map(([head, lines]) => [head, ...lines.map((l) => `  ${l}`)]);
  const head = `${title}: ${t.rule[finding.rule] ?? finding.rule}: ${verdictOf(finding, lang)}`;
  return `${[head, ...blocks.flat()].join('\n')}\n`;
}

/** Finding `number`, from 1, of a file of results. @throws TomareError USAGE where there is none; AUDIT_INPUT as `readResults` */
export async function findingText(path: string, number: number, settings: Settings, lang: Lang): Promise<string> {
  let count = 0;
  for await (const found of findingsOf(path)) {
    if (++count === number) return textOf(found, `${path}#${number}`, settings, lang);
  }
  throw new TomareError('USAGE', `${path}#${number}: the file has ${count} findings, numbered from 1`);
}

/** The findings of a file with their numbers, one a line. */
export async function findingList(path: string, lang: Lang): Promise<string> {
  const lines: string[] = [];
  for await (const { result, finding } of findingsOf(path)) {
    const what = `${TEXTS[lang].rule[finding.rule] ?? finding.rule}: ${verdictOf(finding, lang)}`;
    lines.push(`${path}#${lines.length + 1}: ${timeOf(finding)}, ${result.drive.id}: ${what}\n`);
  }
  return lines.length === 0 ? `${path}: no finding\n` : lines.join('');
}
