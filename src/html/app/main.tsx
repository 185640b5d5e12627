// SPDX-License-Identifier: MIT
// Opens the data that the page carries and shows it.
import { render } from 'preact';
import { unseal } from '../envelope.ts';
import type { Lang } from '../model.ts';
import { App } from './App.tsx';
import { en } from './i18n/en.ts';
import { Report } from './state/data.ts';

async function show(root: HTMLElement, sealed: string, lang?: Lang): Promise<void> {
  const host = document.getElementById('server')?.dataset;
  const server = host?.['url'] && host['token'] ? { url: host['url'], token: host['token'] } : undefined;
  try {
    const { data, columns } = await unseal(sealed);
    render(<App report={new Report({ ...data, lang: lang ?? data.lang }, columns)} server={server} />, root);
  } catch {
    root.textContent = en.broken;
  }
}

/** Without data of its own the page is that of src/web, which hands some over. */
function start(): void {
  const sealed = document.getElementById('data')?.textContent?.trim();
  if (sealed !== undefined) void show(document.getElementById('app') as HTMLElement, sealed);
  else Object.assign(globalThis, { tomareReport: { show, hide: (root: HTMLElement) => render(null, root) } });
}

start();
