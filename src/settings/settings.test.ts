// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SETTINGS } from '../layout.ts';
import { packageFile } from '../package_files.ts';
import { loadProfile } from './profile.ts';
import { loadSettings, parseSettings, settingsHash } from './settings.ts';

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
  it('a missing key is named', () => {
    expect(() => parseSettings(text.replace(/ {2}beta_m: .*\n/, ''), 's.yaml')).toThrow(/match\.beta_m is missing/);
    expect(() => parseSettings('', 's.yaml')).toThrow(/s\.yaml: .* is missing/);
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
