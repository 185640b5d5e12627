// SPDX-License-Identifier: MIT
// The page: from files to the report. The report's own script shows it (src/html/app) and goes into the file that is saved.
import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { firstTheme, remembered } from '../html/app/state/remembered.ts';
import type { Lang } from '../html/model.ts';
import { type Engine, startEngine } from './engine.ts';
import { kindOf } from './files.ts';
import type { Done, Failure, Job, Told } from './messages.ts';
import { reportPage } from './page.ts';
import { Failures, type Progress, Running } from './Running.tsx';
import { type Choice, Start } from './Start.tsx';
import { TEXTS } from './texts.ts';

const element = (id: string) => document.getElementById(id) as HTMLElement;
const EMPTY: Choice = { maps: [], logs: [], vehicle: 'car', profile: 'auto', anonymous: false };
const BEGUN: Progress = { kind: 'progress', stage: 'map', done: 0, total: 1, file: '' };

function save(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** The worker, begun anew after a stop; `told` is what it told last. */
function useEngine() {
  const engine = useRef<Promise<Engine> | undefined>(undefined);
  const [profiles, setProfiles] = useState<string[]>([]);
  const [version, setVersion] = useState('');
  const [told, setTold] = useState<Told>();
  const [broken, setBroken] = useState('');
  const start = () => {
    engine.current = startEngine((message) => {
      if (message.kind === 'ready') {
        setProfiles(message.profiles);
        setVersion(message.version);
      } else setTold(message);
    }, setBroken);
  };
  useEffect(start, []);
  const run = (job: Job) => {
    setTold(BEGUN);
    void engine.current?.then((on) => on.run(job));
  };
  const stop = () => {
    void engine.current?.then((on) => on.stop());
    setTold(undefined);
    history.replaceState(null, '', location.pathname); // the report has its views there
    start();
  };
  return { profiles, version, told, broken, run, stop };
}

/** Files that are dropped anywhere. */
function useDrop(take: (files: File[]) => void): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const drag = (e: DragEvent) => {
      e.preventDefault();
      setOver(e.type === 'dragover');
      if (e.type === 'drop') take([...(e.dataTransfer?.files ?? [])]);
    };
    for (const name of ['dragover', 'dragleave', 'drop'] as const) addEventListener(name, drag);
    return () => {
      for (const name of ['dragover', 'dragleave', 'drop'] as const) removeEventListener(name, drag);
    };
  });
  return over;
}

function Finished({ done, lang, again }: { done: Done; lang: Lang; again(): void }) {
  const t = TEXTS[lang];
  const { map } = done;
  return (
    <nav class="top finished" aria-label={t.again}>
      <button type="button" onClick={again}>
        ← {t.again}
      </button>
      <div class="tools">
        <button type="button" onClick={() => save(reportPage(done.sealed, lang), 'report.html')}>
          {t.savePage}
        </button>
        <button type="button" onClick={() => save(done.results, 'results.ndjson')}>
          {t.saveResults}
        </button>
        {map ? (
          <button type="button" onClick={() => save(map, map.name)}>
            {t.saveMap}
          </button>
        ) : null}
      </div>
    </nav>
  );
}

function Bar({ lang, setLang }: { lang: Lang; setLang(lang: Lang): void }) {
  const t = TEXTS[lang];
  const other = lang === 'ja' ? 'en' : 'ja';
  const flip = () => {
    const { dataset } = document.documentElement;
    dataset['theme'] = dataset['theme'] === 'dark' ? 'light' : 'dark';
    remembered('theme', dataset['theme']);
  };
  return (
    <header class="top">
      <h1>
        Tomare <span lang="ja">止まれ</span>
      </h1>
      <div class="tools">
        <button type="button" lang={other} onClick={() => setLang(other)}>
          {t.language}
        </button>
        <button type="button" aria-label={t.theme} title={t.theme} onClick={flip}>
          ◐
        </button>
      </div>
    </header>
  );
}

function Page() {
  const [lang, setLang] = useState<Lang>(navigator.language.startsWith('ja') ? 'ja' : 'en');
  const [choice, setChoice] = useState<Choice>(EMPTY);
  const [asked, setAsked] = useState(false);
  const { profiles, version, told, broken, run, stop } = useEngine();
  const t = TEXTS[lang];
  const done = told?.kind === 'done' && told.sealed !== '' ? told : undefined;
  const change = (part: Partial<Choice>) => setChoice((old) => ({ ...old, ...part }));
  const take = (files: File[]) => {
    void Promise.all(files.map(kindOf)).then((kinds) => {
      const of = (log: boolean) => files.filter((_, i) => (kinds[i] === 'log') === log);
      setChoice((old) => ({ ...old, maps: [...old.maps, ...of(false)], logs: [...old.logs, ...of(true)] }));
    });
  };
  const over = useDrop(take);
  useEffect(() => {
    document.documentElement.lang = lang;
    document.title = t.title;
  }, [lang]);
  useEffect(() => {
    // the report has its own choice of language
    const observer = new MutationObserver(() => setLang(document.documentElement.lang === 'ja' ? 'ja' : 'en'));
    observer.observe(document.documentElement, { attributeFilter: ['lang'] });
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (done) window.tomareReport?.show(element('app'), done.sealed, lang);
    else window.tomareReport?.hide(element('app'));
  }, [done]);
  const missing = choice.maps.length === 0 ? t.needMap : choice.logs.length === 0 ? t.needLogs : '';
  const analyze = () => {
    setAsked(true);
    if (missing === '') run({ ...choice, lang });
  };
  const failures: readonly Failure[] = told?.kind === 'failed' || told?.kind === 'done' ? told.failures : [];
  if (done) {
    return (
      <>
        <Finished done={done} lang={lang} again={stop} />
        {failures.length > 0 ? (
          <aside class="beside">
            <Failures t={t} failures={failures} />
          </aside>
        ) : null}
      </>
    );
  }
  return (
    <>
      <Bar lang={lang} setLang={setLang} />
      <main class={over ? 'web over' : 'web'}>
        {broken ? (
          <p role="alert" class="failed">
            {t.engine} <span lang="en">{broken}</span>
          </p>
        ) : null}
        <Failures t={t} failures={failures} />
        {told?.kind === 'progress' ? (
          <Running t={t} progress={told} cancel={stop} />
        ) : (
          <Start
            t={t}
            lang={lang}
            choice={choice}
            change={change}
            profiles={profiles}
            missing={asked ? missing : ''}
            take={take}
            analyze={analyze}
            town={() => run({ ...choice, maps: [], logs: [], lang })}
          />
        )}
      </main>
      <footer class="quiet">{t.footer(version)}</footer>
    </>
  );
}

document.documentElement.dataset['theme'] = firstTheme();
render(<Page />, element('web'));
