// SPDX-License-Identifier: MIT
// What is under way, and what went wrong.
import type { Failure, Told } from './messages.ts';
import type { Texts } from './texts.ts';

export type Progress = Extract<Told, { kind: 'progress' }>;

export function Running({ t, progress, cancel }: { t: Texts; progress: Progress; cancel(): void }) {
  const { stage, done, total, file } = progress;
  const text = t.progress[stage] ?? '';
  return (
    <section class="running">
      <p>
        <b>{text}</b> <span class="quiet">{file}</span>{' '}
        {stage === 'logs' ? <span class="quiet">{t.of(done, total)}</span> : null}
      </p>
      <progress max={Math.max(1, total)} value={done} aria-label={text} />
      <p>
        <button type="button" onClick={cancel}>
          {t.cancel}
        </button>
      </p>
    </section>
  );
}

export function Failures({ t, failures }: { t: Texts; failures: readonly Failure[] }) {
  if (failures.length === 0) return null;
  return (
    <section class="failures" role="alert">
      <h2>{t.failed(failures.length)}</h2>
      <ul>
        {failures.map((f, i) => (
          <li key={`${i} ${f.file}`}>
            <b class="file">{f.file}</b>
            <p lang="en">{f.message}</p>
            <p class="quiet">
              {f.code > 0 ? `${t.error(f.name, f.code)}. ` : ''}
              {t.advice[f.about]}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
