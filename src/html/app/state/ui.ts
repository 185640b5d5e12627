// SPDX-License-Identifier: MIT
// What every view needs: the report, texts, formats, theme, decisions. Handed down by context.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Decision, Lang, PageDrive, PageFinding } from '../../model.ts';
import type { Texts } from '../i18n/en.ts';
import type { Report } from './data.ts';
import type { Formats } from './format.ts';

export type Theme = 'light' | 'dark';
/** Where the reader is: the overview, the inbox, or a drive with one of its findings open. */
export type Route = { view: 'overview' } | { view: 'inbox' } | { view: 'drive'; drive: number; finding: number };

export interface Ui {
  report: Report;
  t: Texts;
  f: Formats;
  lang: Lang;
  theme: Theme;
  /** All that can be opened is open, for paper. */
  printing: boolean;
  route: Route;
  go(route: Route): void;
  /** Who decides. */
  author: string;
  rename(name: string): void;
  decisions: ReadonlyMap<string, Decision>;
  decide(finding: PageFinding, drive: PageDrive, action: Decision['action'], more: Partial<Decision>): void;
}

export const UiContext = createContext<Ui | null>(null);

export function useUi(): Ui {
  const ui = useContext(UiContext);
  if (!ui) throw new Error('no report is open');
  return ui;
}

export function parseRoute(hash: string, drives: number): Route {
  const [view, drive, finding] = hash.replace(/^#\/?/, '').split('/');
  const n = Number(drive);
  if (view === 'drive' && Number.isInteger(n) && n >= 0 && n < drives) {
    return { view, drive: n, finding: finding === undefined || finding === '' ? -1 : Number(finding) };
  }
  if (view === 'inbox') return { view };
  return drives === 1 ? { view: 'drive', drive: 0, finding: -1 } : { view: 'overview' };
}

export const hashOf = (r: Route) =>
  r.view === 'drive' ? `#/drive/${r.drive}${r.finding >= 0 ? `/${r.finding}` : ''}` : `#/${r.view}`;
