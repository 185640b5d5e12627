// SPDX-License-Identifier: MIT
import { appendFileSync, existsSync, mkdtempSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { Journal } from './journal.ts';
import type { Outcome } from './outcome.ts';

const RUN = { release: '1', map: 'm', logs: 'l' };
/** Stands for a result: a journal keeps any value that can be cloned. */
const outcome = (n: number) => ({ result: { n, speeds: new Float64Array([n, Number.NaN]) } }) as unknown as Outcome;

describe('the journal of --resume', () => {
  let path = '';
  beforeEach(() => {
    path = join(mkdtempSync(join(tmpdir(), 'tomare-journal-')), 'out.resume');
  });

  /** Keeps outcomes of these logs and is closed, as by a process that ends. */
  function kept(...indices: number[]): void {
    const journal = new Journal(path, RUN);
    for (const index of indices) journal.keep(index, outcome(index));
    journal.close();
  }

  it('gives back what was kept, in any order, typed arrays too', () => {
    kept(2, 0);
    const journal = new Journal(path, RUN);
    expect([0, 1, 2].map((index) => journal.has(index))).toEqual([true, false, true]);
    expect(journal.outcome(2)).toEqual(outcome(2));
    journal.keep(1, outcome(1));
    expect(journal.outcome(1)).toEqual(outcome(1));
    journal.remove();
    expect([existsSync(path), existsSync(`${path}.lock`)]).toEqual([false, false]);
  });

  it('wherever the last record is cut, the ones before it stay and it is done again', () => {
    kept(0, 1);
    const { size } = statSync(path);
    kept(2);
    const whole = readFileSync(path);
    for (let cut = size; cut < whole.length; cut++) {
      writeFileSync(path, whole.subarray(0, cut));
      const journal = new Journal(path, RUN);
      expect([0, 1, 2].map((index) => journal.has(index))).toEqual([true, true, false]);
      journal.keep(2, outcome(2));
      journal.close();
      expect(readFileSync(path).equals(whole), `cut at ${cut}`).toBe(true);
    }
  });

  it('a record that a power cut left as zeros is none', () => {
    kept(0);
    appendFileSync(path, Buffer.alloc(100));
    const journal = new Journal(path, RUN);
    expect([journal.has(0), journal.outcome(0)]).toEqual([true, outcome(0)]);
    journal.close();
  });

  it('a file cut inside its first record begins anew', () => {
    kept(0);
    truncateSync(path, 5);
    const journal = new Journal(path, RUN);
    expect(journal.has(0)).toBe(false);
    journal.close();
  });

  it('logs that failed are tried again', () => {
    const journal = new Journal(path, RUN);
    journal.keep(0, { error: 'a.csv: gone' });
    expect(journal.has(0)).toBe(false);
    journal.keep(0, outcome(0));
    expect([journal.has(0), journal.outcome(0)]).toEqual([true, outcome(0)]);
    journal.close();
  });

  it('another run is refused, and what differs is named', () => {
    kept(0);
    expect(() => new Journal(path, { ...RUN, map: 'other' })).toThrow(/out\.resume: it was begun with other map;/);
    kept(1); // the refusal has left no lock
  });

  it('one process at a time; the lock of one that is no more is taken over', () => {
    kept(0);
    writeFileSync(`${path}.lock`, String(process.ppid));
    expect(() => new Journal(path, RUN)).toThrow(new RegExp(`process ${process.ppid} is at this output`));
    writeFileSync(`${path}.lock`, '4194304'); // beyond the largest number of a process
    kept(1);
    expect(existsSync(`${path}.lock`)).toBe(false);
  });
});
