// SPDX-License-Identifier: MIT
// The pictures that README.md begins with: the report of one drive with a finding open, light and dark.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { check, open } from './checks.ts';
import type { Pages } from './pages.ts';

const DOCS = join(import.meta.dirname, '..', '..', 'docs');
const MOST_BYTES = 150_000;

export async function takePictures(browser: Browser, pages: Pages): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    const viewport = { width: 1280, height: 875 };
    const { page } = await open(browser, `${pathToFileURL(pages.one)}#/drive/0/0`, { colorScheme, viewport });
    await page.waitForTimeout(500);
    const path = join(DOCS, `report-${colorScheme}.png`);
    await page.screenshot({ path });
    check(
      `picture, ${colorScheme}: at most ${MOST_BYTES} bytes`,
      statSync(path).size <= MOST_BYTES,
      `${statSync(path).size} bytes`,
    );
    await page.context().close();
  }
}
