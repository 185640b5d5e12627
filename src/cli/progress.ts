// SPDX-License-Identifier: MIT
// A progress bar on a terminal, nothing in a pipe.
import { SingleBar } from 'cli-progress';

export function progressBar(total: number, unit: string) {
  const visible = process.stderr.isTTY === true && total > 1;
  const bar = visible
    ? new SingleBar({
        format: `{bar} {percentage} % | {value}/{total} ${unit} | {eta_formatted} left`,
        stream: process.stderr,
        clearOnComplete: true,
      })
    : undefined;
  bar?.start(total, 0);
  return {
    step: () => bar?.increment(),
    set: (done: number) => bar?.update(done),
    stop: () => bar?.stop(),
  };
}
