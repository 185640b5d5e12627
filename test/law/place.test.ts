// SPDX-License-Identifier: MIT
// The place decides law and clock: one drive on the same road in many countries, across borders, and on days on which
// clocks change, without any option.
import { describe, expect, it } from 'vitest';
import { openSession, type SessionOptions } from '../../src/session.ts';
import { type Drive, logged, type Street } from './street.ts';

const NIGHT = { highway: 'tertiary', maxspeed: '70', 'maxspeed:conditional': '30 @ (22:00-06:00)' };
const CALM = { highway: 'tertiary', maxspeed: '130' };

async function analysed(street: Street, plan: Drive, options: Partial<SessionOptions> = {}) {
  const { map, log } = await logged(street, plan);
  return openSession({ map, ...options }).run(log);
}

const at = (origin: [number, number]): Street => ({ tags: NIGHT, origin });
const fast = (start: string) => ({ start, kmh: 65 });
const found = (result: Awaited<ReturnType<typeof analysed>>) => result.findings.map((f) => `${f.rule} ${f.verdict}`);

/** Where, whose law, which clock; a day, and a night of it, by the clock of the place. */
const PLACES: [string, [number, number], string, string, string, string][] = [
  ['Curitiba', [-25.43, -49.27], 'BR', 'America/Sao_Paulo', 'generic', '-03:00'],
  ['Berlin', [52.52, 13.4], 'DE', 'Europe/Berlin', 'de', '+02:00'],
  ['London', [51.5, -0.12], 'GB', 'Europe/London', 'gb', '+01:00'],
  ['Malta', [35.89, 14.44], 'MT', 'Europe/Malta', 'generic', '+02:00'],
  ['Tokyo', [35.66, 139.7], 'JP', 'Asia/Tokyo', 'jp', '+09:00'],
  ['New York', [40.75, -73.98], 'US', 'America/New_York', 'us', '-04:00'],
];

describe.each(PLACES)('%s', (_, origin, country, zone, profile, offset) => {
  it('by day', async () => {
    const result = await analysed(at(origin), fast(`2026-10-05T14:30:00${offset}`));
    expect(found(result)).toEqual([]);
    expect(result.engine).toMatchObject({ profile, laws: [{ country, zone, profile }] });
    expect(result.drive.start.endsWith(offset)).toBe(true);
    expect(result.input.warnings).toEqual([]);
  });

  it('by night', async () => {
    const result = await analysed(at(origin), fast(`2026-10-05T23:30:00${offset}`));
    expect(found(result)).toEqual(['speeding violated']);
    expect(result.findings[0]?.start.endsWith(offset)).toBe(true);
    expect(result.findings[0]?.offence === undefined).toBe(profile !== 'jp');
  });
});

describe('days on which clocks change', () => {
  const [CURITIBA, BERLIN, LONDON, MALTA, TOKYO, NEW_YORK] = PLACES.map((place) => place[1]) as [number, number][];
  it.each([
    ['Berlin, spring: half past six', BERLIN, '2026-03-29T04:30:00Z', 0],
    ['Berlin, the day before: half past five', BERLIN, '2026-03-28T04:30:00Z', 1],
    ['Berlin, autumn: half past five', BERLIN, '2026-10-25T04:30:00Z', 1],
    ['Berlin, the day before: half past six', BERLIN, '2026-10-24T04:30:00Z', 0],
    ['London, spring: half past six', LONDON, '2026-03-29T05:30:00Z', 0],
    ['London, autumn: half past five', LONDON, '2026-10-25T05:30:00Z', 1],
    ['Malta, spring: half past six', MALTA, '2026-03-29T04:30:00Z', 0],
    ['Malta, autumn: half past five', MALTA, '2026-10-25T04:30:00Z', 1],
    ['New York, spring: half past six', NEW_YORK, '2026-03-08T10:30:00Z', 0],
    ['New York, autumn: half past five', NEW_YORK, '2026-11-01T10:30:00Z', 1],
    ['Curitiba, the last summer time begins: half past six', CURITIBA, '2018-11-04T08:30:00Z', 0],
    ['Curitiba, the one before ends: half past five', CURITIBA, '2018-02-18T08:30:00Z', 1],
    ['Curitiba, no summer time since: half past five', CURITIBA, '2026-11-04T08:30:00Z', 1],
    ['Tokyo has none: half past five', TOKYO, '2026-03-29T20:30:00Z', 1],
  ])('%s', async (_, origin, start, findings) => {
    expect(found(await analysed(at(origin as [number, number]), fast(start)))).toHaveLength(findings);
  });

  it('the second of two hours of one name is told from the first', async () => {
    const street = {
      tags: { ...NIGHT, 'maxspeed:conditional': '30 @ (02:00-02:40)' },
      origin: BERLIN as [number, number],
    };
    for (const [start, findings] of [
      ['2026-10-25T00:20:00Z', 1],
      ['2026-10-25T00:50:00Z', 0],
      ['2026-10-25T01:20:00Z', 1],
      ['2026-10-25T01:50:00Z', 0],
    ] as const) {
      expect(found(await analysed(street, fast(start))), start).toHaveLength(findings);
    }
  });
});

