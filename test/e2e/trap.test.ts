// SPDX-License-Identifier: MIT
// No input makes the module trap; and when it does trap, that log fails alone and a new instance serves
// the next. The trap is real: the body of tomare_analyze in the committed module becomes `unreachable`.
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeDemo } from '../../mapdata/demo/make.ts';
import { AnalyzerModule } from '../../src/abi/module.ts';
import { Analyzer, driveBlock } from '../../src/analyzer.ts';
import { outcomeOf } from '../../src/cli/outcome.ts';
import { TomareError } from '../../src/errors.ts';
import { SETTINGS, STRUCTS } from '../../src/layout.ts';
import { readLog } from '../../src/logs/read.ts';
import { buildMap } from '../../src/mapbuild.ts';
import { sessionOver } from '../../src/session.ts';
import { loadSettings } from '../../src/settings/settings.ts';
import type { Fixes } from '../../src/types.ts';

const folder = mkdtempSync(join(tmpdir(), 'tomare-'));
const map = join(folder, 'town.tmap');
const drive = join(folder, 'drives', 'stop-run.csv');
const settings = loadSettings();
let fixes: Fixes;

beforeAll(async () => {
  makeDemo(folder);
  await buildMap({ inputs: [join(folder, 'town.osm.pbf')], output: map });
  fixes = (await readLog(drive, { timeZone: 'Asia/Tokyo' })).fixes;
});

/** The module with the body of one exported function replaced by `unreachable`, same length. */
function trapping(name: string): WebAssembly.Module {
  const bytes = readFileSync(join(import.meta.dirname, '..', '..', 'wasm', 'tomare.wasm'));
  let at = 8;
  const leb = () => {
    let [value, shift, byte] = [0, 0, 0];
    do {
      byte = bytes[at++] ?? 0;
      value += (byte & 127) * 2 ** shift;
      shift += 7;
    } while (byte & 128);
    return value;
  };
  const text = () => {
    const length = leb();
    at += length;
    return bytes.toString('utf8', at - length, at);
  };
  let [imported, wanted] = [0, -1];
  while (at < bytes.length) {
    const section = bytes[at++];
    const size = leb();
    const end = at + size;
    if (section === 2) imported = leb(); // the module imports functions only, as the next test shows
    if (section === 7) {
      for (let left = leb(); left > 0; left--) {
        const isWanted = text() === name;
        const isFunction = bytes[at++] === 0;
        const index = leb();
        if (isWanted && isFunction) wanted = index;
      }
    }
    if (section === 10) {
      leb();
      for (let index = imported; index < wanted; index++) {
        const length = leb();
        at += length;
      }
      const length = leb();
      bytes.fill(0x01, at, at + length); // nop
      bytes.set([0x00, 0x00], at); // no locals; unreachable
      bytes[at + length - 1] = 0x0b; // end
    }
    at = end;
  }
  return new WebAssembly.Module(bytes);
}

/** Opens a module that traps the first `times`, then the real one. */
function trapsAtFirst(times: number): { open: typeof AnalyzerModule.open; opened: () => number } {
  const broken = trapping('tomare_analyze');
  let opened = 0;
  return {
    opened: () => opened,
    open: (path, arena) =>
      opened++ < times ? AnalyzerModule.open(path, arena, broken) : AnalyzerModule.open(path, arena),
  };
}

describe('a trap', () => {
  it('the module imports functions only', () => {
    const module = trapping('tomare_analyze');
    expect(WebAssembly.Module.imports(module).every((entry) => entry.kind === 'function')).toBe(true);
  });

  it('fails one log, and a new instance serves the next', () => {
    const { open, opened } = trapsAtFirst(1);
    const analyzer = new Analyzer(map, 1 << 24, open);
    expect(() => analyzer.analyze(fixes, { settings })).toThrowError(expect.objectContaining({ errorName: 'TRAP' }));
    expect(opened()).toBe(2);
    const after = analyzer.analyzeBlock(fixes, { settings, route: true });
    expect(after).toEqual(new Analyzer(map).analyzeBlock(fixes, { settings, route: true }));
    expect(opened()).toBe(2);
  });

  it('fails one log of a batch', async () => {
    const session = sessionOver(() => new Analyzer(map, 1 << 24, trapsAtFirst(1).open), { map });
    const outcome = await outcomeOf(session, drive, {});
    expect(outcome).toEqual({ error: expect.stringMatching(/stop-run\.csv: .*\(TRAP 115\)$/) });
    expect(await outcomeOf(session, drive, {})).toHaveProperty('result');
  });

  it('any other error keeps the instance', () => {
    const { open, opened } = trapsAtFirst(0);
    const analyzer = new Analyzer(map, 1 << 24, open);
    const far = { ...fixes, lat: fixes.lat.map((v) => v - 20) };
    expect(() => analyzer.analyze(far, { settings })).toThrowError(TomareError);
    expect(opened()).toBe(1);
  });
});

