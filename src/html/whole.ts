// SPDX-License-Identifier: MIT
// A report as one HTML file, with the page's parts as the package or the checkout has them. Not for a browser.
import type { Decision } from '../decisions/decision.ts';
import { assets } from './assets.ts';
import { page } from './page.ts';
import type { Report } from './report.ts';

/** The text of the file. */
export async function wholePage(report: Report, decisions: readonly Decision[] = []): Promise<string> {
  return page(await assets(), await report.sealed(decisions), { lang: report.lang });
}
