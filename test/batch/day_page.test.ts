// SPDX-License-Identifier: MIT
// The page of a day holds all drives or is not made.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DEMO_FOLDER, demoTown } from '../../src/cli/demo.ts';
import { DayPage, MOST_DRIVES } from '../../src/days/page.ts';
import { openSession } from '../../src/session.ts';

it('has as many drives as are allowed, and none of a day with more', async () => {
  const session = openSession({ map: await demoTown() });
  const result = await session.run(join(DEMO_FOLDER, 'drives', 'stop-run.csv'));
  const page = new DayPage(session);
  for (let i = 0; i < MOST_DRIVES; i++) page.add(result);
  expect(await page.text()).toContain('<title>Tomare</title>');
  page.add(result);
  expect(await page.text()).toBeUndefined();
});
