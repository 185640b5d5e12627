// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SETTINGS } from '../layout.ts';
import { packageFile } from '../package_files.ts';
import { settingOf } from './override.ts';
import { loadProfile } from './profile.ts';
import { loadSettings, overridden, parseSettings, settingsHash } from './settings.ts';

const text = readFileSync(packageFile('settings.yaml'), 'utf8');

describe('settings', () => {
  it('the shipped ones equal the defaults of the core', () => {
    const groups = loadSettings() as unknown as Record<string, Record<string, number | boolean>>;
    for (const { group, name, value } of SETTINGS)
      expect(Number(groups[group]?.[name]), `${group}.${name}`).toBe(value);
  });
  it('an unknown key is named with its line', () => {
    expect(() => parseSettings(text.replace('sigma_m:', 'sigma:'), 's.yaml')).toThrow(
      /s\.yaml:4: match\.sigma is no setting/,
    );
  });
  it('a key that the shipped file lacks is named', () => {
    const cut = text.replace(/ {2}beta_m: .*\n/, '');
    expect(() => parseSettings(cut, 's.yaml', {})).toThrow(/match\.beta_m is missing/);
  });
  it('a file with one key is enough, and an empty one changes nothing', () => {
    const usual = loadSettings() as unknown as Record<string, object>;
    expect(parseSettings('speeding: { tolerance_kmh: 0 }', 's.yaml')).toEqual({
      ...usual,
      speeding: { ...usual['speeding'], tolerance_kmh: 0 },
    });
    const share = parseSettings('audit: { share: { stop_sign: 0.9 } }', 's.yaml').audit.share;
    expect(share).toEqual({ ...loadSettings().audit.share, stop_sign: 0.9 });
    for (const nothing of ['', '# all as shipped\n', 'speeding:\n']) {
      expect(parseSettings(nothing, 's.yaml')).toEqual(usual);
    }
    expect(() => parseSettings('- 1', 's.yaml')).toThrow(/s\.yaml:1: the file has no settings/);
    expect(() => parseSettings('speeding: { tolerance_kmh: }', 's.yaml')).toThrow(/speeding\.tolerance_kmh .*number/);
  });
  it.each([
    ['speeding: { tolerence_kmh: 0 }', /speeding\.tolerence_kmh is no setting; did you mean speeding\.tolerance_kmh\?/],
    ['speding: { tolerance_kmh: 0 }', /speding is no setting; did you mean speeding\?/],
    ['tolerance_pct: 0', /tolerance_pct is no setting; did you mean speeding\.tolerance_pct\?/],
    ['vehicle: { wieght: 2 }', /vehicle\.wieght is no setting; did you mean vehicle\.weight\?/],
    ['permit: []', /permit is no setting; did you mean permits\?/],
    ['audit: { share: { stop: 0.9 } }', /audit\.share\.stop is no setting; did you mean audit\.share\.stop_sign\?/],
    ['xylophone: 1', /xylophone is no setting; see the shipped settings\.yaml/],
  ])('a mistyped key is told what was meant: %s', (yaml, message) =>
    expect(() => parseSettings(yaml, 's.yaml')).toThrow(message),
  );
  it('a single value by --set', () => {
    const set = (text: string) => overridden(loadSettings(), settingOf(text), `--set ${text}`);
    const speeding = (settings: unknown) => (settings as { speeding: Record<string, number> }).speeding;
    expect(speeding(set('speeding.tolerance_kmh=0'))).toEqual({ ...speeding(loadSettings()), tolerance_kmh: 0 });
    expect(set('permits=[{ ways: [1] }]').permits).toEqual([{ ways: [1] }]);
    expect(() => set('speeding.tolerance=0')).toThrow(
      /--set speeding\.tolerance=0: speeding\.tolerance is no setting; did you mean speeding\.tolerance_kmh\?/,
    );
    expect(() => set('speeding.tolerance_kmh=fast')).toThrow(/speeding\.tolerance_kmh .*number/);
    expect(() => set('rules.speeding=[')).toThrow(/its value is no YAML/);
    for (const wrong of ['speeding', 'speeding=', '=1']) expect(() => set(wrong)).toThrow(/KEY=VALUE is expected/);
  });
  it('a value of another kind is named with its line', () => {
    expect(() => parseSettings(text.replace('sigma_m: 6.0', 'sigma_m: wide'), 's.yaml')).toThrow(
      /s\.yaml:4: match\.sigma_m .*number/,
    );
    expect(() => parseSettings(text.replace('speeding: true', 'speeding: 3'), 's.yaml')).toThrow(/rules\.speeding/);
  });
  it('a value out of range is named with its line', () => {
    expect(() => parseSettings(text.replace('sigma_m: 6.0', 'sigma_m: -1'), 's.yaml')).toThrow(
      /s\.yaml:4: match\.sigma_m/,
    );
  });
  it('broken YAML', () => expect(() => parseSettings('match: [', 's.yaml')).toThrow(/s\.yaml:1/));
  it.each([
    ['speeding: *a', /s\.yaml: Unresolved alias/],
    [`a: &a [x]\nb: [${'*a, '.repeat(200)}]`, /s\.yaml: Excessive alias count/],
    ['speeding: !foo\n  tolerance_kmh: 7', /s\.yaml:1: Unresolved tag/],
    ['speeding: { __proto__: { tolerance_kmh: 7 } }', /s\.yaml:1: speeding\.__proto__ is no setting/],
    ['__proto__: { speeding: { tolerance_kmh: 7 } }', /s\.yaml:1: __proto__ is no setting/],
    ['permits: [{ ways: [1], vehicles: [] }]', /s\.yaml:1: permits\.0\.vehicles/],
    ['permits: [{ ways: [1], from: 2026-12-01, until: 2026-12-01 }]', /s\.yaml:1: permits\.0 a permit begins before/],
  ])('YAML that is valid and means nothing here: %s', (yaml, message) =>
    expect(() => parseSettings(yaml, 's.yaml')).toThrow(message),
  );
  it('anchors and permits that mean something', () => {
    expect(parseSettings('speeding: { tolerance_kmh: &x 7, tolerance_pct: *x }', 's.yaml')).toMatchObject({
      speeding: { tolerance_kmh: 7, tolerance_pct: 7 },
    });
    const open = { ways: [1], vehicles: ['bus'], from: '2026-12-01', until: '2026-12-02' };
    expect(
      parseSettings(`permits: [${JSON.stringify(open)}, { ways: [1], from: 2026-12-01 }]`, 's.yaml').permits,
    ).toEqual([open, { ways: [1], from: '2026-12-01' }]);
  });
  it('a zone that is none', () =>
    expect(() => parseSettings(text.replace('time_zone: auto', 'time_zone: Mars'), 's.yaml')).toThrow(/time_zone/));
  it.each([
    '{ vehicles: [car] }',
    '{ ways: [1], circle: { lat: 35, lon: 139, radius_m: 100 } }',
    '{ polygon: [[35, 139], [35, 140]] }',
    '{ circle: { lat: 95, lon: 139, radius_m: 100 } }',
  ])('a permit of no place, of two, or of none on Earth: %s', (permit) => {
    const text = `${readFileSync(packageFile('settings.yaml'), 'utf8')}\npermits:\n  - ${permit}\n`;
    expect(() => parseSettings(text, 's.yaml')).toThrow(/s\.yaml:\d+: permits\.0/);
  });

  it('the hash ignores the order of keys', () => {
    const settings = loadSettings();
    expect(settingsHash({ ...settings })).toBe(settingsHash(settings));
  });
});

describe('profiles', () => {
  it.each(['jp', 'generic', 'de', 'gb', 'us'])('%s is well-formed', (name) =>
    expect(loadProfile(name).country).toBe(name),
  );
  it('one that is missing', () => expect(() => loadProfile('xx')).toThrow(/no profile "xx"/));
});