describe('no block makes the module trap', () => {
  /** OK, or the error's name; anything else is thrown on. */
  function outcome(block: Uint8Array): string {
    try {
      AnalyzerModule.open(map, 1 << 24).analyze(block);
      return 'OK';
    } catch (error) {
      if (error instanceof TomareError) return error.errorName;
      throw error;
    }
  }
  const head = STRUCTS.tm_drive;
  const good = () => driveBlock(fixes, { settings, route: true });
  const changed = (change: (view: DataView) => void) => {
    const block = good();
    change(new DataView(block.buffer));
    return block;
  };

  it.each([
    ['empty', () => new Uint8Array(0)],
    ['cut short', () => good().subarray(0, 1000)],
    ['too long', () => new Uint8Array([...good(), 0])],
    ['a count beyond the block', () => changed((v) => v.setUint32(head.count, 0xffffffff, true))],
    ['a vehicle that is none', () => changed((v) => v.setUint32(head.vehicle, 7, true))],
    ['settings of another version', () => changed((v) => v.setUint32(head.settings, SETTINGS.length + 1, true))],
  ])('%s', (_, block) => expect(outcome(block())).toBe('BAD_BLOCK'));

  it('no fix', () => {
    const none = driveBlock({ ...fixes, count: 0 }, { settings });
    expect(outcome(none)).toBe('LOG_EMPTY');
  });

  it('positions and times out of range', () => {
    const at = head.size;
    expect(outcome(changed((v) => v.setBigInt64(at, -1n, true)))).toBe('LOG_VALUE');
    expect(outcome(changed((v) => v.setInt32(at + 8 * fixes.count, 2 ** 31 - 1, true)))).toBe('LOG_VALUE');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -1, 0, 1e-38, 3e38])(
    'speed, heading and accuracy of %d',
    (value) => {
      for (const field of ['speed_mps', 'heading_deg', 'accuracy_m'] as const) {
        const odd = { ...fixes, [field]: new Float32Array(fixes.count).fill(value) };
        expect(['OK', 'LOG_VALUE']).toContain(outcome(driveBlock(odd, { settings, route: true })));
      }
    },
  );

  it.each([
    ['all at one place', (f: Fixes) => ({ ...f, lat: f.lat.fill(f.lat[0] ?? 0), lon: f.lon.fill(f.lon[0] ?? 0) })],
    ['all at one time', (f: Fixes) => ({ ...f, time_ms: f.time_ms.fill(0) })],
    ['backward in time', (f: Fixes) => ({ ...f, time_ms: f.time_ms.toReversed() })],
    ['a year between fixes', (f: Fixes) => ({ ...f, time_ms: f.time_ms.map((_, i) => i * 31e9) })],
    ['in no order', (f: Fixes) => ({ ...f, lat: f.lat.toSorted(), lon: f.lon.toSorted().reverse() })],
  ])('%s', (_, change) => {
    const copy = { ...fixes, lat: fixes.lat.slice(), lon: fixes.lon.slice(), time_ms: fixes.time_ms.slice() };
    expect(['OK', 'LOG_VALUE']).toContain(outcome(driveBlock(change(copy), { settings, route: true })));
  });

  it.each([0, -1, 1e300, Number.NaN])('every setting is %d', (value) => {
    const block = good();
    const values = new DataView(block.buffer, block.byteLength - 8 * SETTINGS.length);
    SETTINGS.forEach((_, i) => {
      values.setFloat64(8 * i, value, true);
    });
    expect(['OK', 'BAD_BLOCK']).toContain(outcome(block));
  });
});
