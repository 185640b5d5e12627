// SPDX-License-Identifier: MIT
// The report of a day's drives as one page, from their results alone: findings, rates and disputed places on the roads of
// the map. It has no fixes and no routes, which results do not keep.
import { assets } from '../html/assets.ts';
import { page } from '../html/page.ts';
import { Report } from '../html/report.ts';
import type { Result } from '../report/result.ts';
import type { Session } from '../session.ts';
import { loadSettings } from '../settings/settings.ts';
import type { Fixes } from '../types.ts';

/** Drives of one page; a browser opens one of more slowly, and nobody reads it. */
export const MOST_DRIVES = 5_000;

const NO_FIXES: Fixes = {
  count: 0,
  time_ms: new Float64Array(),
  lat: new Float64Array(),
  lon: new Float64Array(),
  speed_mps: new Float32Array(),
  heading_deg: new Float32Array(),
  accuracy_m: new Float32Array(),
};

export class DayPage {
  private readonly report: Report;
  private drives = 0;

  /** `session`: whose map the roads come from. */
  constructor(session: Session) {
    this.report = new Report({ session, settings: loadSettings(), vehicle: 'car', drives: MOST_DRIVES });
  }

  add(result: Result): void {
    if (++this.drives > MOST_DRIVES) return;
    const zone = result.engine.laws[0]?.zone ?? 'UTC';
    this.report.add({ result, trace: null, fixes: NO_FIXES, zone });
  }

  /** None of a day with more drives: rates of some of them would mislead. */
  async text(): Promise<string | undefined> {
    if (this.drives > MOST_DRIVES) return undefined;
    return page(await assets(), await this.report.sealed(), { lang: 'en' });
  }
}
