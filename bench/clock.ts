// SPDX-License-Identifier: MIT
// CPU time of this thread in nanoseconds: Node's own process.threadCpuUsage ticks in milliseconds here.
import koffi from 'koffi';

const CLOCK_THREAD_CPUTIME_ID = 3;
const clockGetTime = koffi.load('libc.so.6').func('int clock_gettime(int clock, _Out_ int64_t *time)');
const time = new BigInt64Array(2);

export function threadCpuMs(): number {
  clockGetTime(CLOCK_THREAD_CPUTIME_ID, time);
  return Number(time[0]) * 1e3 + Number(time[1]) / 1e6;
}
