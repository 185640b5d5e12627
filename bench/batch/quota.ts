// SPDX-License-Identifier: MIT
// A share of CPU and a limit of memory for a process, as Lambda gives them: control groups of Linux (version 1), for which
// one must be root. The group has such a weight that other work on the machine hardly counts.
import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = '/sys/fs/cgroup';
/** Lambda's scheduler period, and the memory with which a function has one CPU. */
const PERIOD_US = 20_000;
const MIB_OF_A_CPU = 1_769;
const WEIGHT = 262_144;

/**
 * Gives this process such a weight, and those that it starts from then on. Returns what takes it away again; undefined
 * where the machine does not let it.
 */
export function favoured(): (() => void) | undefined {
  const folder = join(ROOT, 'cpu', `tomare-favoured-${process.pid}`);
  try {
    mkdirSync(folder);
    writeFileSync(join(folder, 'cpu.shares'), String(WEIGHT));
    writeFileSync(join(folder, 'cgroup.procs'), String(process.pid));
  } catch {
    return undefined;
  }
  return () => {
    const members = readFileSync(join(folder, 'cgroup.procs'), 'utf8').trim().split('\n');
    for (const pid of members) writeFileSync(join(ROOT, 'cpu', 'cgroup.procs'), pid);
    rmdirSync(folder);
  };
}

/** CPUs of a function with so much memory. */
export const sharesOf = (mib: number): number => mib / MIB_OF_A_CPU;

export class Quota {
  private readonly name = `tomare-${process.pid}-${Math.random().toString(36).slice(2)}`;
  private readonly cpu = join(ROOT, 'cpu', this.name);
  private readonly memory = join(ROOT, 'memory', this.name);

  /** @throws Error where the groups cannot be made */
  constructor(mib: number) {
    for (const folder of [this.cpu, this.memory]) mkdirSync(folder);
    writeFileSync(join(this.cpu, 'cpu.cfs_period_us'), String(PERIOD_US));
    writeFileSync(join(this.cpu, 'cpu.cfs_quota_us'), String(Math.round(PERIOD_US * sharesOf(mib))));
    writeFileSync(join(this.cpu, 'cpu.shares'), String(WEIGHT));
    writeFileSync(join(this.memory, 'memory.limit_in_bytes'), String(mib * 2 ** 20));
  }

  /** A command that runs another within the group. */
  within(command: readonly string[]): string[] {
    const enter = [this.cpu, this.memory].map((folder) => `echo $$ > ${folder}/cgroup.procs`).join(' && ');
    return ['sh', '-c', `${enter} && exec "$@"`, 'sh', ...command];
  }

  /** MiB at most, pages of files too. */
  peakMib(): number {
    return Number(readFileSync(join(this.memory, 'memory.max_usage_in_bytes'), 'utf8')) / 2 ** 20;
  }

  /** When its processes have ended. */
  remove(): void {
    for (const folder of [this.cpu, this.memory]) rmdirSync(folder);
  }
}
