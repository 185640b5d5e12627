// SPDX-License-Identifier: MIT
// Where the results of a command go, drive by drive: one file or standard output, a folder of tables, or the report page.
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Decision } from '../decisions/decision.ts';
import { TomareError } from '../errors.ts';
import type { Lang } from '../html/model.ts';
import type { Report } from '../html/report.ts';
import { type Format, openWriter } from '../report/formats.ts';
import { FORMAT_FACTS } from '../report/registry.ts';
import type { TableLook } from '../report/table.ts';
import { TABLES, type TableName } from '../report/tables.ts';
import type { ResultWriter } from '../report/writer.ts';
import type { Parts } from './outcome.ts';
import { type Output, output } from './output.ts';

export interface ResultOptions {
  format: Format;
  /** File or folder. Default: standard output. */
  out?: string;
  /** Which table a file of CSV or Parquet holds. Default: findings. */
  table?: TableName;
  /** CSV for Excel. */
  excel?: boolean;
  /** Of a table for people. */
  look?: TableLook;
}

/** A result with what the format draws beside it. */
export type Drive = Parts['result'] | Parts['stretches'] | Parts['page'];

export interface Results {
  add(drive: Drive): Promise<void>;
  /** Puts the output in its place. */
  end(): Promise<void>;
  /** Leaves nothing behind. */
  fail(): void;
}

const isFolder = (path: string) =>
  /[/\\]$/.test(path) || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** @throws TomareError USAGE for options that the format does not have */
function check({ format, out, table, excel }: ResultOptions): void {
  const { tables } = FORMAT_FACTS[format];
  if (excel === true && format !== 'csv') throw new TomareError('USAGE', `--excel is of --format csv, not ${format}`);
  if (table !== undefined && !tables)
    throw new TomareError('USAGE', `--table is of --format csv or parquet, not ${format}`);
  if (table !== undefined && out !== undefined && isFolder(out)) {
    throw new TomareError(
      'USAGE',
      `--table names one table; the folder ${out} takes all: name a file, or leave it out`,
    );
  }
  if (format === 'parquet' && out === undefined && process.stdout.isTTY) {
    throw new TomareError('USAGE', 'Parquet is not for a terminal: name a file or a folder with --out');
  }
}

/** A writer and where its pieces go. */
class File implements Results {
  private readonly writer: ResultWriter;
  private readonly to: Output;
  private readonly always: boolean;
  private some = false;

  /** `always`: also where no log could be read; standard output then stays empty. */
  constructor(writer: ResultWriter, to: Output, always: boolean) {
    this.writer = writer;
    this.to = to;
    this.always = always;
  }

  async add(drive: Drive): Promise<void> {
    if (!this.some) await this.to.write(this.writer.head());
    this.some = true;
    await this.to.write(this.writer.drive(drive.result, 'matched' in drive ? drive.matched : undefined));
  }

  async end(): Promise<void> {
    if (!this.some && this.always) await this.to.write(this.writer.head());
    if (this.some || this.always) await this.to.write(this.writer.tail());
    this.to.end();
  }

  fail(): void {
    this.to.fail();
  }
}

/** The tables side by side, each in a file of its name. */
class Folder implements Results {
  private readonly files: readonly File[];

  constructor(files: readonly File[]) {
    this.files = files;
  }

  async add(drive: Drive): Promise<void> {
    for (const file of this.files) await file.add(drive);
  }

  async end(): Promise<void> {
    for (const file of this.files) await file.end();
  }

  fail(): void {
    for (const file of this.files) file.fail();
  }
}

/** What the page is made of. */
export interface PageParts {
  report: Report;
  decisions: readonly Decision[];
  lang: Lang;
}

class Page implements Results {
  private readonly parts: PageParts;
  private readonly to: Output;
  private some = false;

  constructor(parts: PageParts, to: Output) {
    this.parts = parts;
    this.to = to;
  }

  async add(drive: Drive): Promise<void> {
    if (!('fixes' in drive)) throw new TypeError('the page needs the fixes of each drive');
    this.parts.report.add(drive);
    this.some = true;
  }

  /** A page of nothing is none. */
  async end(): Promise<void> {
    if (!this.some) return this.fail();
    const [{ page }, { assets }] = await Promise.all([import('../html/page.ts'), import('../html/assets.ts')]);
    const { report, decisions, lang } = this.parts;
    await this.to.write(page(await assets(), await report.sealed(decisions), { lang }));
    this.to.end();
  }

  fail(): void {
    this.to.fail();
  }
}

async function folder(path: string, format: 'csv' | 'parquet', excel: boolean): Promise<Folder> {
  mkdirSync(path, { recursive: true });
  const files: File[] = [];
  for (const table of TABLES) {
    const to = output(join(path, `${table}.${FORMAT_FACTS[format].ending}`));
    files.push(new File(await openWriter(format, { table, excel }), to, true));
  }
  return new Folder(files);
}

/**
 * Opens the output, before any work. `many`: several logs were given. `page`: asked for the format html.
 * @throws TomareError USAGE for options that do not go together, OUTPUT for a place that cannot be written to
 */
export async function openResults(
  options: ResultOptions,
  many: boolean,
  page: () => Promise<PageParts>,
): Promise<Results> {
  check(options);
  const { format, out, table, excel = false, look = {} } = options;
  if (format === 'html') return new Page(await page(), output(out));
  if ((format === 'csv' || format === 'parquet') && out !== undefined && isFolder(out)) {
    return folder(out, format, excel);
  }
  const writer = await openWriter(format, { many, excel, look, ...(table === undefined ? {} : { table }) });
  return new File(writer, output(out), out !== undefined);
}
