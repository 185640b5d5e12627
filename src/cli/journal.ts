// SPDX-License-Identifier: MIT
// What `--resume` keeps beside the output: the outcome of each log as it comes, so that a run that was killed goes on. Each
// record is [length, CRC-32, index] in 32 bits and the serialized outcome; what a kill cut short is done again.
import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';
import { TomareError } from '../errors.ts';
import type { Outcome as Any, DriveWant } from './outcome.ts';

type Outcome = Any<DriveWant>;

/** What the outcomes depend on, part by part. */
export type RunIdentity = Readonly<Record<string, string>>;

const HEAD = 12;
const IDENTITY = 0xffffffff;

interface Place {
  at: number;
  length: number;
  failed: boolean;
}

function lockFile(path: string): string {
  return `${path}.lock`;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** One run at a time: the lock of a process that is no more is taken over. */
function lock(path: string): void {
  const file = lockFile(path);
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EEXIST') throw new TomareError('OUTPUT', `${file}: ${code}`);
    }
    const owner = Number(readFileSync(file, 'utf8'));
    if (owner > 0 && owner !== process.pid && isRunning(owner)) {
      throw new TomareError(
        'USAGE',
        `process ${owner} is at this output; wait for it, or delete ${file} if it is none of tomare`,
      );
    }
    rmSync(file, { force: true });
  }
  throw new TomareError('OUTPUT', `${file}: another run took it`);
}

export class Journal {
  readonly path: string;
  private readonly fd: number;
  private readonly places = new Map<number, Place>();
  private end = 0;

  /** Opens what an earlier run kept, or begins anew. @throws TomareError USAGE where that run was another one; OUTPUT */
  constructor(path: string, identity: RunIdentity) {
    this.path = path;
    lock(path);
    try {
      this.fd = openSync(path, 'a+');
      const before = this.scan();
      if (before === undefined) this.append(IDENTITY, Buffer.from(JSON.stringify(identity)));
      else this.compare(before, identity);
    } catch (error) {
      rmSync(lockFile(path), { force: true });
      throw error instanceof TomareError
        ? error
        : new TomareError('OUTPUT', `${path}: ${(error as NodeJS.ErrnoException).code}`);
    }
  }

  /** Logs whose outcome is there and no failure: those that failed are tried again. */
  has(index: number): boolean {
    return this.places.get(index)?.failed === false;
  }

  keep(index: number, outcome: Outcome): void {
    const bytes = serialize(outcome);
    const at = this.append(index, bytes);
    this.places.set(index, { at, length: bytes.length, failed: 'error' in outcome });
  }

  /** The outcome of a log that is kept. */
  outcome(index: number): Outcome {
    const place = this.places.get(index);
    if (place === undefined) throw new Error(`log ${index} is not kept`);
    return deserialize(this.read(place.at, place.length)) as Outcome;
  }

  /** Lets another run in; what is kept stays. */
  close(): void {
    closeSync(this.fd);
    rmSync(lockFile(this.path), { force: true });
  }

  /** The output is there: nothing needs to be kept. */
  remove(): void {
    rmSync(this.path, { force: true });
    this.close();
  }

  private read(at: number, length: number): Buffer {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(this.fd, bytes, 0, length, at));
  }

  private append(index: number, bytes: Buffer): number {
    const head = Buffer.alloc(HEAD);
    head.writeUInt32LE(bytes.length, 0);
    head.writeUInt32LE(crc32(bytes), 4);
    head.writeUInt32LE(index, 8);
    try {
      const record = Buffer.concat([head, bytes]);
      for (let done = 0; done < record.length; ) done += writeSync(this.fd, record, done);
      if (index === IDENTITY) fsyncSync(this.fd);
    } catch (error) {
      const full = (error as NodeJS.ErrnoException).code === 'ENOSPC';
      throw new TomareError(full ? 'OUTPUT_FULL' : 'OUTPUT', `${this.path}: what is done so far is kept`);
    }
    const at = this.end + HEAD;
    this.end = at + bytes.length;
    return at;
  }

  /** Finds all sound records, cuts off what follows them, and gives the identity; undefined where there is none. */
  private scan(): RunIdentity | undefined {
    let identity: RunIdentity | undefined;
    for (;;) {
      const head = this.read(this.end, HEAD);
      if (head.length < HEAD) break;
      const [length, sum, index] = [head.readUInt32LE(0), head.readUInt32LE(4), head.readUInt32LE(8)];
      const bytes = this.read(this.end + HEAD, length);
      if (length === 0 || bytes.length < length || crc32(bytes) !== sum) break; // zeros have the sum of nothing
      if (index === IDENTITY) identity = JSON.parse(bytes.toString('utf8')) as RunIdentity;
      else this.places.set(index, { at: this.end + HEAD, length, failed: 'error' in (deserialize(bytes) as Outcome) });
      this.end += HEAD + length;
    }
    ftruncateSync(this.fd, this.end);
    return identity;
  }

  private compare(before: RunIdentity, now: RunIdentity): void {
    const other = Object.keys(now).find((part) => before[part] !== now[part]);
    if (other === undefined) return;
    closeSync(this.fd);
    const what = `it was begun with other ${other}; run it with the same, or delete the file to begin anew`;
    throw new TomareError('USAGE', `${this.path}: ${what}`);
  }
}
