// SPDX-License-Identifier: MIT
// The page of src/web: no request once it is there, the results of Node, every control, hostile files.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser, Download, Page } from 'playwright-core';
import { osmXml } from '../../mapdata/demo/osm_xml.ts';
import { buildTown } from '../../mapdata/demo/town.ts';
import { buildMap } from '../../src/mapbuild.ts';
import { serveWeb, type WebPage, webPage } from '../../tools/web.ts';
import { check, open, type Seen, shown } from './checks.ts';
import { libraryChecks } from './library.ts';
import { FOLDER } from './pages.ts';
import { axeClean, quiet } from './views.ts';
import { everyFormat, nodeResults } from './web_formats.ts';

/** Bytes: of the page, and of what a host that packs it sends. */
const BUDGET = { page: 2_200_000, packed: 1_700_000 };
const HOSTILE = `<img src=x onerror=alert(1)> \u202Egnp.exe ${'長'.repeat(150)}.csv`;
const town = (name: string) => join(FOLDER, name);
const drive = (name: string) => join(FOLDER, 'drives', `${name}.csv`);

async function saved(page: Page, button: string): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return readFileSync(await (download as Download).path());
}

/** The report is there. */
const report = (page: Page) => page.waitForSelector('#app main', { timeout: 60_000 });
const failures = async (page: Page) => (await page.locator('.failures').textContent({ timeout: 60_000 })) ?? '';

async function looks(browser: Browser, url: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [name, width] of [
      ['web', 1400],
      ['web-phone', 390],
    ] as const) {
      const { page, seen } = await open(browser, url, { colorScheme, viewport: { width, height: 844 } });
      await page.locator('option', { hasText: /Japan|日本/ }).waitFor({ state: 'attached' });
      await page.screenshot({ path: join(FOLDER, `${name}-${colorScheme}.png`) });
      await axeClean(page, `${name}, ${colorScheme}, English`);
      await page.getByRole('button', { name: '日本語' }).click();
      await axeClean(page, `${name}, ${colorScheme}, Japanese`);
      await page.screenshot({ path: join(FOLDER, `${name}-${colorScheme}-ja.png`) });
      await shown(
        `${name}, ${colorScheme}: the page says its language`,
        async () => (await page.getAttribute('html', 'lang')) === 'ja',
      );
      const width0 = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      check(`${name}, ${colorScheme}: nothing is wider than the window`, width0 <= 0, `${width0} px`);
      quiet(`${name}, ${colorScheme}`, seen);
      await page.context().close();
    }
  }
}

/** The town, and that what is saved is what Node makes. */
async function bundledTown(browser: Browser, url: string): Promise<void> {
  const { page, seen } = await open(browser, url);
  const begin = performance.now();
  await page.getByRole('button', { name: 'Try it with the bundled town' }).click();
  await report(page);
  check('web: the bundled town is a report', true, `${Math.round(performance.now() - begin)} ms`);
  await axeClean(page, 'web, with a report');
  await page.screenshot({ path: join(FOLDER, 'web-report.png') });
  const names = readdirSync(join(FOLDER, 'drives')).sort();
  const logs = names.map((name) => ({ name, bytes: readFileSync(join(FOLDER, 'drives', name)) }));
  const node = await nodeResults(town('town.tmap'), logs);
  const results = (await saved(page, 'Save the results')).toString();
  check(
    'web: the results are those of Node, byte by byte',
    results === node.lines.join(''),
    `${names.length} drives, ${results.length} bytes`,
  );
  const map = await saved(page, 'Save the map');
  check(
    'web: the map is that of Node, byte by byte',
    map.equals(readFileSync(town('town.tmap'))),
    `${map.length} bytes`,
  );
  await savedReport(browser, await saved(page, 'Save the report'));
  await page.getByRole('button', { name: 'New analysis' }).click();
  await shown('web: a new analysis can begin', async () => page.getByRole('button', { name: 'Analyze' }).isVisible());
  quiet('web, the bundled town', seen);
  await page.context().close();
}

