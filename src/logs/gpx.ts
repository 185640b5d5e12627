// SPDX-License-Identifier: MIT
// GPX 1.0 and 1.1 tracks, with the speed and course extensions of Garmin, OsmAnd and Strava.
import { SaxesParser } from 'saxes';
import { TomareError } from '../errors.ts';
import type { FixBuilder, RawFix } from './builder.ts';

const local = (name: string) => name.slice(name.indexOf(':') + 1);

export async function readGpx(text: AsyncIterable<string>, builder: FixBuilder): Promise<void> {
  const parser = new SaxesParser({ position: true });
  let fix: RawFix | undefined;
  let content = '';
  let sawGpx = false;
  const fail = (what: string) => new TomareError('LOG_XML', `${builder.name}:${parser.line}: ${what}`);
  parser.on('error', (error) => {
    throw fail(error.message.replace(/^\d+:\d+: /, ''));
  });
  parser.on('doctype', () => {
    throw fail('a document type with entities is not allowed; remove the DOCTYPE');
  });
  parser.on('opentag', (tag) => {
    content = '';
    const name = local(tag.name);
    if (name === 'gpx') sawGpx = true;
    if (!sawGpx) throw fail(`the document is <${name}>; <gpx> is expected`);
    if (name === 'trkpt') {
      const attributes = tag.attributes as Record<string, string>;
      fix = { lat: attributes['lat'], lon: attributes['lon'] };
    }
  });
  parser.on('text', (part) => {
    content += part;
  });
  parser.on('closetag', (tag) => {
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
  for await (const chunk of text) parser.write(chunk);
  parser.close();
  if (!sawGpx) throw fail('the document is empty');
}
