// SPDX-License-Identifier: MIT
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDemo } from '../../mapdata/demo/make.ts';
import { readLog } from '../../src/logs/read.ts';
import { buildMap } from '../../src/mapbuild.ts';
import { readOverlay } from '../../src/overlay/overlay.ts';
import { packageFile } from '../../src/package_files.ts';
import { openSession, type Session } from '../../src/session.ts';
import type { Log } from '../../src/types.ts';

const folder = mkdtempSync(join(tmpdir(), 'tomare-session-'));
const map = join(folder, 'town.tmap');
const drive = join(folder, 'drives', 'stop-run.csv');
const named = (errorName: string) => expect.objectContaining({ errorName });
let session: Session;
let log: Log;

beforeAll(async () => {
  makeDemo(folder);
  await buildMap({ inputs: [join(folder, 'town.osm.pbf')], output: map });
  session = openSession({ map });
  log = await readLog(drive, { timeZone: 'Asia/Tokyo' });
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a session', () => {
  it('gives the same result for a path, its log, its fixes, and by a plan', async () => {
    const options = { route: true, all: true };
    const result = await session.run(drive, options);
    expect(result.route?.length).toBeGreaterThan(0);
    expect(session.analyze(log, options)).toEqual(result);
    // fixes alone come of no file: there is no account of the reading, and no line
    const bare = session.analyze(log.fixes, { ...options, id: 'stop-run' });
    const unread = (r: typeof result) => ({
      ...r,
      input: null,
      findings: r.findings.map((f) => ({ ...f, evidence: { ...f.evidence, first_line: 0, last_line: 0 } })),
    });
    expect(unread(bare)).toEqual(unread(result));
    expect(session.plan(options).analyze(log)).toEqual(result);
    expect(session.analyze(log.fixes).drive.id).toBe('');
  });

  it('takes settings by path, and single values in their place for all drives or for one', () => {
    const rules = { stop_sign: false };
    const none = (s: Session, own = {}) => s.analyze(log, own).findings.length === 0;
    expect(none(session)).toBe(false);
    expect(none(openSession({ map, settings: packageFile('settings.yaml') }))).toBe(false);
    expect(none(openSession({ map, settings: { rules } }))).toBe(true);
    expect(none(session, { settings: { rules } })).toBe(true);
    expect(none(session)).toBe(false);
    const hash = (s: Session, own = {}) => s.analyze(log, own).engine.settings;
    expect(hash(openSession({ map, settings: { rules } }))).toBe(hash(session, { settings: { rules } }));
  });

  it('answers in the zone that it is given', () => {
    expect(session.analyze(log).drive.start).toMatch(/\+09:00$/);
    expect(openSession({ map, timeZone: 'Europe/Berlin' }).analyze(log).drive.start).toMatch(/\+02:00$/);
    expect(session.plan({ settings: { output: { time_zone: 'UTC' } } }).reading).toMatchObject({
      timeZone: 'UTC',
      zoneFrom: 'option',
    });
  });

  it('takes another profile for a drive, or none', () => {
    expect(session.analyze(log).findings[0]?.offence?.code).toBe('jp.stop_sign');
    for (const profile of ['generic', 'none']) {
      const { engine, findings } = session.analyze(log, { profile });
      expect([engine.profile, findings[0]?.rule, findings[0]?.offence]).toEqual([profile, 'stop-sign', undefined]);
    }
  });

  it('names what a result depends on: what changes it changes the name', () => {
    const name = (options = {}, s = session) => JSON.stringify(s.plan(options).identity());
    const names = [
      {},
      { vehicle: 'bus' },
      { route: true },
      { all: true },
      { profile: 'gb' },
      { settings: { rules: { speeding: false } } },
    ];
    const other = openSession({ map, profile: 'gb' });
    expect(new Set(names.map((options) => name(options))).size).toBe(names.length);
    expect(name({}, openSession({ map }))).toBe(name());
    expect(name({}, other)).toBe(name({ profile: 'gb' }));
  });

  it('names the map by its content: one limit of the same size and place is another map', async () => {
    const line = Array.from(log.fixes.lat.subarray(0, 20), (lat, i) => `${log.fixes.lon[i]} ${lat}`).join(';');
    const identityWith = async (kmh: number) => {
      const [rows, output] = [join(folder, `${kmh}.csv`), join(folder, `${kmh}.tmap`)];
      writeFileSync(rows, `kind,line,value\nlimit,${line},${kmh}\n`);
      const overlay = readOverlay(rows).rows;
      await buildMap({ inputs: [join(folder, 'town.osm.pbf')], output, name: 'town', overlay });
      const one = openSession({ map: output });
      return { info: one.map, identity: one.plan().identity() };
    };
    const [slow, fast, again] = [await identityWith(20), await identityWith(30), await identityWith(20)];
    expect(slow.info.statistics['overlay_limits']).toBe(1);
    expect(fast.info).toEqual(slow.info); // nothing else tells them apart
    expect(fast.identity.map).not.toBe(slow.identity.map);
    expect(again.identity).toEqual(slow.identity);
  });

  it('refuses what it cannot use, before any drive', () => {
    expect(() => openSession({ map: join(folder, 'none.tmap') })).toThrow(named('MAP_OPEN'));
    expect(() => openSession({ map: join(folder, 'no folder', 'none.tmap') })).toThrow(named('MAP_OPEN'));
    writeFileSync(join(folder, 'other.tmap'), 'x'.repeat(5000));
    expect(() => openSession({ map: join(folder, 'other.tmap') })).toThrow(named('MAP_MAGIC'));
    expect(() => openSession({ map, profile: 'xx' })).toThrow(named('PROFILE'));
    expect(() => openSession({ map, settings: { rules: { parking: true } } })).toThrow(named('SETTINGS'));
    expect(() => openSession({ map, settings: { rule: {} } })).toThrow(named('SETTINGS'));
    expect(() => openSession({ map, timeZone: 'Mars' })).toThrow(/the time zone: "Mars" is not a time zone/);
    expect(() => session.plan({ profile: 'xx' })).toThrow(named('PROFILE'));
  });
});
