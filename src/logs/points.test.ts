// SPDX-License-Identifier: MIT
// Plain points read without the parser leave behind what the parser alone leaves behind, whatever stands around them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literal } from './codes.ts';
import type { FixSink, LogSource } from './format.ts';
import { readTrack } from './formats/gpx.ts';
import { PlainPoint } from './formats/points.ts';
import { UsualShape } from './formats/shape.ts';
import { readLog } from './read.ts';
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

/** Points of a few shapes, most of them as the one before. */
const shapes = fc
  .array(fc.tuple(attributes, blank, children(2), blank), { minLength: 1, maxLength: 3 })
  .chain((forms) =>
    fc
      .array(
        fc.tuple(
          fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, fc.nat({ max: forms.length - 1 })),
          degrees,
          time,
          fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 0, max: 99 }).map(String) }, number),
          of('3d', '3d', 'none'),
        ),
        { maxLength: 30 },
      )
      .map((points) =>
        points
          .map(([form, lat, when, speed, kind]) => {
            const [at, before, inner, after] = forms[form] as (typeof forms)[number];
            const values = `<time>${when}</time><speed>${speed}</speed><fix>${kind}</fix>`;
            return `<trkpt${at.replace(/\d+(?=.)/, lat)}>${before}${values}${inner}</trkpt>${after}`;
          })
          .join(''),
      ),
  )
  .map((points) => `<gpx><trk><trkseg>${points}</trkseg></trk></gpx>`);

