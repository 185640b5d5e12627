// SPDX-License-Identifier: MIT
// Accounts for every log: one result that equals the command line's byte for byte, or one dead letter with
// its reason and a failure object; and nothing else.
import { execFileSync, type StdioOptions } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Message } from '@aws-sdk/client-sqs';
import { logId } from '../../src/logs/ids.ts';
import type { Stack } from '../../tools/local/stack.ts';
import type { TestLog } from './logs.ts';

const root = join(import.meta.dirname, '..', '..');

/** Lines that `tomare analyze` prints, by drive. */
export function commandLine(folder: string, map: string, logs: readonly TestLog[]): Map<string, string> {
  const lines = new Map<string, string>();
  for (const full of [false, true]) {
    const files = logs.filter((log) => log.reason === undefined && log.full === full);
    if (files.length === 0) continue;
    const to = join(folder, full ? 'full' : 'plain');
    mkdirSync(to, { recursive: true });
    for (const log of files) writeFileSync(join(to, basename(log.key)), log.bytes as Buffer);
    const options = ['--map', map, '--format', 'ndjson', ...(full ? ['--route', '--all'] : [])];
    const command = ['--disable-warning=ExperimentalWarning', 'src/cli/main.ts', 'analyze', ...options, to];
    // how each log was read is said on standard error, which nobody looks at here
    const stdio: StdioOptions = ['ignore', 'pipe', 'ignore'];
    const text = execFileSync(process.execPath, command, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28, stdio });
    for (const line of text.split('\n').filter((l) => l !== '')) lines.set(JSON.parse(line).drive.id, `${line}\n`);
  }
  return lines;
}

export interface Account {
  results: number;
  letters: number;
  wrong: string[];
}

function checkLetters(logs: readonly TestLog[], letters: readonly Message[], once: boolean, wrong: string[]): void {
  const reasons = new Map<string, string[]>();
  for (const { Body = '', MessageAttributes } of letters) {
    const key = String(JSON.parse(Body).key);
    reasons.set(key, [...(reasons.get(key) ?? []), MessageAttributes?.['reason']?.StringValue ?? 'none']);
  }
  for (const { key, reason } of logs) {
    const got = reasons.get(key) ?? [];
    const kinds = once ? got : [...new Set(got)];
    if (kinds.join() !== (reason ?? '')) wrong.push(`${key}: dead letters [${got}], expected [${reason ?? ''}]`);
    reasons.delete(key);
  }
  for (const key of reasons.keys()) wrong.push(`${key}: a dead letter of no log`);
}

const sourceOf = (text: string | undefined) => (text === undefined ? undefined : JSON.parse(text).drive.source);
/** The function says which object a result is of, and its generation; the command line reads files. */
export function withoutSource(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const result = JSON.parse(text);
  result.drive.source = null;
  result.drive.id = logId(result.drive.id);
  delete result.engine.generation;
  return `${JSON.stringify(result)}\n`;
}

/** `once`: also that no dead letter came twice; `packed`: results of a batch in one object, of which a repeated message has two equal ones. */
export async function account(
  stack: Stack,
  logs: readonly TestLog[],
  expected: ReadonlyMap<string, string>,
  once: boolean,
  packed = false,
): Promise<Account> {
  const wrong: string[] = [];
  const outputs = await stack.outputs();
  const byDrive = new Map<string, string[]>();
  const failures = new Map<string, string[]>();
  for (const [key, text] of outputs) {
    if (packed && /^results\/date=\d{4}-\d\d-\d\d\/generation=[0-9a-f]{16}\/[0-9a-f]{40}\.ndjson(\.gz)?$/.test(key)) {
      for (const line of text.split(/(?<=\n)/)) {
        const { id } = JSON.parse(line).drive;
        byDrive.set(id, [...new Set([...(byDrive.get(id) ?? []), line])]);
      }
      continue;
    }
    const value = JSON.parse(text);
    if (/^generations\/[0-9a-f]{16}\.ndjson$/.test(key)) continue;
    if (/^results\/date=\d{4}-\d\d-\d\d\/generation=[0-9a-f]{16}\/[0-9a-f]{40}\.ndjson$/.test(key)) {
      byDrive.set(value.drive.id, [...(byDrive.get(value.drive.id) ?? []), text]);
    } else if (/^failures\/[0-9a-f]{40}\.ndjson$/.test(key)) {
      failures.set(value.log.key, [...(failures.get(value.log.key) ?? []), value.error.name]);
    } else {
      wrong.push(`${key}: an object that nobody asked for`);
    }
  }
  for (const { key, reason } of logs) {
    const results = byDrive.get(key) ?? [];
    if (reason === undefined && results.length !== 1) wrong.push(`${key}: ${results.length} results`);
    const named = sourceOf(results[0])?.key;
    if (reason === undefined && named !== key) wrong.push(`${key}: its result names ${named}`);
    if (reason === undefined && withoutSource(results[0]) !== expected.get(logId(key))) {
      wrong.push(`${key}: its result is not the command line's`);
    }
    if (reason !== undefined && results.length > 0) wrong.push(`${key}: has a result`);
    const failed = (failures.get(key) ?? []).join();
    if (failed !== (reason ?? '')) wrong.push(`${key}: failure objects [${failed}], expected [${reason ?? ''}]`);
  }
  const letters = await stack.deadLetters();
  checkLetters(logs, letters, once, wrong);
  return { results: byDrive.size, letters: letters.length, wrong };
}
