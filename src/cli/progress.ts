// SPDX-License-Identifier: MIT
// A progress bar on a terminal, nothing in a pipe. Lines that are said meanwhile take the bar's place, and it comes again below.
import { SingleBar } from 'cli-progress';

let drawn = false;

/** Writes a line to standard error, above the bar where one is drawn. */
export function say(line: string): void {
  process.stderr.write(`${drawn ? '\r\u001b[K' : ''}${line}\n`);
}

/** True while a bar is drawn. */
export const isDrawn = (): boolean => drawn;

export interface BarOptions {
  /** A second figure beside the bar, such as findings. */
  counted?: string;
  /** False where the output itself goes to the terminal meanwhile. Default true. */
  wanted?: boolean;
}

function startedBar(total: number, unit: string, counted: string): SingleBar {
  const parts = ['{bar} {percentage} %', `{value}/{total} ${unit}`, `{rate} ${unit}/s`, '{left}'];
  if (counted !== '') parts.splice(2, 0, `{count} ${counted}`);
  const bar = new SingleBar({
    format: parts.join(' | '),
    stream: process.stderr,
    clearOnComplete: true,
    forceRedraw: true,
  });
  bar.start(total, 0, { count: 0, rate: '-', left: '' });
  return bar;
}

/** "2:05 left", by the rate so far. */
function timeLeft(rest: number, rate: number): string {
  if (rate === 0) return '';
  const seconds = Math.ceil(rest / rate);
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)} left`;
}

export function progressBar(total: number, unit: string, { counted = '', wanted = true }: BarOptions = {}) {
  const begin = performance.now();
  const bar = wanted && process.stderr.isTTY === true && total > 1 ? startedBar(total, unit, counted) : undefined;
  drawn = bar !== undefined;
  let done = 0;
  let count = 0;
  const show = () => {
    const rate = done / Math.max(0.001, (performance.now() - begin) / 1000);
    bar?.update(done, {
      count,
      rate: rate < 10 ? rate.toFixed(1) : Math.round(rate),
      left: timeLeft(total - done, rate),
    });
  };
  return {
    /** One more, with so many more of what is counted. */
    step(counts = 0) {
      done++;
      count += counts;
      show();
    },
    set(value: number) {
      done = value;
      show();
    },
    stop() {
      bar?.stop();
      drawn = false;
    },
  };
}
