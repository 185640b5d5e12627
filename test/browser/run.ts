// SPDX-License-Identifier: MIT
// All checks of the report in a real browser.
import { failures, launch } from './checks.ts';
import { makePages } from './pages.ts';
import { reviewChecks } from './review.ts';
import { views } from './views.ts';

const pages = await makePages();
const browser = await launch();
try {
  await views(browser, pages);
  await reviewChecks(browser, pages);
} finally {
  await browser.close();
}
process.exitCode = failures() === 0 ? 0 : 1;
