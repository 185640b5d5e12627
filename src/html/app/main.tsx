// SPDX-License-Identifier: MIT
// Opens the data that the page carries and shows it.
import { render } from 'preact';
import { unseal } from '../envelope.ts';
import { App } from './App.tsx';
import { en } from './i18n/en.ts';
import { Report } from './state/data.ts';

async function start(): Promise<void> {
  const root = document.getElementById('app') as HTMLElement;
  const text = document.getElementById('data')?.textContent ?? '';
  const host = document.getElementById('server')?.dataset;
  const server = host?.['url'] && host['token'] ? { url: host['url'], token: host['token'] } : undefined;
  try {
    const { data, columns } = await unseal(text.trim());
    render(<App report={new Report(data, columns)} server={server} />, root);
  } catch {
    root.textContent = en.broken;
  }
}

void start();
