// SPDX-License-Identifier: MIT
// While the page is printed, everything is open and light: by the button, and by the browser's own command.
import { useEffect, useState } from 'preact/hooks';

/** Frames that maps and curves need to be drawn. */
const FRAMES = 6;

const frames = (n: number): Promise<void> =>
  n === 0
    ? Promise.resolve()
    : new Promise<void>((done) => requestAnimationFrame(() => done())).then(() => frames(n - 1));

export function usePrinting(): { printing: boolean; print(): void } {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const [begin, end] = [() => setPrinting(true), () => setPrinting(false)];
    addEventListener('beforeprint', begin);
    addEventListener('afterprint', end);
    return () => {
      removeEventListener('beforeprint', begin);
      removeEventListener('afterprint', end);
    };
  }, []);
  const print = () => {
    setPrinting(true);
    void frames(FRAMES).then(() => globalThis.print());
  };
  return { printing, print };
}
