// SPDX-License-Identifier: MIT
// Starts the worker from the page's own text, and brings what it tells.
import type { Job, Told } from './messages.ts';

/** The text of an element that tools/web.ts has deflated. */
async function inflatedText(id: string): Promise<string> {
  const packed = document.getElementById(id)?.textContent?.trim() ?? '';
  const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))).text();
}

/** An engine that is on; `stop` ends it at once, whatever it does. */
export interface Engine {
  run(job: Job): void;
  stop(): void;
}

/** `broken`: it did not start, or died. */
export async function startEngine(told: (told: Told) => void, broken: (why: string) => void): Promise<Engine> {
  const url = URL.createObjectURL(new Blob([await inflatedText('worker')], { type: 'text/javascript' }));
  const worker = new Worker(url);
  worker.onmessage = ({ data }: MessageEvent<Told>) => told(data);
  worker.onerror = (event) => broken(event.message);
  return { run: (job) => worker.postMessage(job), stop: () => worker.terminate() };
}
