// SPDX-License-Identifier: MIT
// Every view of the report: no request, no error, no axe violation, in both themes and languages; controls, cursor, print.
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { Report } from '../../src/html/app/state/data.ts';
import { unseal } from '../../src/html/envelope.ts';
import { sealedIn } from '../../src/html/page.ts';
import { check, open, type Seen, shown } from './checks.ts';
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
    const beyond = await page.evaluate(() => {
      const end = document.querySelector('footer')?.getBoundingClientRect().bottom ?? 0;
      const { scrollHeight, scrollWidth } = document.documentElement;
      return [scrollHeight - Math.max(innerHeight, Math.ceil(end + scrollY)), scrollWidth - innerWidth];
    });
    check(
      `${name}, ${colorScheme}: nothing lies beyond the page`,
      Math.max(...beyond) <= 1,
      `${beyond.join(' and ')} px`,
    );
    await axeClean(page, `${name}, ${colorScheme}, English`);
    await page.locator('.tools button', { hasText: '日本語' }).click();
    await axeClean(page, `${name}, ${colorScheme}, Japanese`);
    await shown(
      `${name}, ${colorScheme}: the page says its language`,
      async () => (await page.getAttribute('html', 'lang')) === 'ja',
    );
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
  await shown('one drive: the sentence', async () =>
    /1 violation, 1 place passed lawfully/.test((await page.textContent('.sentence')) ?? ''),
  );
  await shown('one drive: the map is drawn', async () => (await drawn(page, '.map canvas')) > 0.01);
  await shown('one drive: the curve is drawn', async () => (await drawn(page, '.chart canvas')) > 0.005);
  for (const name of ['Zoom in', 'Zoom out', 'Show all']) await page.getByRole('button', { name }).click();
  await page.locator('.map canvas').first().focus();
  for (const key of ['ArrowLeft', 'ArrowUp', '+', '-']) await page.keyboard.press(key);
  await page.locator('.card-head').first().click();
  await shown('one drive: a card opens', async () => page.locator('.detail').isVisible());
  await shown('one drive: the cone of a stop', async () => page.locator('.cone polygon').isVisible());
  await shown('one drive: three factors', async () => (await page.locator('.bars meter').count()) === 3);
  await shown('one drive: links say that they leave', async () =>
    /leaves this machine/.test((await page.getAttribute('.links a', 'title')) ?? ''),
  );
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await shown('one drive: a decision shows', async () => page.locator('.card .decided').first().isVisible());
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.save').click()]);
  const saved = JSON.parse(readFileSync(await download.path(), 'utf8').trim());
  check('one drive: the decision is saved', saved.action === 'dismiss' && saved.rule === 'stop-sign');
  await page.keyboard.press('Escape');
  await shown('one drive: Escape closes the card', async () => (await page.locator('.detail').count()) === 0);
  await cursor(page);
  quiet('one drive, used', seen);
  await page.context().close();
}

/** How many pages a print has. */
async function printed(page: Page): Promise<number> {
  const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
  return (pdf.match(/\/Type \/Page\b/g) ?? []).length;
}

/** Elements that begin a page on paper. */
const begun = (page: Page, selector: string) =>
  page
    .locator(selector)
    .evaluateAll((list) => list.filter((element) => getComputedStyle(element).breakBefore === 'page').length);

/** Paper: the drive, then a page for each finding that is not lawful; of many drives a page for each driver. */
async function paper(browser: Browser, pages: Pages): Promise<void> {
  const { page, seen } = await open(browser, url(pages.one), { colorScheme: 'dark' });
  const drive = await printed(page);
  check('print: one drive with one violation is two pages', drive === 2, `${drive} pages`);
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.locator('.detail').waitFor();
  await shown('print: a finding begins a page', async () => (await begun(page, '.card.open')) === 1);
  await shown(
    'print: a dark page prints light',
    async () => (await page.getAttribute('html', 'data-theme')) === 'light',
  );
  await shown('print: the close-up is drawn', async () => (await drawn(page, '.close-up canvas')) > 0.01);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await page.locator('.detail').waitFor({ state: 'detached' });
  await shown(
    'print: afterwards the page is as it was',
    async () => (await page.getAttribute('html', 'data-theme')) === 'dark',
  );
  quiet('print', seen);
  await page.context().close();
  await fleetPaper(browser, pages);
}

async function fleetPaper(browser: Browser, pages: Pages): Promise<void> {
  const { page, seen } = await open(browser, url(pages.many));
  const fleet = await printed(page);
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.locator('.sheet').first().waitFor();
  const sheets = await begun(page, '.sheet');
  check(
    'print: a page for each driver with a violation',
    sheets === 126 && fleet > sheets,
    `${sheets} drivers, ${fleet} pages`,
  );
  quiet('print', seen);
  await page.context().close();
}

/** Both languages hold the law; lawful places say so; the cursor stands where the time is. */
async function words(browser: Browser, pages: Pages): Promise<void> {
  const { page } = await open(browser, url(pages.one, '#/drive/0/0'));
  await shown('law: named in English', async () =>
    /failing to stop at a stop sign/.test((await page.textContent('.detail')) ?? ''),
  );
  const gap = await page.evaluate(() => {
    const [over, dot] = ['.u-over', '.u-cursor-pt'].map((name) =>
      document.querySelector(name)?.getBoundingClientRect(),
    );
    const slider = document.querySelector('.scrubber') as HTMLInputElement;
    const share = (Number(slider.value) - Number(slider.min)) / (Number(slider.max) - Number(slider.min));
    return Math.abs((dot?.x ?? 0) + (dot?.width ?? 0) / 2 - ((over?.x ?? 0) + share * (over?.width ?? 0)));
  });
  check('cursor: the curve has it where the finding begins', gap < 5, `${gap.toFixed(1)} px`);
  await page.locator('.tools button', { hasText: '日本語' }).click();
  await shown('law: named in Japanese', async () =>
    /指定場所一時不停止等/.test((await page.textContent('.detail')) ?? ''),
  );
  await page.goto(url(pages.lawful));
  await page.waitForSelector('.card');
  await shown('lawful: a turn that was not made', async () =>
    /did not make the banned turn/.test((await page.textContent('.cards')) ?? ''),
  );
  await page.context().close();
}

