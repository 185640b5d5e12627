// SPDX-License-Identifier: MIT
// The result of one log in the formats that a message may ask for.
import { type Format, openWriter } from '../report/formats.ts';
import { FORMAT_FACTS } from '../report/registry.ts';
import type { Result } from '../report/result.ts';
import type { Piece } from '../report/writer.ts';
import type { AnalyzeOptions, Session } from '../session.ts';
import { loadSettings, overridden } from '../settings/settings.ts';
import type { Log } from '../types.ts';

/** A log that was analyzed, and how. */
export interface Judged {
  session: Session;
  options: AnalyzeOptions;
  log: Log;
  result: Result;
}

const encoder = new TextEncoder();

function joined(pieces: readonly Piece[]): Uint8Array<ArrayBuffer> {
  const all = pieces.map((piece) => (typeof piece === 'string' ? encoder.encode(piece) : piece));
  const bytes = new Uint8Array(all.reduce((n, { length }) => n + length, 0));
  let at = 0;
  for (const one of all) {
    bytes.set(one, at);
    at += one.length;
  }
  return bytes;
}

/** The report of one drive: judged once more, for it shows all findings. Its code is loaded when it is asked for. */
async function pageOf({ session, options, log, result }: Judged): Promise<string> {
  const [{ Report }, { page }, { assets }] = await Promise.all([
    import('../html/report.ts'),
    import('../html/page.ts'),
    import('../html/assets.ts'),
  ]);
  const plan = session.plan({ ...options, all: true, route: true });
  const { vehicle = 'car' } = options;
  const report = new Report({ session, settings: overridden(loadSettings(), options.settings), vehicle, drives: 1 });
  const whole = plan.analyze(log, result.drive.source);
  report.add({ result: whole, trace: plan.trace(log), fixes: log.fixes, zone: plan.zoneOf(log) });
  return page(await assets(), await report.sealed(), { lang: 'en' });
}

/** The bytes of a format; of CSV and Parquet the table of findings. */
export async function formOf(format: Format, judged: Judged): Promise<Uint8Array<ArrayBuffer>> {
  if (format === 'html') return encoder.encode(await pageOf(judged));
  const { session, options, log, result } = judged;
  const writer = await openWriter(format, { many: false });
  const plan = session.plan(options);
  const matched =
    FORMAT_FACTS[format].needs === 'stretches'
      ? { id: result.drive.id, trace: plan.trace(log), zone: plan.zoneOf(log) }
      : undefined;
  return joined([writer.head(), writer.drive(result, matched), writer.tail()]);
}
