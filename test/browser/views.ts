// SPDX-License-Identifier: MIT
// Every view of the report: no request, no error, no axe violation, in both themes and languages; controls, cursor, print.
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { check, open, type Seen } from './checks.ts';
import { FOLDER, type Pages } from './pages.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
type AxeWindow = { axe: { run(): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }> } };

export async function axeClean(page: Page, title: string): Promise<void> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => (globalThis as unknown as AxeWindow).axe.run());
  check(
    `${title}: no axe violation`,
    violations.length === 0,
    violations.map((v) => `${v.id} at ${v.nodes[0]?.target}`).join('; '),
  );
}

export function quiet(title: string, seen: Seen): void {
  check(`${title}: no request`, seen.requests.length === 0, seen.requests.join(', '));
  check(`${title}: no console error`, seen.errors.length === 0, seen.errors.join(' | '));
}

const url = (file: string, hash = '') => `${pathToFileURL(file)}${hash}`;

async function looks(browser: Browser, file: string, name: string, hash: string, wide = true): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    const viewport = wide ? { width: 1400, height: 900 } : { width: 390, height: 844 };
    const { page, seen } = await open(browser, url(file, hash), { colorScheme, viewport });
    await page.waitForTimeout(300);
    await page.screenshot({ path: join(FOLDER, `${name}-${colorScheme}.png`) });
    await axeClean(page, `${name}, ${colorScheme}, English`);
    await page.locator('.tools button', { hasText: '日本語' }).click();
    await axeClean(page, `${name}, ${colorScheme}, Japanese`);
    check(`${name}, ${colorScheme}: the page says its language`, (await page.getAttribute('html', 'lang')) === 'ja');
    quiet(`${name}, ${colorScheme}`, seen);
    await page.context().close();
  }
}

