// SPDX-License-Identifier: MIT
import holidayJp from '@holiday-jp/holiday_jp';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { holidayDates } from './holiday_dates.ts';

it('a bundle has the dates of all holidays, in their order, and little else', async () => {
  const contents = "import { holidays } from '@holiday-jp/holiday_jp'; export default Object.keys(holidays);";
  const stdin = { contents, resolveDir: import.meta.dirname };
  const made = await build({ stdin, bundle: true, format: 'esm', write: false, plugins: [holidayDates] });
  const text = made.outputFiles[0]?.text ?? '';
  const { default: dates } = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as {
    default: string[];
  };
  expect(dates).toEqual(Object.keys(holidayJp.holidays));
  expect(text.length).toBeLessThan(40_000);
});
