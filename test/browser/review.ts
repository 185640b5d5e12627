// SPDX-License-Identifier: MIT
// The review: two readers at the same time, and a server that is killed at random moments. What was answered for is kept.
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { readDecisions } from '../../src/decisions/file.ts';
import { check, open } from './checks.ts';
import { FOLDER, type Pages } from './pages.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts');

async function serve(folder: string, port: number): Promise<{ child: ChildProcess; url: string }> {
  const args = [
    '--disable-warning=ExperimentalWarning',
    MAIN,
    'review',
    folder,
    ...(port > 0 ? ['--port', String(port)] : []),
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (data: Buffer) => resolve(data.toString().trim()));
    child.once('exit', () => reject(new Error('the review ended at once')));
  });
  return { child, url };
}

const act = async (page: Page, name: string) => {
  await page.getByRole('button', { name, exact: true }).click();
};

async function twoReaders(browser: Browser, folder: string): Promise<void> {
  const { child, url } = await serve(folder, 0);
  const [a, b] = [await open(browser, url), await open(browser, url)];
  for (const { page } of [a, b]) await page.locator('.card-head').first().click();
  await Promise.all([act(a.page, 'Confirm'), act(b.page, 'Coach')]);
  await a.page.waitForTimeout(500);
  const { decisions } = readDecisions(join(folder, 'decisions.ndjson'));
  check(
    'review: both readers are kept',
    decisions
      .map((d) => d.action)
      .sort()
      .join() === 'coach,confirm',
  );
  const [x, y] = await Promise.all(
    [a, b].map(async ({ page }) => {
      await page.reload();
      await page.waitForSelector('.card .decided');
      return page.locator('.card .decided').first().textContent();
    }),
  );
  check('review: both see the same decision', x === y, `${x} / ${y}`);
  const own = new URL(url).origin;
  check(
    'review: no request but to itself',
    [...a.seen.requests, ...b.seen.requests].every((r) => r.startsWith(own)),
  );
  child.kill('SIGTERM');
  await Promise.all([a.page.context().close(), b.page.context().close()]);
}

async function killed(folder: string): Promise<void> {
  const answered: string[] = [];
  for (let round = 0; round < 8; round++) {
    const { child, url } = await serve(folder, 0);
    const { origin, searchParams } = new URL(url);
    const headers = { authorization: `Bearer ${searchParams.get('token')}` };
    const post = async (id: string) => {
      const decision = {
        schema: 'tomare.decision/1',
        id,
        time: '2026-11-30T10:00:00Z',
        author: 'x'.repeat(150),
        action: 'confirm',
        reason: 'correct',
        drive: 'd',
        rule: 'speeding',
        finding: id,
        place: 'p',
        scope: 'finding',
      };
      const answer = await fetch(`${origin}/decisions`, { method: 'POST', headers, body: JSON.stringify(decision) });
      if (answer.status === 201) answered.push(id);
    };
    const writer = async (name: string) => {
      for (let i = 0; i < 500; i++) await post(`${round}-${name}-${i}`);
    };
    const writers = [writer('a'), writer('b')].map((work) => work.catch(() => undefined));
    setTimeout(() => child.kill('SIGKILL'), 30 + 45 * round);
    await Promise.all(writers);
  }
  const { decisions, torn } = readDecisions(join(folder, 'decisions.ndjson'));
  const kept = new Set(decisions.map((d) => d.id));
  const lost = answered.filter((id) => !kept.has(id));
  check(
    'review: 8 times kill −9 lose no decision',
    lost.length === 0 && answered.length > 20,
    `${answered.length} answered, ${lost.length} lost, ${torn} torn lines`,
  );
}

export async function reviewChecks(browser: Browser, pages: Pages): Promise<void> {
  const folder = join(FOLDER, 'review');
  mkdirSync(folder);
  cpSync(pages.one, join(folder, 'report.html'));
  await twoReaders(browser, folder);
  await killed(folder);
}
