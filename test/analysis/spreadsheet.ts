// SPDX-License-Identifier: MIT
// CSV of drives and drivers whose names are formulas, opened by LibreOffice: no cell computes, whatever the separator.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Check = (title: string, holds: boolean, detail?: string) => void;

const HOSTILE = [
  '=1+1',
  "=cmd|' C calc'!A0",
  '=HYPERLINK("x";"y")',
  '+1+1',
  '-2+3',
  '@SUM(1+1)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  ' =1+1',
  'x;=7+7',
  'x\t=7+7',
  '＝1+1',
];

/** LibreOffice's own numbers of separators, and the option to compute formulas, which it asks for when a person opens CSV. */
const SEPARATORS = { comma: 44, semicolon: 59, tab: 9 } as const;

/** The formulas that LibreOffice computes in each file of CSV of a folder, by the file's name. */
function computed(folder: string, files: readonly string[], separator: number): Map<string, string[]> {
  const office = join(folder, 'office');
  const filter = `--infilter=CSV:${separator},34,76,1,,0,false,true,false,false,false,-1,true`;
  const paths = files.map((file) => join(folder, `${file}.csv`));
  const args = [
    '--headless',
    `-env:UserInstallation=file://${office}`,
    filter,
    '--convert-to',
    'fods',
    '--outdir',
    folder,
  ];
  const done = spawnSync('soffice', [...args, ...paths], { encoding: 'utf8', timeout: 300_000 });
  if (done.error) throw new Error('soffice is missing: apt-get install --no-install-recommends libreoffice-calc');
  const formulas = (file: string) => {
    const sheet = join(folder, `${file}.fods`);
    const text = readFileSync(sheet, 'utf8');
    rmSync(sheet); // the next separator makes it anew
    if (!text.includes('<table:table-row')) throw new Error(`LibreOffice made no sheet: ${done.stderr}`);
    return [...text.matchAll(/table:formula="([^"]*)"/g)].map(([, formula = '']) => formula);
  };
  return new Map(files.map((file) => [file, formulas(file)]));
}

export function spreadsheetChecks(folder: string, tomare: (...args: string[]) => void, check: Check): void {
  const drives = join(folder, 'hostile');
  mkdirSync(drives, { recursive: true });
  for (const name of HOSTILE) copyFileSync(join(folder, 'drives', 'stop-run.csv'), join(drives, `${name}.csv`));
  const who = ['--driver-id', '=1+1', '--vehicle-id', '@SUM(1+1)'];
  const tables = join(folder, 'sheets');
  tomare('analyze', '--map', 'region.tmap', ...who, '--all', '--format', 'csv', '--out', `${tables}/`, drives);
  tomare(
    'analyze',
    '--map',
    'region.tmap',
    ...who,
    '--format',
    'csv',
    '--excel',
    '--out',
    `${tables}/excel.csv`,
    drives,
  );
  const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  writeFileSync(join(tables, 'bare.csv'), `drive,rule\n${HOSTILE.map((name) => `${cell(name)},stop-sign\n`).join('')}`);
  const files = ['findings', 'exposure', 'drives', 'excel', 'bare'];
  for (const [name, separator] of Object.entries(SEPARATORS)) {
    for (const [file, formulas] of computed(tables, files, separator)) {
      if (file === 'bare') check(`LibreOffice, ${name}: computes texts that are not guarded`, formulas.length > 1);
      else check(`LibreOffice, ${name}: computes nothing of ${file}.csv`, formulas.length === 0, formulas.join(' '));
    }
  }
}
