// SPDX-License-Identifier: MIT
// Plain points read without the parser leave behind what the parser alone leaves behind, whatever stands around them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literal } from './codes.ts';
import type { FixSink, LogSource } from './format.ts';
import { readTrack } from './formats/gpx.ts';
import { PlainPoint } from './formats/points.ts';
import { faultsOf, outcome, tried } from './twins.ts';

const alone = (source: LogSource, sink: FixSink) => readTrack(source, sink, false);
const same = async (chunks: readonly string[], limits = {}) => {
  expect(await outcome(chunks, readTrack, limits)).toEqual(await outcome(chunks, alone, limits));
};

const of = fc.constantFrom;
const number = fc.oneof(
  fc.double({ min: -200, max: 200, noNaN: true }).map((n) => n.toFixed(6)),
  of(
    '',
    ' ',
    '5',
    ' 5.5 ',
    '+5',
    '.5',
    '5.',
    '-0',
    '1e1',
    'NaN',
    '-1',
    'fast',
    '5,5',
    '1234567890123456789',
    '5&#48;',
    '5]',
  ),
);
const degrees = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 0, max: 99 }).map((n) => `35.1${n}`) }, number);
const time = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 10, max: 59 }).map((s) => `2026-10-05T01:00:${s}Z`) },
  of(
    '2026-10-05T01:00:00',
    '2026-10-05 01:00',
    ' 2026-10-05T01:00:00.25+09:00\n',
    '13/10/2026 01:00:00',
    '05/10/2026 01:00:00',
    '1790000000',
    '',
    'soon',
  ),
);
const blank = fc.oneof(
  { weight: 4, arbitrary: of('', '\n', ' ') },
  of('\r\n', '\r', '\t', '\n\n  ', '\u0085', '<!-- </trkpt> -->', '<?x?>', 'x'),
);
const name = of(
  'time',
  'speed',
  'course',
  'hacc',
  'fix',
  'ele',
  'o:speed',
  'gpx:time',
  'a:b:speed',
  'speed-x',
  '_',
  'Speed',
  'trkpt',
  'trkseg',
  'x:',
);
const value = (of_: string) => (/time$/.test(of_) ? time : of_ === 'fix' ? of('3d', 'none', ' none ') : number);
const leaf = name.chain((n) => fc.tuple(fc.constant(n), value(n))).map(([n, v]) => `<${n}>${v}</${n}>`);
const odd = of(
  '<speed/>',
  '<a><b><speed>1</speed></b></a>',
  '<a><b><c><speed>1</speed></c></b></a>',
  '<ele a="1">1</ele>',
  '<![CDATA[x</trkpt>]]>',
  '<speed>1<b/>2</speed>',
  '<speed>1</course>',
  '</trkpt>',
  '<time >x</time >',
);
const children: (levels: number) => fc.Arbitrary<string> = (levels) =>
  fc
    .array(
      fc.tuple(
        fc.oneof(
          { weight: 6, arbitrary: leaf },
          { weight: 1, arbitrary: odd },
          ...(levels === 0
            ? []
            : [
                {
                  weight: 2,
                  arbitrary: fc
                    .tuple(
                      of('extensions', 'g:Ext', 'speed', 'a'),
                      fc.constant(0).chain(() => children(levels - 1)),
                    )
                    .map(([n, inner]) => `<${n}>${inner}</${n}>`),
                },
              ]),
        ),
        blank,
      ),
      { maxLength: 4 },
    )
    .map((parts) => parts.flat().join(''));
const quoted = (v: string) => of(`"${v}"`, `'${v}'`);
const attributes = fc
  .tuple(degrees, degrees)
  .chain(([lat, lon]) =>
    fc
      .tuple(quoted(lat), quoted(lon))
      .chain(([a, b]) =>
        fc.oneof(
          { weight: 8, arbitrary: of(` lat=${a} lon=${b}`, ` lon=${b}  lat=${a}`) },
          of(
            ` lat=${a}`,
            '',
            ` lat=${a} lat=${a}`,
            ` lat=${a}\nlon=${b}`,
            ` lat=${a}lon=${b}`,
            ` lat=${a} lon=${b} `,
            ` lat=${a} lon=${b} x="1"`,
          ),
        ),
      ),
  );
const point = fc
  .tuple(
    attributes,
    blank,
    fc.oneof(
      time.map((t) => `<time>${t}</time>`),
      fc.constant(''),
    ),
    children(4),
    blank,
  )
  .map(([at, a, when, inner, b]) => `<trkpt${at}>${a}${when}${inner}</trkpt>${b}`);