describe('points without the parser', () => {
  it('points of few shapes', async () => tried(same, shapes, fc.constant([])), 120_000);
  it('points of few shapes with faults', async () => tried(same, shapes, faults), 120_000);

  it('any document', async () => tried(same, document, fc.constant([])), 120_000);
  it('any document with faults', async () => tried(same, document, faults), 120_000);

  it('a character a chunk, with a return between two of them', async () => {
    const p = '<trkpt lat="35.1" lon="139"><time>2026-10-05T01:00:00Z</time></trkpt>';
    await same([...`<gpx><trkseg>\r\n${p}\r\n${p}\r${p}\n</trkseg></gpx>`]);
    await same([`<gpx><trkseg>${p}\r`, `\n${p}${p}\r`, `${p}x</trkseg></gpx>`]);
    await same([`<gpx><trkseg>${p}\r`, `\n${p}${p}\r`, `${p}<</trkseg></gpx>`]);
  });

  it('a chunk that ends anywhere, after points of one shape', async () => {
    const points = Array.from(
      { length: 4 },
      (_, i) => `\r\n<trkpt lat="35.1${i}" lon="139">\n<time>2026-10-05T01:00:0${i}Z</time><speed>${i}</speed></trkpt>`,
    );
    const ends = ['', `${points[0]}<speed>1</trkpt>`, `${points[0]}x`, '<trkpt lat="1" lon="1"><a></b></trkpt>'];
    for (const end of ends) {
      const text = `<gpx><trkseg>${points.join('')}${end}</trkseg></gpx>`;
      for (let at = 0; at <= text.length; at++) await same([text.slice(0, at), text.slice(at)]);
      for (let at = 0; at < text.length; at += 7)
        await same([text.slice(0, at), text.slice(at, at + 20), text.slice(at + 20)], { lineBytes: 60 });
    }
  });

  it('points without times, of one shape', async () => {
    const point = (inner: string) => `<trkpt lat="35.1" lon="139">${inner}</trkpt>`;
    const time = '<time>2026-10-05T01:00:00Z</time>';
    for (const inner of ['', '<ele>1</ele>', `<extensions>${time}</extensions>`])
      for (const first of ['', point(time)])
        await same([`<gpx><trkseg>${first}${point(inner).repeat(5)}</trkseg></gpx>`]);
  });

  it('a beginning too long to be held back', async () => {
    const p = '<trkpt lat="35.1" lon="139"><time>2026-10-05T01:00:00Z</time></trkpt>';
    for (const blanks of [1000, 1030, 3000]) {
      const long = `<trkpt lat="35.1" lon="139">${' '.repeat(blanks)}<time>2026-10-05T01:00:01Z</time></trkpt>`;
      const text = `<gpx><trkseg>${p}${long}${p}</trkseg></gpx>`;
      for (const at of [120, 500, 1100, 1120, 1130, 1140, 2000]) await same([text.slice(0, at), text.slice(at)]);
      await same([text.slice(0, 120), text.slice(120, 121), text.slice(121, 1300), text.slice(1300)]);
    }
  });

  it('bytes of ASCII, and those between which other characters stand', async () => {
    const points = (comment: string) =>
      Array.from({ length: 900 }, (_, i) => {
        const at = new Date(Date.UTC(2026, 9, 5) + i * 1000).toISOString();
        const odd = i % 97 === 0 ? `<speed> ${i % 30}</speed>` : `<speed>${i % 30}.5</speed>`;
        return `<trkpt lat="35.${100_000 + i}" lon="139.${100_000 + ((i * 7) % 1000)}"><time>${at}</time>${odd}</trkpt>\n${comment}`;
      }).join('');
    const read = (comment: string) =>
      readLog(Buffer.from(`<gpx><trk><trkseg>\n${points(comment)}</trkseg></trk></gpx>`), { timeZone: 'UTC' });
    const [ascii, other] = [await read('<!--a-->'), await read('<!--緯-->')];
    expect(ascii.fixes.count).toBe(900);
    expect(other.fixes).toEqual(ascii.fixes);
    expect(other.lines).toEqual(ascii.lines);
    expect((await read('')).fixes).toEqual(ascii.fixes);
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

describe('the usual shape', () => {
  const a = (i: number) => `<trkpt lat="${i}" lon="1"><time>2026-10-05T01:00:00Z</time></trkpt>`;
  const b = (i: number) => `<trkpt lat="${i}" lon="1"><ele>1</ele><time>2026-10-05T01:00:00Z</time></trkpt>`;
  /** Of so many points, those that the shape before found. */
  const found = (points: readonly string[]) => {
    const [usual, point] = [new UsualShape(), new PlainPoint((n) => (n === 'time' ? n : undefined))];
    return points.filter((text) => {
      const codes = Uint16Array.of(...literal(text), 0);
      if (usual.find(codes, 0) === text.length) return true;
      expect(point.find(text, codes, 0, 1)).toBe(text.length);
      usual.other(point, codes, 0, text.length, true);
      return false;
    }).length;
  };
  const of_ = (count: number, form: (i: number) => string) => Array.from({ length: count }, (_, i) => form(i));

  it('is that of all points but the first', () => {
    expect(found(of_(100, a))).toBe(99);
  });
  it('stays over a few points of another', () => {
    expect(found(of_(100, (i) => (i % 10 === 5 ? b : a)(i)))).toBe(89);
    expect(found(of_(100, (i) => (i % 2 === 1 ? b : a)(i)))).toBeGreaterThan(40);
  });
  it('is given up for another that stays', () => {
    expect(found([...of_(100, a), ...of_(100, b)])).toBeGreaterThan(175);
  });
  it('is not taken from each of many', () => {
    const each = (i: number) => `<trkpt lat="1" lon="1"><a${i}>1</a${i}></trkpt>`;
    const points = of_(300, each);
    const [usual, point, taken] = [new UsualShape(), new PlainPoint(() => undefined), new Set()];
    for (const text of points) {
      const codes = Uint16Array.of(...literal(text), 0);
      expect(usual.find(codes, 0)).toBe(-1);
      usual.other(point, codes, 0, point.find(text, codes, 0, 1), true);
      if (usual.shape !== undefined) taken.add(usual.shape);
    }
    expect(taken.size).toBeLessThan(10);
  });
});