async function savedReport(browser: Browser, html: Buffer): Promise<void> {
  const file = join(FOLDER, 'web-saved.html');
  writeFileSync(file, html);
  const { page, seen } = await open(browser, String(pathToFileURL(file)));
  await shown('web: the saved report opens by itself', async () => (await page.locator('.numbers dd').count()) === 4);
  quiet('web, the saved report', seen);
  await page.context().close();
}

/** Files that are dropped on the page, as a file manager does it. */
async function drop(page: Page, files: { name: string; bytes: Buffer }[]): Promise<void> {
  const given = files.map(({ name, bytes }) => ({ name, base64: bytes.toString('base64') }));
  await page.evaluate((list) => {
    const dataTransfer = new DataTransfer();
    for (const { name, base64 } of list) {
      dataTransfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
    }
    for (const type of ['dragover', 'drop']) {
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    }
  }, given);
}

async function controls(browser: Browser, url: string): Promise<void> {
  const { page, seen } = await open(browser, url);
  const analyze = () => page.getByRole('button', { name: 'Analyze' }).click();
  await analyze();
  await shown('web: it says that a map is needed', async () =>
    /road map first/.test((await page.textContent('#missing')) ?? ''),
  );
  await page.setInputFiles('#maps', town('town.tmap'));
  await page.setInputFiles('#logs', [drive('stop-run'), drive('speeding')]);
  await page.getByRole('button', { name: 'Remove speeding.csv' }).click();
  await shown('web: a chosen file can be taken back', async () => (await page.locator('.chosen li').count()) === 2);
  await page.getByLabel('Vehicle').selectOption('moped');
  await page.getByLabel('Law').selectOption({ label: 'Signs alone' });
  await page.getByLabel('Cut both ends').check();
  await analyze();
  await report(page);
  const first = JSON.parse((await saved(page, 'Save the results')).toString().split('\n')[0] ?? '');
  check('web: vehicle and law count', first.drive.vehicle === 'moped' && first.engine.profile === 'none');
  await shown('web: an anonymous report says so', async () => /Anonymous/.test((await page.textContent('#app')) ?? ''));
  await page.getByRole('button', { name: 'New analysis' }).click();
  await page.getByRole('button', { name: 'Light or dark' }).click();
  await shown('web: the theme changes', async () => (await page.getAttribute('html', 'data-theme')) === 'dark');
  await page.getByRole('button', { name: 'Try it' }).click();
  await report(page);
  await shown(
    'web: the report has the theme that was chosen',
    async () => (await page.getAttribute('html', 'data-theme')) === 'dark',
  );
  await page.locator('#app .tools button', { hasText: '日本語' }).click();
  await shown('web: and the page the language of the report', () =>
    page.getByRole('button', { name: '新しい解析' }).isVisible(),
  );
  await page.locator('#app .tools button', { hasText: 'English' }).click();
  await page.getByRole('button', { name: 'New analysis' }).click();
  await page.locator('#logs').focus();
  const ring = await page.evaluate(
    () => getComputedStyle(document.querySelectorAll('.choose')[1] as Element).outlineStyle,
  );
  check('web: what has the focus shows it', ring === 'solid', ring);
  quiet('web, used', seen);
  await page.context().close();
}

async function cancel(browser: Browser, url: string): Promise<void> {
  const { page, seen } = await open(browser, url);
  const log = readFileSync(drive('stop-run'));
  const many = Array.from({ length: 400 }, (_, i) => ({ name: `${i}.csv`, bytes: log }));
  await drop(page, [{ name: 'town.tmap', bytes: readFileSync(town('town.tmap')) }, ...many]);
  await page.locator('.chosen li').nth(400).waitFor();
  await page.getByRole('button', { name: 'Analyze' }).click();
  await page.locator('progress').waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await shown('web: an analysis can be stopped', async () => page.getByRole('button', { name: 'Analyze' }).isVisible());
  await page.getByRole('button', { name: 'Try it' }).click();
  await report(page);
  check('web: and another one begun', true);
  quiet('web, cancelled', seen);
  await page.context().close();
}