const around = of(
  ['', ''],
  ['<trkpt lat="1" lon="1">', '</trkpt>'],
  ['<a><b>', '</b></a>'],
  ['<trkpt lat="1" lon="1"><trkseg>', '</trkseg></trkpt>'],
  ['</trkseg><trkseg>', ''],
  ['<wpt/>', ''],
);
const document = fc
  .tuple(
    of('', '<?xml version="1.0"?>\n', "<?xml version='1.1'?>\r\n"),
    of('trkseg', 'x:trkseg', 'rte'),
    blank,
    around,
    fc.array(point, { maxLength: 8 }),
  )
  .map(
    ([head, segment, between, [before, after], points]) =>
      `${head}<gpx><trk><${segment}>${between}${before}${points.join('')}${after}</${segment}></trk></gpx>`,
  );
const faults = faultsOf(
  '',
  '<',
  '>',
  '&',
  '/',
  '"',
  "'",
  '\r',
  '\n',
  ']',
  ']]>',
  '\u0001',
  '\u007f',
  '\ud83d',
  '\ud83d\ude97',
  '緯',
  '\u0085',
  '\u2028',
  ':',
  '=',
  ' ',
  '</trkpt>',
  '<trkpt>',
  '&amp;',
  '-',
);

describe('points without the parser', () => {
  it('any document', async () => tried(same, document, fc.constant([])), 120_000);
  it('any document with faults', async () => tried(same, document, faults), 120_000);

  it('a character a chunk, with a return between two of them', async () => {
    const p = '<trkpt lat="35.1" lon="139"><time>2026-10-05T01:00:00Z</time></trkpt>';
    await same([...`<gpx><trkseg>\r\n${p}\r\n${p}\r${p}\n</trkseg></gpx>`]);
    await same([`<gpx><trkseg>${p}\r`, `\n${p}${p}\r`, `${p}x</trkseg></gpx>`]);
    await same([`<gpx><trkseg>${p}\r`, `\n${p}${p}\r`, `${p}<</trkseg></gpx>`]);
  });

  it('points within a point, where a chunk ends before them', async () => {
    const p = '<trkpt lat="35.1" lon="139"><time>2026-10-05T01:00:00Z</time></trkpt>';
    await same(['<gpx><trkseg><trkpt lat="1" lon="1"><trkseg>', `${p}</trkseg></trkpt></trkseg></gpx>`]);
  });

  it('elements at each depth, at each limit of the depth', async () => {
    const nested = ['a', 'b', 'c', 'd', 'e'].reduce(
      (inner, n) => `<speed>1</speed><${n}>${inner}</${n}>`,
      '<speed>1</speed>',
    );
    const docs = [nested, '<a><b><speed>1</speed></b></a>', '<a><b><c><speed>1</speed></c></b></a>'].map(
      (inner) =>
        `<gpx><trkseg>${`<trkpt lat="35.1" lon="139"><time>2026-10-05T01:00:00Z</time>${inner}</trkpt>`.repeat(3)}</trkseg></gpx>`,
    );
    for (let depth = 1; depth < 12; depth++) for (const text of docs) await same([text], { depth });
  });

  it('finds what programs write', () => {
    const role = (n: string) => (n === 'speed' || n === 'time' ? n : undefined);
    const find = (text: string) =>
      new PlainPoint(role).find(text, Uint16Array.of(...literal(text), 0), 0, 1) === text.length;
    const inner = '<ele>1.0</ele><time>2026-10-05T01:00:00Z</time>';
    const trackPoint = '<gpxtpx:TrackPointExtension><gpxtpx:speed>1</gpxtpx:speed></gpxtpx:TrackPointExtension>';
    expect(find(`<trkpt lat="1.0" lon="-1.0">${inner}<speed>0.5</speed></trkpt>`)).toBe(true);
    expect(
      find(`\r\n  <trkpt lon='1.0' lat='-1.0'>\r\n ${inner}\n<extensions>\n${trackPoint}</extensions></trkpt>`),
    ).toBe(true);
    expect(
      find(`<trkpt lat="1.0" lon="-1.0">${inner}<extensions><osmand:speed>1</osmand:speed></extensions></trkpt>`),
    ).toBe(true);
    expect(find('<trkpt lat="1.0" lon="1.0"><speed>1&amp;</speed></trkpt>')).toBe(false);
  });
});
