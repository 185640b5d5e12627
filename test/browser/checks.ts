// SPDX-License-Identifier: MIT
// What a check is, and the browser that all share.
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

let failed = 0;

export function check(title: string, holds: boolean, detail = ''): void {
  if (!holds) failed++;
  process.stdout.write(`${holds ? 'ok  ' : 'FAIL'}  ${title}${detail === '' ? '' : `: ${detail}`}\n`);
}

/** Checks what a page shows once it has drawn: asked until it holds, for at most five seconds. */
export async function shown(title: string, holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 5000;
  let held = await holds();
  while (!held && Date.now() < end) {
    await new Promise((done) => setTimeout(done, 20));
    held = await holds();
  }
  check(title, held);
}

export const failures = () => failed;

export async function launch(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) throw new Error(`${executablePath} is missing: apt-get install chromium`);
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--font-render-hinting=none'] });
}

export interface Seen {
  requests: string[];
  errors: string[];
}

/** A page that notes every request beyond its own file, and every error. */
export async function open(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
  ready = 'main',
): Promise<{ page: Page; seen: Seen }> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
  const page = await context.newPage();
  const seen: Seen = { requests: [], errors: [] };
  page.on('request', (request) => {
    if (!/^(blob|data):/.test(request.url()) && request.url() !== url.replace(/#.*$/, ''))
      seen.requests.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') seen.errors.push(message.text());
  });
  page.on('pageerror', (error) => seen.errors.push(error.message));
  await page.goto(url);
  await page.waitForSelector(ready);
  return { page, seen };
}
