// SPDX-License-Identifier: MIT
// The report as a file, made of the script and style that this page itself shows it with.

import type { Lang } from '../html/model.ts';
import { page } from '../html/page.ts';

declare global {
  interface Window {
    /** What the report's own script offers where the page carries no data. */
    tomareReport?: {
      show(root: HTMLElement, sealed: string, lang: Lang): void;
      hide(root: HTMLElement): void;
    };
  }
}

const text = (id: string) => document.getElementById(id)?.textContent ?? '';

export function reportPage(sealed: string, lang: Lang): Blob {
  const html = page({ script: text('report-script'), style: text('report-style') }, sealed, { lang });
  return new Blob([html], { type: 'text/html' });
}
