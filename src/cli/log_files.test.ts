// SPDX-License-Identifier: MIT
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logFiles } from './log_files.ts';

const before = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'tomare-files-'));
const CSV = 'time,lat,lon\n2026-10-05T10:00:00Z,35.1,139.4\n2026-10-05T10:00:01Z,35.1,139.4\n';
const RESULT = '{"schema":"tomare.result/2","drive":{"id":"a"}}\n';

beforeAll(() => {
  const files: Record<string, string | Buffer> = {
    'b.csv': CSV,
    'a.csv': CSV,
    'deep/er/c.log': CSV,
    'deep/d.csv.gz': gzipSync(CSV),
    'deep/readme.txt': 'These are drives of October.\nAsk Ann about them.\n',
    'deep/results.ndjson': RESULT,
    'deep/results.json': `[\n  ${RESULT}]`,
    'deep/town.tmap': `TOMAREMP${'\0'.repeat(100)}`,
    'deep/.hidden.csv': CSV,
    '.git/e.csv': CSV,
    'odd[1].csv': CSV,
    'list.txt': '# of October\nb.csv\n\r\ndeep/*.gz\r\n',
  };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  process.chdir(folder);
});
afterAll(() => process.chdir(before));

async function found(...paths: string[]) {
  const said: string[] = [];
  const files = await logFiles(paths, (line) => said.push(line));
  return { files, said };
}

describe('the logs that arguments name', () => {
  it('files, in the order of the arguments, also where none is', async () => {
    expect(await found('b.csv', 'a.csv', 'none.csv', '-')).toEqual({
      files: ['b.csv', 'a.csv', 'none.csv', '-'],
      said: [],
    });
  });

  it('a folder with all below, sorted; what is no log is counted and said', async () => {
    const { files, said } = await found('deep');
    expect(files).toEqual(['deep/d.csv.gz', 'deep/er/c.log']);
    expect(said).toEqual([
      'deep: 4 files are no logs and were left out: deep/readme.txt, deep/results.json, deep/results.ndjson, deep/town.tmap',
    ]);
  });

  it('patterns that no shell has expanded', async () => {
    expect((await found('*.csv')).files).toEqual(['a.csv', 'b.csv', 'odd[1].csv']);
    expect((await found('**/*.{gz,log}')).files).toEqual(['deep/d.csv.gz', 'deep/er/c.log']);
    expect((await found('odd[1].csv')).files).toEqual(['odd[1].csv']);
    await expect(found('*.gpx')).rejects.toThrow(/\*\.gpx: no file fits this pattern/);
  });

  it('lists, with comments, empty lines and patterns', async () => {
    expect((await found('a.csv', '@list.txt')).files).toEqual(['a.csv', 'b.csv', 'deep/d.csv.gz']);
    await expect(found('@none.txt')).rejects.toThrow(/@none\.txt: the list cannot be read \(ENOENT\)/);
  });
});
