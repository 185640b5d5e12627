// SPDX-License-Identifier: MIT
// GPX 1.0 and 1.1 tracks, with the speed and course extensions of Garmin, OsmAnd and Strava. The names
// of elements are compared without their prefix, for each program has its own; all give metres per second.
import { SaxesParser } from 'saxes';
import type { ErrorName } from '../errors.ts';
import type { FixBuilder, RawFix } from './builder.ts';

const local = (name: string) => name.slice(name.indexOf(':') + 1);

export async function readGpx(text: AsyncIterable<string>, builder: FixBuilder, textLimit: number): Promise<void> {
  const parser = new SaxesParser({ position: true });
  let fix: RawFix | undefined;
  let content = '';
  let sawGpx = false;
  let lastTag = 0;
  const fail = (what: string, error: ErrorName = 'LOG_XML') => builder.bad(parser.line, what, error);
  parser.on('error', (error) => {
    if (/entity/.test(error.message)) throw fail('an entity that XML does not define', 'LOG_ENTITY');
    throw fail(error.message.replace(/^\d+:\d+: /, ''));
  });
  parser.on('doctype', () => {
    throw fail('a document type is not read; remove the DOCTYPE', 'LOG_ENTITY');
  });
  parser.on('opentag', (tag) => {
    content = '';
    lastTag = parser.position;
    const name = local(tag.name);
    if (name === 'gpx') sawGpx = true;
    if (!sawGpx) throw fail('the document is other XML; <gpx> is expected');
    if (name === 'trkpt') {
      const attributes = tag.attributes as Record<string, string>;
      fix = { lat: attributes['lat'], lon: attributes['lon'] };
    }
  });
  parser.on('text', (part) => {
    content += part;
  });
  parser.on('closetag', (tag) => {
    lastTag = parser.position;
    const name = local(tag.name);
    if (!fix) return;
    if (name === 'time') fix.time = content;
    if (name === 'speed') fix.speed_mps = builder.number(content, 'speed', parser.line);
    if (name === 'course' || name === 'bearing') fix.heading_deg = builder.number(content, name, parser.line);
    if (name === 'hacc' || name === 'accuracy') fix.accuracy_m = builder.number(content, name, parser.line);
    if (name === 'trkpt') {
      builder.add(fix, parser.line);
      fix = undefined;
    }
  });
  for await (const chunk of text) {
    parser.write(chunk);
    if (parser.position - lastTag > textLimit) {
      throw fail(`no tag within ${textLimit} characters`, 'LOG_LINE_LENGTH');
    }
  }
  parser.close();
  if (!sawGpx) throw fail('the document is empty');
}
