// SPDX-License-Identifier: MIT
// The whole page: where the reader is, language, theme, decisions.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { inForce } from '../../decisions/in_force.ts';
import type { Decision, Lang } from '../model.ts';
import { DriveView } from './DriveView.tsx';
import { decisionOf, fetched, type ReviewServer, save, send } from './decisions.ts';
import { Inbox } from './Inbox.tsx';
import { en } from './i18n/en.ts';
import { ja } from './i18n/ja.ts';
import { Overview } from './Overview.tsx';
import { usePrinting } from './printing.ts';
import type { Report } from './state/data.ts';
import { formatsOf } from './state/format.ts';
import { firstTheme, remembered } from './state/remembered.ts';
import { hashOf, parseRoute, type Route, type Theme, type Ui, UiContext } from './state/ui.ts';

/** With a server: what it keeps, asked for again whenever the reader comes back, and what it has not answered for yet. */
function useDecisions(report: Report, server: ReviewServer | undefined) {
  const [own, setOwn] = useState<Decision[]>([]);
  const [kept, setKept] = useState<Decision[]>(report.data.decisions);
  const [author, setAuthor] = useState(remembered('author') ?? '');
  const [failed, setFailed] = useState('');
  const decisions = useMemo(() => inForce([...kept, ...own]), [kept, own]);
  const pending = useRef<Decision[]>([]);
  const exchange = async (to: ReviewServer) => {
    try {
      for (let next = pending.current[0]; next; next = pending.current[0]) {
        await send(to, next);
        pending.current.shift();
      }
      setKept(await fetched(to));
      setOwn([...pending.current]);
      setFailed('');
    } catch (error) {
      setFailed((error as Error).message);
    }
  };
  useEffect(() => {
    if (!server) return;
    const again = () => void exchange(server);
    again();
    addEventListener('focus', again);
    const timer = setInterval(again, 5_000);
    return () => {
      removeEventListener('focus', again);
      clearInterval(timer);
    };
  }, [server]);
  const decide: Ui['decide'] = (finding, drive, action, more) => {
    const decision = decisionOf(finding, drive, author, action, more);
    setOwn((list) => [...list, decision]);
    if (!server) return;
    pending.current.push(decision);
    void exchange(server);
  };
  const rename = (name: string) => {
    setAuthor(name);
    remembered('author', name);
  };
  return { own, author, rename, decisions, decide, failed };
}

export function App({ report, server }: { report: Report; server: ReviewServer | undefined }) {
  const { data } = report;
  const [lang, setLang] = useState<Lang>(data.lang);
  const [chosen, setTheme] = useState<Theme>(firstTheme);
  const { printing, print } = usePrinting();
  const theme = printing ? 'light' : chosen;
  const [route, setRoute] = useState<Route>(parseRoute(location.hash, data.drives.length));
  const { own, author, rename, decisions, decide, failed } = useDecisions(report, server);
  const t = lang === 'ja' ? ja : en;
  const f = useMemo(() => formatsOf(lang, data.anonymous), [lang]);
  const go = (next: Route) => {
    history.replaceState(null, '', hashOf(next));
    if (next.view !== route.view) scrollTo(0, 0);
    setRoute(next);
  };
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
    document.documentElement.lang = lang;
    document.title = t.title;
  }, [theme, lang]);
  useEffect(() => {
    const changed = () => setRoute(parseRoute(location.hash, data.drives.length));
    const back = (e: KeyboardEvent) => {
      if (e.key === 'Escape' && route.view === 'drive') {
        go(route.finding >= 0 ? { ...route, finding: -1 } : data.drives.length > 1 ? { view: 'inbox' } : route);
      }
    };
    addEventListener('hashchange', changed);
    addEventListener('keydown', back);
    return () => {
      removeEventListener('hashchange', changed);
      removeEventListener('keydown', back);
    };
  });
  const flip = () => {
    const next = theme === 'dark' ? 'light' : 'dark';
    setTheme(next);
    remembered('theme', next);
  };
  const tab = (view: 'overview' | 'inbox', text: string) => (
    <button type="button" aria-current={route.view === view ? 'page' : undefined} onClick={() => go({ view })}>
      {text}
    </button>
  );
  return (
    <UiContext.Provider value={{ report, t, f, lang, theme, printing, route, go, author, rename, decisions, decide }}>
      <header class="top">
        <h1>
          Tomare <span lang="ja">止まれ</span>
        </h1>
        {data.drives.length > 1 ? (
          <nav aria-label={t.title}>
            {tab('overview', t.overview)}
            {tab('inbox', t.inbox)}
            <label>
              <span class="hidden">{t.drive}</span>
              <select
                aria-label={t.drive}
                value={route.view === 'drive' ? route.drive : ''}
                onChange={(e) => go({ view: 'drive', drive: Number(e.currentTarget.value), finding: -1 })}
              >
                <option value="" disabled>
                  {t.drive}
                </option>
                {data.drives.map((d, i) => (
                  <option key={d.id} value={i}>
                    {d.id}
                  </option>
                ))}
              </select>
            </label>
          </nav>
        ) : null}
        <div class="tools">
          {!server && own.length > 0 ? (
            <button
              type="button"
              class="save"
              onClick={() => save([...data.decisions, ...own])}
              title={t.saved(own.length)}
            >
              {t.save} ({own.length})
            </button>
          ) : null}
          <button type="button" lang={lang === 'ja' ? 'en' : 'ja'} onClick={() => setLang(lang === 'ja' ? 'en' : 'ja')}>
            {t.language}
          </button>
          <button type="button" onClick={flip} aria-label={t.theme} title={t.theme}>
            ◐
          </button>
          <button type="button" onClick={print}>
            {t.print}
          </button>
        </div>
      </header>
      {failed ? (
        <p class="failed" role="alert">
          {failed}
        </p>
      ) : null}
      {data.anonymous ? <p class="quiet note">{t.anonymous}</p> : null}
      {route.view === 'drive' ? (
        <DriveView key={route.drive} index={route.drive} chosen={route.finding} />
      ) : route.view === 'inbox' ? (
        <Inbox />
      ) : (
        <Overview />
      )}
      <footer class="quiet">{t.made(data.version, data.map, data.map_time)}</footer>
    </UiContext.Provider>
  );
}