/** What an anonymous report must not hold. */
async function anonymous(browser: Browser, pages: Pages): Promise<void> {
  const { page, seen } = await open(browser, url(pages.anonymous, '#/drive/0/0'));
  const text = (await page.textContent('#app')) ?? '';
  check('anonymous: weekday and hour, no date', /Monday/.test(text) && !/2026, \d/.test(text));
  check('anonymous: no link to the place', (await page.locator('.links a').count()) === 0);
  const sealed = sealedIn(readFileSync(pages.anonymous, 'utf8'));
  const { data, columns } = await unseal(sealed?.sealed ?? '');
  const shown = new Report(data, columns).path(0);
  const log = readFileSync(pages.log, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => row.split(',').map(Number));
  const header = readFileSync(pages.log, 'utf8').split('\n')[0]?.split(',') ?? [];
  const at = (row: number[] | undefined, name: string) => row?.[header.indexOf(name)] ?? Number.NaN;
  const metres = (i: number, row: number[] | undefined) => {
    const [lat, lon] = [shown?.lat[i] ?? 0, shown?.lon[i] ?? 0];
    const east = (at(row, 'lon') - lon) * Math.cos((lat * Math.PI) / 180);
    return Math.hypot(at(row, 'lat') - lat, east) * 111_320;
  };
  const ends = [metres(0, log[0]), metres((shown?.count ?? 1) - 1, log.at(-1))];
  check(
    'anonymous: 300 m are cut at both ends',
    ends.every((m) => m > 280),
    ends.map((m) => `${Math.round(m)} m`).join(', '),
  );
  quiet('anonymous', seen);
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
  await shown(
    'replay: the car drives',
    async () => (await page.locator('.map canvas').first().getAttribute('data-cursor')) !== before,
  );
}

const MOST_PAINT_MS = 500;

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur: number;
  tdur?: number;
}

/** Milliseconds of the processor that the page's main thread takes from its start to its first picture. */
async function firstPicture(browser: Browser, file: string): Promise<number> {
  const { page } = await open(browser, 'about:blank', {}, 'body');
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline', 'loading', 'blink.user_timing'] });
  await page.goto(url(file));
  await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
  const events: TraceEvent[] = JSON.parse((await browser.stopTracing()).toString()).traceEvents;
  await page.context().close();
  const named = (name: string) => events.findLast((e) => e.name === name) as TraceEvent;
  const [start, picture] = [named('navigationStart'), named('firstContentfulPaint')];
  let [until, spent] = [0, 0];
  for (const e of events
    .filter((e) => e.ph === 'X' && e.tid === picture.tid)
    .sort((a, b) => a.ts - b.ts || b.dur - a.dur)) {
    if (e.pid !== picture.pid || e.ts < Math.max(start.ts, until) || e.ts >= picture.ts) continue;
    spent += (e.tdur ?? 0) / 1000;
    until = e.ts + e.dur;
  }
  return spent;
}

/** On a machine with nothing else to do this is the time that the reader waits; what else it does only delays him. */
async function firstPictures(browser: Browser, pages: Pages): Promise<void> {
  const [one, many] = [await firstPicture(browser, pages.one), await firstPicture(browser, pages.many)];
  const said = `${Math.round(many)} ms of the processor; of one drive ${Math.round(one)} ms`;
  check(`210 drives: first picture within ${MOST_PAINT_MS} ms`, one > 0 && many <= MOST_PAINT_MS, said);
}

async function manyDrives(browser: Browser, file: string): Promise<void> {
  const { page, seen } = await open(browser, url(file));
  await shown('210 drives: four numbers', async () => (await page.locator('.numbers dd').count()) === 4);
  await shown('210 drives: the map is drawn', async () => (await drawn(page, '.map canvas')) > 0.005);
  await page.getByRole('button', { name: 'Findings' }).click();
  const rows = await page.locator('tbody tr').count();
  check('210 drives: the inbox lists findings', rows > 50, `${rows}`);
  await page.getByLabel('Rule').selectOption('speeding');
  await shown('210 drives: a filter filters', async () => (await page.locator('tbody tr').count()) < rows);
  await page.locator('h2').click();
  for (const key of ['j', 'j', 'k', 'd']) await page.keyboard.press(key);
  await shown('210 drives: d dismisses', async () => (await page.locator('tbody .decided').count()) === 1);
  await page.keyboard.press('Enter');
  await shown('210 drives: Enter opens the drive', async () => page.locator('.detail').isVisible());
  await page.getByRole('button', { name: 'Overview' }).click();
  await page.locator('.places .link').first().click();
  await shown('210 drives: a repeated place opens a finding of it', async () => page.locator('.detail').isVisible());
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
  await shown('hostile names: shown as text', async () =>
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
  await firstPictures(browser, pages);
  await manyDrives(browser, pages.many);
  await paper(browser, pages);
  await words(browser, pages);
  await anonymous(browser, pages);
  await hostile(browser, pages.hostile);
}
