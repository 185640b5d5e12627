// SPDX-License-Identifier: MIT
// What rules and offences are called in a language: rules by the report's texts, offences by the country profiles.
import type { TableLook } from '../report/table.ts';
import { offenceNames } from '../settings/profile.ts';
import { type Lang, TEXTS } from './explain/texts.ts';

/** The offence, where the finding is one; else the rule. */
export function namesIn(lang: Lang): NonNullable<TableLook['nameOf']> {
  const offences = offenceNames(lang);
  return (rule, finding) => offences.get(finding?.offence?.code ?? '') ?? TEXTS[lang].rule[rule] ?? rule;
}