/** Share of a canvas's pixels that are not its ground. */
const drawn = (page: Page, selector: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((canvas) => {
      const c = canvas as HTMLCanvasElement;
      const { data } = (c.getContext('2d') as CanvasRenderingContext2D).getImageData(0, 0, c.width, c.height);
      const ground = [data[0], data[1], data[2]].join();
      let other = 0;
      for (let i = 0; i < data.length; i += 4) if ([data[i], data[i + 1], data[i + 2]].join() !== ground) other++;
      return other / (data.length / 4);
    });

async function oneDrive(browser: Browser, file: string): Promise<void> {
  const { page, seen } = await open(browser, url(file));
  await page.waitForTimeout(200);
  check(
    'one drive: the sentence',
    /1 violation, 1 place passed lawfully/.test((await page.textContent('.sentence')) ?? '') ?? '',
  );
  check('one drive: the map is drawn', (await drawn(page, '.map canvas')) > 0.01);
  check('one drive: the curve is drawn', (await drawn(page, '.chart canvas')) > 0.005);
  for (const name of ['Zoom in', 'Zoom out', 'Show all']) await page.getByRole('button', { name }).click();
  await page.locator('.map canvas').first().focus();
  for (const key of ['ArrowLeft', 'ArrowUp', '+', '-']) await page.keyboard.press(key);
  await page.locator('.card-head').first().click();
  check('one drive: a card opens', await page.locator('.detail').isVisible());
  check('one drive: the cone of a stop', await page.locator('.cone polygon').isVisible());
  check('one drive: three factors', (await page.locator('.bars meter').count()) === 3);
  check(
    'one drive: links say that they leave',
    /leaves this machine/.test((await page.getAttribute('.links a', 'title')) ?? ''),
  );
  await page.getByRole('button', { name: 'Dismiss' }).click();
  check('one drive: a decision shows', await page.locator('.card .decided').first().isVisible());
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.save').click()]);
  const saved = JSON.parse(readFileSync(await download.path(), 'utf8').trim());
  check('one drive: the decision is saved', saved.action === 'dismiss' && saved.rule === 'stop-sign');
  await page.keyboard.press('Escape');
  check('one drive: Escape closes the card', (await page.locator('.detail').count()) === 0);
  await cursor(page);
  quiet('one drive, used', seen);
  await page.locator('.card-head').first().click();
  const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
  check(
    'one drive: prints to a few pages',
    (pdf.match(/\/Type \/Page\b/g) ?? []).length <= 4,
    `${(pdf.match(/\/Type \/Page\b/g) ?? []).length} pages`,
  );
  await page.context().close();
}

/** Map, curve and scrubber are at one point of time. */
async function cursor(page: Page): Promise<void> {
  const box = await page.locator('.chart .u-over').boundingBox();
  if (!box) return check('cursor: the curve has a place', false);
  const places: string[] = [];
  for (const share of [0.25, 0.5, 0.75]) {
    await page.mouse.move(box.x + box.width * share, box.y + box.height / 2);
    await page.waitForTimeout(120);
    const time = Number(await page.getAttribute('.chart', 'data-cursor'));
    const range = page.locator('.scrubber');
    const [min, max] = [Number(await range.getAttribute('min')), Number(await range.getAttribute('max'))];
    const slid = Number(await range.inputValue());
    check(`cursor at ${share}: curve and scrubber agree`, Math.abs(time - slid) <= 100, `${time - slid} ms`);
    check(`cursor at ${share}: it is where the pointer is`, Math.abs((time - min) / (max - min) - share) < 0.05);
    places.push((await page.locator('.map canvas').first().getAttribute('data-cursor')) ?? '');
  }
  check('cursor: the car moves on the map', new Set(places).size === 3, places.join(' '));
  const range = page.locator('.scrubber');
  await range.evaluate((input) => {
    const slider = input as HTMLInputElement;
    slider.value = slider.min;
    slider.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await page.waitForTimeout(100);
  const before = await page.locator('.map canvas').first().getAttribute('data-cursor');
  await page.locator('.replay select').selectOption('20');
  await page.locator('.play').click();
  await page.waitForTimeout(900);
  await page.locator('.play').click();
  check('replay: the car drives', (await page.locator('.map canvas').first().getAttribute('data-cursor')) !== before);
}

async function manyDrives(browser: Browser, file: string): Promise<void> {
  const { page, seen } = await open(browser, url(file));
  const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1);
  check('210 drives: first picture within 500 ms', paint > 0 && paint <= 500, `${Math.round(paint)} ms`);
  check('210 drives: four numbers', (await page.locator('.numbers dd').count()) === 4);
  check('210 drives: the map is drawn', (await drawn(page, '.map canvas')) > 0.005);
  await page.getByRole('button', { name: 'Findings' }).click();
  const rows = await page.locator('tbody tr').count();
  check('210 drives: the inbox lists findings', rows > 50, `${rows}`);
  await page.getByLabel('What was seen').selectOption('speeding');
  check('210 drives: a filter filters', (await page.locator('tbody tr').count()) < rows);
  await page.locator('h2').click();
  for (const key of ['j', 'j', 'k', 'd']) await page.keyboard.press(key);
  check('210 drives: d dismisses', (await page.locator('tbody .decided').count()) === 1);
  await page.keyboard.press('Enter');
  check('210 drives: Enter opens the drive', await page.locator('.detail').isVisible());
  quiet('210 drives, used', seen);
  await page.context().close();
}

async function hostile(browser: Browser, file: string): Promise<void> {
  const { page, seen } = await open(browser, url(file));
  let dialogs = 0;
  page.on('dialog', (dialog) => {
    dialogs++;
    void dialog.dismiss();
  });
  await page.locator('.card-head').first().click();
  check(
    'hostile names: shown as text',
    ((await page.textContent('.drive-head')) ?? '').includes('<script>alert(1)</script>'),
  );
  check('hostile names: no element comes of them', (await page.locator('img').count()) === 0 && dialogs === 0);
  const blocked = await page.evaluate(async () => {
    try {
      await fetch('https://example.com/');
      return false;
    } catch {
      return true;
    }
  });
  check('the policy forbids the network', blocked);
  check('hostile names: no request of its own', seen.requests.filter((r) => !r.includes('example.com')).length === 0);
  await page.context().close();
}

export async function views(browser: Browser, pages: Pages): Promise<void> {
  const size = (file: string) => statSync(file).size;
  check('one drive: at most 300 KB', size(pages.one) <= 300_000, `${size(pages.one)} bytes`);
  check('210 drives: at most 1.5 MB', size(pages.many) <= 1_500_000, `${size(pages.many)} bytes`);
  await looks(browser, pages.one, 'drive', '');
  await looks(browser, pages.one, 'finding', '#/drive/0/0');
  await looks(browser, pages.many, 'overview', '');
  await looks(browser, pages.many, 'inbox', '#/inbox');
  await looks(browser, pages.one, 'phone', '#/drive/0/0', false);
  await oneDrive(browser, pages.one);
  await manyDrives(browser, pages.many);
  await hostile(browser, pages.hostile);
}
