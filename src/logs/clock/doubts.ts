// SPDX-License-Identifier: MIT
// Steps whose time only the clock tells: a receiver's silence, a step out of the log's rhythm, or one over rows that
// were left out for their times. If the car would be faster there than before and after, the clock may have been set
// back meanwhile; nobody can tell that from a burst of speed. Then there is a second reading of the times.
import { medianStep, metres, surelyWithin, type Track } from './track.ts';

/** Usual steps after which there was a silence; those of a log without a rhythm vary more. */
const SILENCE = 1.5;
const SILENCE_UNEVEN = 5;
/** Of a log with a rhythm, so many steps are the usual one, give or take a tenth; a shorter one is out of it. */
const RHYTHM = 0.8;
const SAME_STEP = 0.1;
const SHORT = 0.85;
/** What the car did around the step: as many seconds or steps, in means over as many seconds. */
const AROUND_MS = 30_000;
const AROUND_STEPS = 4;
const MEAN_MS = 5_000;
/** Faster than around it: by this share and as many metres, the errors of two positions. */
const FASTER = 1.1;
const ERROR_M = 15;
/** So many times as fast as all around it, and so far, it is a burst in any rhythm. */
const BURST = 2.5;
const BURST_M = 60;
/** A way is longer than its straight line. */
const BENDS = 1.3;
/** A car that stood before and after drove between. */
const LEAST_MPS = 5;

export interface Doubts {
  /** The times if the car was no faster in these steps than around them. */
  times: Float64Array;
  /** The fixes that end these steps. */
  at: number[];
}

/** Whether most steps are the usual one, of a thousand spread over the log. */
function hasRhythm({ time }: Track, usual: number): boolean {
  const stride = Math.max(1, Math.floor(time.length / 1000));
  let [same, all] = [0, 0];
  for (let i = 1; i < time.length; i += stride) {
    all++;
    const step = (time[i] as number) - (time[i - 1] as number);
    if (Math.abs(step - usual) <= SAME_STEP * usual) same++;
  }
  return same >= RHYTHM * all;
}

/** The fastest mean, m/s, of the steps before fix `from` or after it; steps whose time is in doubt are none. */
function fastest(track: Track, from: number, by: 1 | -1, { usual, isOdd }: Steps): number {
  const { time } = track;
  let [most, way, span, gone] = [0, 0, 0, 0];
  const end = Math.max(AROUND_MS, AROUND_STEPS * usual);
  for (let i = from; i + by >= 0 && i + by < time.length && gone < end; i += by) {
    const step = Math.abs((time[i + by] as number) - (time[i] as number));
    gone += step;
    if (isOdd(by > 0 ? i + 1 : i)) {
      way = span = 0;
      continue;
    }
    way += metres(track, i, i + by);
    span += step;
    if (span < MEAN_MS) continue;
    most = Math.max(most, (way * 1000) / span);
    way = span = 0;
  }
  return most;
}

/** How a log tells time: its usual step, and the steps that are out of the ordinary. */
class Steps {
  readonly usual: number;
  private readonly track: Track;
  private readonly joins: Float32Array | undefined;
  private readonly short: number;
  private readonly long: number;

  constructor(track: Track, joins: Float32Array | undefined) {
    this.track = track;
    this.joins = joins;
    this.usual = medianStep(track);
    const rhythm = hasRhythm(track, this.usual);
    this.short = rhythm ? SHORT * this.usual : 0;
    this.long = (rhythm ? SILENCE : SILENCE_UNEVEN) * this.usual;
  }

  /** Milliseconds of the step that ends at fix `i`. */
  of(i: number): number {
    return (this.track.time[i] as number) - (this.track.time[i - 1] as number);
  }

  /** Milliseconds that the rows take which were left out in it. */
  leftOut(i: number): number {
    return (this.joins?.[i] ?? 0) * this.usual;
  }

  isOdd = (i: number): boolean => {
    const step = this.of(i);
    return step > this.long || step < this.short || this.leftOut(i) > 0;
  };

  /** A burst of speed as no car has it; positions that jump and come back are none. */
  isBurst(i: number): boolean {
    const { track } = this;
    if (surelyWithin(track, i - 1, i, BURST_M)) return false;
    const step = this.of(i);
    const way = metres(track, i - 1, i);
    const faster = (k: number) =>
      k < 1 || k >= track.time.length || way * this.of(k) > BURST * metres(track, k - 1, k) * step;
    return way > BURST_M && faster(i - 1) && faster(i + 1);
  }
}

/** `joins`: rows before each fix that were left out for their times. Undefined: the times are those of one clock. */
export function doubtsOf(track: Track, joins?: Float32Array): Doubts | undefined {
  const steps = new Steps(track, joins);
  const at: number[] = [];
  const late: number[] = [];
  for (let i = 1; i < track.time.length; i++) {
    const odd = steps.isOdd(i);
    if (!odd && !steps.isBurst(i)) continue;
    const [step, leftOut, way] = [steps.of(i), steps.leftOut(i), metres(track, i - 1, i)];
    if (leftOut === 0 && way * 1000 < LEAST_MPS * step) continue;
    const before = fastest(track, i - 1, -1, steps);
    const around = Math.max(LEAST_MPS, before, fastest(track, i, 1, steps));
    const allowed = ((odd ? FASTER : BURST) * around * step) / 1000 + ERROR_M;
    if (leftOut === 0 && way < allowed) continue;
    at.push(i);
    late.push(Math.max(leftOut, (BENDS * way * 1000) / around - step));
  }
  return at.length === 0 ? undefined : { times: moved(track.time, at, late), at };
}

/** Times that are so much later from each of these fixes on. */
function moved(time: Float64Array, at: readonly number[], late: readonly number[]): Float64Array {
  let [next, shift] = [0, 0];
  return laterBy(time, (i) => {
    if (at[next] === i) shift += Math.round(late[next++] as number);
    return shift;
  });
}

/** Times that are later by so much each. */
export const laterBy = (time: Float64Array, late: (i: number) => number): Float64Array =>
  time.map((ms, i) => ms + late(i));
