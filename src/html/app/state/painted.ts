// SPDX-License-Identifier: MIT
// What may wait until the page's first picture is on the screen.
import { useEffect, useState } from 'preact/hooks';

/** Runs something after the next picture: an effect alone may run before it where the machine is slow. */
export function afterPaint(run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(run);
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

/** False in a component's first picture, true from then on. */
export function usePainted(): boolean {
  const [painted, setPainted] = useState(false);
  useEffect(() => afterPaint(() => setPainted(true)), []);
  return painted;
}
