// SPDX-License-Identifier: MIT
// The analysis as the function uses it: map, module, settings and profiles are made once and serve
// one log after another.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Analyzer } from '../analyzer.ts';
import { TomareError } from '../errors.ts';
import { compose } from '../report/compose.ts';
import type { Result } from '../report/result.ts';
import { VERSION } from '../report/version.ts';
import { loadProfile, type Profile } from '../settings/profile.ts';
import { loadSettings, parseSettings, type Settings, settingsHash } from '../settings/settings.ts';
import type { Log, MapInfo } from '../types.ts';
import type { Config } from './config.ts';
import { workId } from './keys.ts';
import type { Job } from './messages.ts';

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');

/** A job with its settings and profile in place. */
export interface Plan {
  job: Job;
  settings: Settings;
  profile: Profile;
}

export class Engine {
  readonly analyzer: Analyzer;
  private readonly base: Settings;
  private readonly profileName: string;
  private readonly profiles = new Map<string, Profile>();
  private readonly map: MapInfo;
  private readonly mapName: string;
  private readonly moduleName: string;

  constructor(config: Pick<Config, 'map' | 'profile' | 'timeZone'>) {
    this.base = loadSettings();
    if (config.timeZone !== undefined) {
      this.base = this.override({ output: { time_zone: config.timeZone } }, 'TZ');
    }
    this.profileName = config.profile;
    this.profile(config.profile);
    this.analyzer = new Analyzer(config.map);
    this.map = this.analyzer.mapInfo();
    this.mapName = sha256(JSON.stringify({ ...this.map, bytes_read: 0 }));
    this.moduleName = `${VERSION} ${sha256(readFileSync(new URL('../../wasm/tomare.wasm', import.meta.url)))}`;
  }

  private override(overrides: Record<string, Record<string, unknown>>, source: string): Settings {
    const groups = this.base as unknown as Record<string, Record<string, unknown>>;
    const merged: Record<string, Record<string, unknown>> = { ...groups };
    for (const [group, values] of Object.entries(overrides)) merged[group] = { ...groups[group], ...values };
    return parseSettings(JSON.stringify(merged), source);
  }

  private profile(name: string): Profile {
    const profile = this.profiles.get(name) ?? loadProfile(name);
    this.profiles.set(name, profile);
    return profile;
  }

  plan(job: Job): Plan {
    const settings = job.settings ? this.override(job.settings, 'message') : this.base;
    return { job, settings, profile: this.profile(job.profile ?? this.profileName) };
  }

  /** Name of the work that a plan is on the log's bytes of that ETag. */
  workId({ job, settings, profile }: Plan, etag: string): string {
    return workId({
      bucket: job.bucket,
      key: job.key,
      etag,
      engine: this.moduleName,
      map: this.mapName,
      profile: sha256(JSON.stringify(profile)),
      settings: settingsHash(settings),
      options: JSON.stringify([job.vehicle ?? 'car', job.route ?? false, job.all ?? false]),
    });
  }

  analyse(log: Log, { job, settings, profile }: Plan, source: Result['drive']['source'] = null): Result {
    const options = { vehicle: job.vehicle ?? 'car', route: job.route ?? false, all: job.all ?? false };
    const analysis = this.analyzer.analyze(log.fixes, settings, options.vehicle, options.route, profile);
    return compose(analysis, { ...options, log, source, version: VERSION, map: this.map, profile, settings });
  }

  /** Fails when a map was not made for this module, or is damaged at its head. */
  static open(config: Config): Engine {
    try {
      return new Engine(config);
    } catch (error) {
      throw error instanceof TomareError ? error : new TomareError('MAP_OPEN', (error as Error).message);
    }
  }
}
