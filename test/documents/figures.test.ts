// SPDX-License-Identifier: MIT
// Every figure of a document is what its command printed: tables against the kept runs, examples against the demo,
// constants against settings.yaml.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { renewed, SHOWING } from '../../bench/documents/blocks.ts';
import { type Accuracy, kept } from '../../bench/documents/kept.ts';
import { DOCUMENTS, ROOT, read } from './markdown.ts';

describe('tables of kept runs', () => {
  it.each(SHOWING)('%s shows bench/results', (file) => {
    const text = read(file);
    expect(text).toContain('<!-- bench ');
    expect(renewed(text), 'npm run bench -- documents').toBe(text);
  });

  it('no other document has such a block', () => {
    expect(DOCUMENTS.filter((file) => read(file).includes('<!-- bench '))).toEqual([...SHOWING].sort());
  });

  it('bench/results holds only runs that a document shows', () => {
    const source = ['kept.ts', 'speed.ts', 'accuracy.ts', 'blocks.ts', 'batch.ts']
      .map((f) => read(`bench/documents/${f}`))
      .join('');
    const pages = `${source}${read('bench/accuracy/main.ts')}`;
    for (const file of readdirSync(join(ROOT, 'bench/results')))
      expect(pages).toContain(`'${file.replace('.json', '')}'`);
  });

  it('a figure that was changed by hand is noticed', () => {
    const text = read('README.md');
    const [number = ''] = /\d+,\d+/.exec(text.slice(text.indexOf('<!-- bench '))) ?? [];
    const changed = text.replace(number, '9,999,999');
    expect(renewed(changed)).toBe(text);
  });
});

describe('ACCURACY.md', () => {
  const block = /<!-- accuracy -->\n([\s\S]*)\n<!-- \/accuracy -->/.exec(read('docs/ACCURACY.md'))?.[1] ?? '';
  const { rules, page } = kept<Accuracy & { page: string }>('accuracy');

  it('is the page of the kept run', () => {
    expect(block).toBe(page);
  });

  it.each(Object.keys(rules))('%s: false claims and recall are those of the counts', (receiver) => {
    const percent = (part: number, whole: number) => (whole === 0 ? '–' : ((100 * part) / whole).toFixed(1));
    const figures = Object.values(rules[receiver] ?? {});
    const cells = figures.map((f) => `${f.falseClaims}/${f.claims} · ${percent(f.foundDeterminable, f.determinable)}`);
    const rows = block.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
    expect(rows.find(([, name, first]) => name === receiver && first?.includes(' · '))?.slice(2, 8)).toEqual(cells);
  });
});

describe('the demo', () => {
  let printed = '';
  const findings = new Map<string, Record<string, unknown>>();
  beforeAll(() => {
    const args = ['--disable-warning=ExperimentalWarning', 'src/cli/demo_run.ts'];
    printed = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' }).stdout;
    for (const line of read('build/demo/results.ndjson').trim().split('\n')) {
      const { drive, findings: found } = JSON.parse(line);
      if (found.length > 0) findings.set(drive.id, found[0]);
    }
  }, 60_000);

  it.each(['docs/RULES.md', 'docs/DRIVER.md', 'docs/DRIVER.ja.md'])('%s quotes it', (file) => {
    const squeeze = (text: string) => text.replace(/ +/g, ' ').trim();
    const quoted = read(file)
      .split('\n')
      .filter((line) => /^ {4}.*(violated|how sure)/.test(line))
      .map(squeeze);
    expect(quoted.length).toBeGreaterThan(0);
    const all = squeeze(printed);
    for (const line of quoted) expect(all).toContain(line);
  });

  /** Numbers with a fraction in a text, and those that the finding has. */
  const fractions = (text: string) => [...text.matchAll(/\d+\.\d+/g)].map(([n]) => Number(n));

  it('RULES.md has its figures', () => {
    const examples = [...read('docs/RULES.md').matchAll(/^\*\*Example\*\* \(`([\w-]+)`\)\.(.*(?:\n.+)*)/gm)];
    expect(examples.length).toBeGreaterThanOrEqual(6);
    for (const [, drive = '', text = ''] of examples) {
      const finding = findings.get(drive);
      expect(finding, drive).toBeDefined();
      const known = fractions(JSON.stringify(finding));
      if (drive !== 'stop-run') for (const n of fractions(text)) expect(known, `${drive}: ${n}`).toContain(n);
    }
  });

  it('RULES.md works out the stop that fits between two fixes', () => {
    const log = read('build/demo/drives/stop-run.csv').trim().split('\n');
    const speeds = log.slice(1).map((line) => Number(line.split(',')[3]));
    const least = speeds.indexOf(25.88);
    const [v1 = 0, v2 = 0] = [speeds[least] ?? 0, speeds[least + 1] ?? 0].map((kmh) => kmh / 3.6 - 2 * 0.3);
    const u = (v1 / 3.5 + v2 / 2.5 - 1) / (1 / 3.5 + 1 / 2.5);
    const text = read('docs/RULES.md');
    expect(text).toContain(`Less two errors of 0.3 m/s they are ${v1.toFixed(2)} and ${v2.toFixed(2)} m/s`);
    expect(text).toContain(`= ${u.toFixed(2)} m/s = ${(u * 3.6).toFixed(1)} km/h`);
    expect(findings.get('stop-run')).toMatchObject({ measured: { lowest_possible_kmh: Number((u * 3.6).toFixed(1)) } });
  });
});