async function badFiles(browser: Browser, url: string): Promise<void> {
  const { page, seen } = await open(browser, url);
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const xml = Buffer.from(osmXml(buildTown().data(), '2026-10-01T00:00:00Z'));
  const picture = Buffer.concat([Buffer.from([0x89]), Buffer.from('PNG\r\n'), Buffer.alloc(100)]);
  await drop(page, [
    { name: 'export.osm', bytes: xml },
    { name: HOSTILE, bytes: readFileSync(drive('stop-run')) },
    { name: `bad ${HOSTILE}`, bytes: picture },
    { name: 'packed.csv.gz', bytes: gzipSync(readFileSync(drive('speeding'))) },
  ]);
  await shown('web: a hostile name is text', async () =>
    ((await page.locator('.chosen').nth(1).textContent()) ?? '').includes('<img src=x'),
  );
  await page.getByRole('button', { name: 'Analyze' }).click();
  await report(page);
  const drives = (await saved(page, 'Save the results')).toString().trimEnd().split('\n');
  check('web: an .osm file is a map, and a packed log a log', drives.length === 2, `${drives.length} drives`);
  const said = await failures(page);
  check(
    'web: the bad file has its code and what to do',
    /PNG picture.*Error 101, LOG_FORMAT.*GPX or CSV/s.test(said),
    said.slice(0, 120),
  );
  await axeClean(page, 'web, with a failure');
  check('web: no element comes of a name', (await page.locator('img').count()) === 0 && dialogs.length === 0);
  await page.getByRole('button', { name: 'New analysis' }).click();
  const damaged = Buffer.from(readFileSync(town('town.tmap')));
  damaged.fill(0xff, 100, 3000);
  for (const remove of await page.getByRole('button', { name: 'Remove export.osm' }).all()) await remove.click();
  await drop(page, [{ name: 'damaged.tmap', bytes: damaged }]);
  await page.getByRole('button', { name: 'Remove damaged.tmap' }).waitFor();
  await page.getByRole('button', { name: 'Analyze' }).click();
  const map = await failures(page);
  check(
    'web: a damaged map has its code and what to do',
    /damaged\.tmap.*Error \d+, MAP_/s.test(map),
    map.slice(0, 120),
  );
  quiet('web, bad files', seen);
  await page.context().close();
}

async function closed(browser: Browser, url: string): Promise<void> {
  const { page } = await open(browser, url);
  const blocked = (where: { evaluate: Page['evaluate'] }) =>
    where.evaluate(() =>
      fetch('https://example.com/').then(
        () => false,
        () => true,
      ),
    );
  check('web: the policy forbids the network to the page', await blocked(page));
  const [worker] = page.workers();
  check('web: and to its worker', worker !== undefined && (await blocked(worker as unknown as Page)));
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.ran = true';
    document.body.append(script);
    return 'ran' in globalThis;
  });
  check('web: and scripts that are not its own', !ran);
  await page.context().close();
}

/** From disk, without any server. */
async function fromDisk(browser: Browser, page: WebPage): Promise<void> {
  mkdirSync(join(FOLDER, 'web'), { recursive: true });
  writeFileSync(join(FOLDER, 'web', 'index.html'), page.html);
  const opened = await open(browser, String(pathToFileURL(join(FOLDER, 'web', 'index.html'))));
  await opened.page.getByRole('button', { name: 'Try it' }).click();
  await report(opened.page);
  await shown('web: the page works from disk', async () => (await opened.page.locator('.numbers dd').count()) === 4);
  quiet('web, from disk', opened.seen as Seen);
  await opened.page.context().close();
}

export async function webChecks(browser: Browser): Promise<void> {
  const made = await webPage();
  const size = Buffer.byteLength(made.html);
  const packed = gzipSync(made.html, { level: 9 }).length;
  check(`web: at most ${BUDGET.page} bytes`, size <= BUDGET.page, `${size} bytes`);
  check(`web: at most ${BUDGET.packed} bytes packed`, packed <= BUDGET.packed, `${packed} bytes`);
  await buildMap({ inputs: [town('town.osm.pbf')], output: town('town.tmap') });
  const { url, server } = await serveWeb(made);
  try {
    await looks(browser, url);
    await bundledTown(browser, url);
    await controls(browser, url);
    await cancel(browser, url);
    await badFiles(browser, url);
    await everyFormat(browser, url);
    await closed(browser, url);
    await fromDisk(browser, made);
    await libraryChecks(browser);
  } finally {
    server.close();
  }
}
