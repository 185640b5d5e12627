// SPDX-License-Identifier: MIT
// `tomare review DIR`: serves the report of a folder on this machine, and keeps decisions beside it.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { TomareError } from '../errors.ts';
import { assets } from '../html/assets.ts';
import { page, sealedIn } from '../html/page.ts';
import { startReview } from '../review/server.ts';

export interface ReviewCommandOptions {
  port: number;
}

/** The report of a folder: report.html, or its only page. */
function reportIn(folder: string): string {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new TomareError('USAGE', `${folder}: a folder with a report is expected; make one with tomare report`);
  }
  const pages = readdirSync(folder).filter((name) => name.endsWith('.html'));
  const chosen = pages.includes('report.html') ? 'report.html' : pages.length === 1 ? pages[0] : undefined;
  if (chosen !== undefined) return join(folder, chosen);
  throw new TomareError('USAGE', `${folder}: ${pages.length} pages and no report.html; make one with tomare report`);
}

/** Serves until the process is told to end. */
export async function review(folder: string, options: ReviewCommandOptions): Promise<void> {
  const path = reportIn(folder);
  const found = sealedIn(readFileSync(path, 'utf8'));
  if (found === undefined) throw new TomareError('USAGE', `${path}: no report of Tomare`);
  const bundle = await assets();
  const { url, close } = await startReview({
    page: (review) => page(bundle, found.sealed, { lang: found.lang, review }),
    decisions: join(folder, 'decisions.ndjson'),
    port: options.port,
  });
  process.stdout.write(`${url}\n`);
  process.stderr.write('tomare: decisions are kept in decisions.ndjson beside the report; Ctrl-C ends\n');
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await close();
}