it('MATCHING.md has the constants of settings.yaml', () => {
  const { match } = parse(read('settings.yaml')) as { match: Record<string, number> };
  const section = read('docs/MATCHING.md').split('## The constants')[1] ?? '';
  const rows = [...section.matchAll(/^\| ((?:`\w+`(?:, )?)+) \| ([\d., ]+) \|/gm)];
  const named = rows.flatMap(([, names = '', values = '']) => {
    const all = values.split(', ');
    return names.split(', ').map((name, i) => [name.replaceAll('`', ''), Number(all[i])] as const);
  });
  expect(Object.fromEntries(named)).toEqual(match);
});

it('README.md names the bound on the size of the package', () => {
  const [, limit = ''] = /const LIMIT = ([\d_]+);/.exec(readFileSync(join(ROOT, 'test/package/run.ts'), 'utf8')) ?? [];
  expect(read('README.md')).toContain(`below ${Number(limit.replaceAll('_', '')) / 1e6} MB`);
});

describe('measured figures', () => {
  /** Numbers with a unit that something was measured in. They stand in blocks of kept runs, unless they are parameters. */
  const MEASURED = /(?<![\w.])\d[\d.,]*[\u00a0 ]?(?:ms|MB|GB|MiB|GiB|KiB|%|×|fixes\/s|MB\/s|drives a second)(?![\w])/g;
  /** Parameters of the product and of its tests, with where they are written. */
  const PARAMETERS: Readonly<Record<string, string>> = {
    '3 MB': 'LIMIT of test/package/run.ts',
    '2 ×': 'the machine: two cores',
    '24 GiB': 'the machine',
    '3 %': 'GROWTH of bench/speed/instructions.ts',
    '256 MiB': 'the bound that bench/map/compile.ts prints',
    '2 %': 'beta of core-cpp/match/matcher.cpp',
    '95 %': 'of an interval',
    '5 %': 'of the logs that bench/accuracy/fitted.ts follows',
    '10 %': 'likewise',
    '62 %': 'likewise',
    '68 %': 'likewise',
    '85 %': 'a line of the demo, which is compared above',
  };
  const PAGES = ['README.md', 'docs/PERFORMANCE.md', 'docs/ACCURACY.md', 'docs/MATCHING.md', 'docs/DRIVER.md'];
  const outsideBlocks = (text: string) =>
    text
      .replace(/```[\s\S]*?```/g, '')
      .replace(/`[^`\n]*`/g, '')
      .replace(/<!-- bench \w+ -->[\s\S]*?<!-- \/bench -->/g, '')
      .replace(/<!-- accuracy -->[\s\S]*<!-- \/accuracy -->/, '');
  const found = (text: string) => [...outsideBlocks(text).matchAll(MEASURED)].map(([figure]) => figure);

  it.each(PAGES)('%s has them in blocks of kept runs alone', (file) => {
    expect(found(read(file)).filter((figure) => !(figure in PARAMETERS))).toEqual([]);
  });

  it('one that was written by hand is noticed, and every parameter is used', () => {
    expect(found('It takes 119 ms and <!-- bench peers -->\n7 MB\n<!-- /bench -->.')).toEqual(['119 ms']);
    const all = new Set(PAGES.flatMap((file) => found(read(file))));
    expect(Object.keys(PARAMETERS).filter((figure) => !all.has(figure))).toEqual([]);
  });
});
