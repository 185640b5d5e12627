// SPDX-License-Identifier: MIT
// The real drives of bench/real on this page: what their commands print at the end.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../natives.ts';

const SHOWN: readonly (readonly [name: string, title: string, lines: RegExp])[] = [
  ['porto', 'Porto, 280 taxi trips', /^/],
  ['curitiba', 'Curitiba, 5 trips', /^(matched|speeding)/],
  ['kubicka', 'Kubička, 50 tracks', /^(\d+ s:|.*accused)/],
];

function printed(name: string): Promise<string[]> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [join(ROOT, 'bench', 'real', `${name}.ts`)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    child.on('error', failed);
    child.on('close', () => done(text.split('\n').filter((line) => line !== '')));
  });
}

/** As blocks of text, by drive set; a bound that is missed shows in its command. */
export async function realDrives(): Promise<string> {
  if (!existsSync(join(ROOT, '..', 'shared', 'data'))) return 'Not at hand: ../shared/data is missing.';
  const parts: string[] = [];
  for (const [name, title, wanted] of SHOWN) {
    const lines = (await printed(name)).filter((line) => wanted.test(line));
    parts.push(`${title} (\`npm run bench -- ${name}\`):\n\n${lines.map((line) => `    ${line}`).join('\n')}`);
  }
  return parts.join('\n\n');
}
