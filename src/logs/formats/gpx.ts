// SPDX-License-Identifier: MIT
// GPX 1.0 and 1.1 tracks, with the speed and course extensions of Garmin, OsmAnd and Strava. The names
// of elements are compared without their prefix, for each program has its own; all give metres per second.
import { SaxesParser } from 'saxes';
import type { ErrorName } from '../../errors.ts';
import type { FixSink, LogFormat, LogSource, RawFix } from '../format.ts';

const local = (name: string) => name.slice(name.indexOf(':') + 1);

class Track {
  private readonly parser = new SaxesParser({ position: true });
  private readonly source: LogSource;
  private readonly sink: FixSink;
  private fix: RawFix | undefined;
  private content = '';
  private depth = 0;
  private attributes = 0;
  private sawGpx = false;
  private lastTag = 0;

  constructor(source: LogSource, sink: FixSink) {
    this.source = source;
    this.sink = sink;
    const { parser } = this;
    parser.on('error', (error) => {
      if (/entity/.test(error.message)) throw this.fail('an entity that XML does not define', 'LOG_ENTITY');
      throw this.fail(error.message.replace(/^\d+:\d+: /, '').replace(/: .*/, ''));
    });
    parser.on('doctype', () => {
      throw this.fail('a document type is not read; remove the DOCTYPE', 'LOG_ENTITY');
    });
    parser.on('opentagstart', () => {
      const { depth } = source.limits;
      if (++this.depth > depth) throw this.fail(`elements nest deeper than ${depth}`, 'LOG_DEPTH');
      this.attributes = 0;
    });
    parser.on('attribute', () => {
      const { columns } = source.limits;
      if (++this.attributes > columns) throw this.fail(`an element has more than ${columns} attributes`, 'LOG_WIDTH');
    });
    parser.on('opentag', ({ name, attributes }) => this.open(local(name), attributes as Record<string, string>));
    const text = (part: string) => {
      this.content += part;
    };
    parser.on('text', text);
    parser.on('cdata', text);
    parser.on('closetag', ({ name }) => this.close(local(name)));
  }

  private fail(what: string, error: ErrorName = 'LOG_XML') {
    return this.sink.bad(this.parser.line, what, error);
  }

  private open(name: string, attributes: Record<string, string>): void {
    this.content = '';
    this.lastTag = this.parser.position;
    if (name === 'gpx') this.sawGpx = true;
    if (!this.sawGpx) throw this.fail('the document is other XML; <gpx> is expected');
    if (name !== 'trkpt') return;
    const nothing = Number.NaN;
    this.fix = {
      time: undefined,
      lat: attributes['lat'],
      lon: attributes['lon'],
      speed: nothing,
      heading: nothing,
      accuracy: nothing,
    };
  }

  private close(name: string): void {
    this.lastTag = this.parser.position;
    this.depth--;
    const { fix, sink, content } = this;
    this.content = '';
    if (!fix) return;
    const line = this.parser.line;
    if (name === 'time') fix.time = content;
    if (name === 'speed') fix.speed = sink.number(content, 'speed', line);
    if (name === 'course' || name === 'bearing') fix.heading = sink.number(content, name, line);
    if (name === 'hacc' || name === 'accuracy') fix.accuracy = sink.number(content, name, line);
    if (name !== 'trkpt') return;
    sink.add(fix, line);
    this.fix = undefined;
  }

  push(text: string): void {
    this.parser.write(text);
    const { lineBytes } = this.source.limits;
    if (this.parser.position - this.lastTag > lineBytes) {
      throw this.fail(`no tag within ${lineBytes} characters`, 'LOG_LINE_LENGTH');
    }
  }

  end(): void {
    this.parser.close();
    if (!this.sawGpx) throw this.fail('the document is empty');
  }
}

async function read(source: LogSource, sink: FixSink): Promise<void> {
  sink.declare({
    speedUnit: 'mps',
    zoneless: 'utc',
    columns: { time: 'time', lat: 'lat', lon: 'lon', speed: 'speed' },
  });
  const track = new Track(source, sink);
  for await (const text of source.text()) track.push(text);
  track.end();
}

const format: LogFormat = {
  name: 'gpx',
  title: 'GPX 1.0 and 1.1',
  recognises: ({ text }) => /^\s*</.test(text),
  read,
};
export default format;
