// SPDX-License-Identifier: MIT
// Of the holidays of Japan the engine reads the dates; their names and weekdays are nine tenths of the list, which every
// start would parse and keep.
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'esbuild';

export const holidayDates: Plugin = {
  name: 'the dates of the holidays',
  setup(wanted) {
    wanted.onLoad({ filter: /[\\/]@holiday-jp[\\/]holiday_jp[\\/]lib[\\/]holidays\.js$/ }, async ({ path }) => {
      const { default: holidays } = (await import(pathToFileURL(path).href)) as { default: object };
      const dates = JSON.stringify(Object.keys(holidays));
      return { contents: `module.exports = Object.fromEntries(${dates}.map((date) => [date, null]));` };
    });
  },
};
