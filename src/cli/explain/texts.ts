// SPDX-License-Identifier: MIT
// The report's texts, by language: what the page says and what the command says are one.
import { en, type Texts } from '../../html/app/i18n/en.ts';
import { ja } from '../../html/app/i18n/ja.ts';

export type Lang = 'en' | 'ja';
export const TEXTS: Readonly<Record<Lang, Texts>> = { en, ja };
