// SPDX-License-Identifier: MIT
// src/index.ts in a browser, as the package's `browser` condition has it: the results of Node, on the page's own thread.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { openSession } from '../../src/session.ts';
import { browserLibrary } from '../../tools/browser.ts';
import { check } from './checks.ts';
import { FOLDER } from './pages.ts';

export async function libraryChecks(browser: Browser): Promise<void> {
  const file = join(FOLDER, 'browser.mjs');
  await browserLibrary(file);
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  const [map, log] = [join(FOLDER, 'town.osm.pbf'), join(FOLDER, 'drives', 'stop-run.csv')];
  const given = {
    library: readFileSync(file, 'utf8'),
    map: readFileSync(map).toString('base64'),
    log: readFileSync(log, 'utf8'),
  };
  const got = await page.evaluate(async ({ library, map: packed, log: text }) => {
    const url = URL.createObjectURL(new Blob([library], { type: 'text/javascript' }));
    const tomare = (await import(url)) as typeof import('../../src/index.ts');
    const extract = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
    const bytes = await tomare.buildMapBytes({ inputs: [extract], name: 'town' });
    const session = tomare.openSession({ map: bytes });
    const result = await session.run(new File([text], 'stop-run.csv'), { all: true });
    const said = (work: () => unknown) => {
      try {
        return String(work());
      } catch (error) {
        return error instanceof tomare.TomareError ? error.message : 'no error of the list';
      }
    };
    return { result: JSON.stringify(result), path: said(() => tomare.openSession({ map: 'town.tmap' })) };
  }, given);
  const node = await openSession({ map: join(FOLDER, 'town.tmap') }).run(log, { all: true });
  check('library: the result is that of Node, byte by byte', got.result === JSON.stringify(node));
  check(
    'library: a path is refused, and what to do is said',
    /MAP|map.*no paths; give a Blob or bytes/.test(got.path),
    got.path,
  );
  check('library: no error', errors.length === 0, errors.join());
  await page.close();
}
