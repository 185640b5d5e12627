// SPDX-License-Identifier: MIT
// Asks for a map, logs, and how to judge them.
import { useRef } from 'preact/hooks';
import type { Lang } from '../html/model.ts';
import { VEHICLES, type Vehicle } from '../types.ts';
import type { Texts } from './texts.ts';

/** What the reader has chosen so far. */
export interface Choice {
  maps: readonly File[];
  logs: readonly File[];
  vehicle: Vehicle;
  profile: string;
  anonymous: boolean;
}

interface Shared {
  t: Texts;
  lang: Lang;
  choice: Choice;
  change(part: Partial<Choice>): void;
}

const size = (file: File) =>
  file.size < 1_000_000 ? `${Math.ceil(file.size / 1000)} KB` : `${(file.size / 1_000_000).toFixed(1)} MB`;

function Files(props: Shared & { which: 'maps' | 'logs'; title: string; note: string; take(files: File[]): void }) {
  const { t, choice, change, which, title, note, take } = props;
  const input = useRef<HTMLInputElement>(null);
  const files = choice[which];
  return (
    <section class="files" aria-labelledby={`${which}-title`}>
      <h3 id={`${which}-title`}>{title}</h3>
      <p class="quiet" id={`${which}-note`}>
        {note}
      </p>
      <label class="choose">
        <input
          ref={input}
          id={which}
          type="file"
          multiple
          aria-describedby={`${which}-note`}
          onChange={(e) => {
            take([...(e.currentTarget.files ?? [])]);
            e.currentTarget.value = '';
          }}
        />
        <span>{t.choose}</span>
        <span class="hidden">{title}</span>
      </label>
      {files.length === 0 ? <p class="quiet">{t.none}</p> : null}
      <ul class="chosen">
        {files.map((file) => (
          <li key={`${file.name} ${file.size} ${file.lastModified}`}>
            <span class="file">{file.name}</span> <span class="quiet">{size(file)}</span>
            <button
              type="button"
              aria-label={t.remove(file.name)}
              onClick={() => change({ [which]: files.filter((other) => other !== file) })}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A profile is named by its country, where it is one's. */
function profileText(t: Texts, lang: Lang, name: string): string {
  if (/^[a-z]{2}$/.test(name)) return new Intl.DisplayNames(lang, { type: 'region' }).of(name.toUpperCase()) ?? name;
  return t.profiles[name] ?? name;
}

function Options({ t, lang, choice, change, profiles }: Shared & { profiles: readonly string[] }) {
  return (
    <p class="options">
      <label>
        {t.vehicle}{' '}
        <select value={choice.vehicle} onChange={(e) => change({ vehicle: e.currentTarget.value as Vehicle })}>
          {VEHICLES.map((name) => (
            <option key={name} value={name}>
              {t.vehicles[name]}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t.profile}{' '}
        <select value={choice.profile} onChange={(e) => change({ profile: e.currentTarget.value })}>
          {['auto', ...profiles, 'none'].map((name) => (
            <option key={name} value={name}>
              {profileText(t, lang, name)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <input
          type="checkbox"
          checked={choice.anonymous}
          onChange={(e) => change({ anonymous: e.currentTarget.checked })}
        />{' '}
        {t.anonymous}
      </label>
    </p>
  );
}

export function Start(
  props: Shared & {
    profiles: readonly string[];
    /** Why it cannot begin yet; empty: it can. */
    missing: string;
    take(files: File[]): void;
    analyze(): void;
    town(): void;
  },
) {
  const { t, take, analyze, town, missing } = props;
  return (
    <form
      class="start"
      onSubmit={(e) => {
        e.preventDefault();
        analyze();
      }}
    >
      <h2>{t.headline}</h2>
      <p class="promise">{t.promise}</p>
      <p class="try">
        <button type="button" class="town" onClick={town}>
          {t.town}
        </button>{' '}
        <span class="quiet">{t.townNote}</span>
      </p>
      <div class="both">
        <Files {...props} which="maps" title={t.map} note={t.mapNote} take={take} />
        <Files {...props} which="logs" title={t.logs} note={t.logsNote} take={take} />
      </div>
      <Options {...props} />
      <p>
        <button type="submit" class="analyze" aria-describedby="missing">
          {t.analyze}
        </button>{' '}
        <span id="missing" class="quiet" role="status">
          {missing}
        </span>
      </p>
    </form>
  );
}
