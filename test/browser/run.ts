// SPDX-License-Identifier: MIT
// All checks of the pages in a real browser.
// usage: npm run check -- browser [views] [review] [web]   those named, or all
//        npm run check -- browser picture                  makes the pictures of README.md
import { failures, launch } from './checks.ts';
import { makePages } from './pages.ts';
import { takePictures } from './picture.ts';
import { reviewChecks } from './review.ts';
import { views } from './views.ts';
import { webChecks } from './web.ts';

const names = process.argv.slice(2);
const wanted = (name: string) => names.length === 0 || names.includes(name);
const pages = await makePages();
const browser = await launch();
try {
  if (wanted('views')) await views(browser, pages);
  if (wanted('review')) await reviewChecks(browser, pages);
  if (wanted('web')) await webChecks(browser);
  if (names.includes('picture')) await takePictures(browser, pages);
} finally {
  await browser.close();
}
process.exitCode = failures() === 0 ? 0 : 1;