describe('across a border', () => {
  /** The first way lies before the border, the others behind it. */
  const INTO_GERMANY: [number, number] = [47.745, 8.719];
  const INTO_SPAIN: [number, number] = [38.88, -7.037];

  it('Switzerland and Germany: the default limit of the German road is German, the Swiss one has none', async () => {
    const plain = { highway: 'tertiary' };
    const street = { tags: plain, ends: plain, origin: INTO_GERMANY };
    const result = await analysed(street, { start: '2026-10-05T12:00:00+02:00', kmh: 130 });
    expect(result.engine).toMatchObject({
      profile: 'generic+de',
      laws: [
        { country: 'CH', zone: 'Europe/Zurich', profile: 'generic' },
        { country: 'DE', zone: 'Europe/Berlin', profile: 'de' },
      ],
    });
    expect(result.findings.map((f) => [f.rule, f.verdict, f.source.tag])).toEqual([['speeding', 'possible', 'law']]);
    expect(result.findings[0]?.road.way).not.toBe(101);
  });

  it('Portugal and Spain: one moment is night on one side alone', async () => {
    const street = { tags: NIGHT, ends: NIGHT, origin: INTO_SPAIN };
    const result = await analysed(street, fast('2026-12-05T21:30:00Z')); // 21:30 in Portugal, 22:30 in Spain
    expect(result.engine.laws.map((law) => law.zone)).toEqual(['Europe/Lisbon', 'Europe/Madrid']);
    expect(found(result)).toEqual(['speeding violated']);
    expect(result.findings[0]?.road.way).not.toBe(101);
    expect(result.findings[0]?.start).toMatch(/^2026-12-05T22:30.*\+01:00$/);
    expect(result.drive.start).toMatch(/^2026-12-05T21:30.*\+00:00$/);
  });

  it('a session tells the place of a position', async () => {
    const { map } = await logged({ tags: CALM, origin: INTO_SPAIN }, fast('2026-12-05T12:00:00Z'));
    const session = openSession({ map });
    expect(session.placeAt(38.88, -7.0365)).toMatchObject({ country: 'PT', zone: 'Europe/Lisbon' });
    expect(session.placeAt(38.88, -7.0275)).toMatchObject({ country: 'ES', zone: 'Europe/Madrid' });
    expect(session.placeAt(0, 0)).toBeUndefined();
    expect(session.plan().reading.zoneOf?.(38.88, -7.0275)).toBe('Europe/Madrid');
    expect(openSession({ map, timeZone: 'UTC' }).plan().reading.zoneOf?.(38.88, -7.0275)).toBeUndefined();
  });
});

describe('options', () => {
  const BERLIN = at([52.52, 13.4]);

  it('override the place, and a contradiction is said', async () => {
    const options = { profile: 'jp', timeZone: 'Asia/Tokyo' };
    const result = await analysed(BERLIN, fast('2026-10-05T16:30:00+02:00'), options); // 23:30 in Tokyo
    expect(found(result)).toEqual(['speeding violated']);
    expect(result.engine).toMatchObject({
      profile: 'jp',
      laws: [{ country: 'DE', zone: 'Asia/Tokyo', profile: 'jp' }],
    });
    expect(result.input.warnings).toEqual([
      'the profile "jp" is not of the country of the drive (DE); leave --profile out',
      'the time zone Asia/Tokyo (+09:00) is not that of the drive (Europe/Berlin); leave --tz out',
    ]);
  });

  it('that do not contradict the place say nothing', async () => {
    for (const options of [{ profile: 'generic' }, { profile: 'de', timeZone: 'Europe/Paris' }]) {
      const result = await analysed(BERLIN, fast('2026-10-05T14:30:00+02:00'), options);
      expect(result.input.warnings).toEqual([]);
    }
  });

  it.each([
    ['JST', 'use Asia/Tokyo'],
    ['CET', 'use Europe/Berlin'],
    ['EST', 'use America/New_York'],
    ['tokyo', 'use Asia/Tokyo'],
    ['asia/tokyo', 'use Asia/Tokyo'],
    ['Mars', 'one of the IANA names'],
  ])('--tz %s is refused: %s', (timeZone, text) => {
    expect(() => openSession({ map: 'unused.tmap', timeZone })).toThrow(text);
  });
});
