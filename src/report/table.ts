// SPDX-License-Identifier: MIT
// Results as a table for people: a row for each finding, then how often each rule was met, then the totals.
import { judgedLine, type Measured, nothingJudged } from './judged.ts';
import type { Result } from './result.ts';
import { sureText } from './sure.ts';
import type { ResultWriter } from './writer.ts';

type Finding = Result['findings'][number];
type Exposure = Result['exposure'][number];

/** How a table looks; what is left out is plain. */
export interface TableLook {
  /** A cell of a verdict, for terminals that have colours. */
  paint?: (verdict: Finding['verdict'], cell: string) => string;
  /** What a rule is called; with the finding, the offence that it is. Default: English and Japanese. */
  nameOf?: (rule: string, finding?: Finding) => string;
}

/** Columns that a terminal gives a text: East Asian wide characters take two. */
function width(text: string): number {
  let columns = 0;
  for (const c of text)
    columns += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(c)
      ? 2
      : 1;
  return columns;
}

const RULE_TEXT: Record<string, string> = {
  'stop-sign': 'stop sign 一時停止',
  'level-crossing': 'level crossing 踏切',
  'wrong-way': 'wrong way 逆走',
  'no-entry': 'no entry 進入禁止',
  'turn-ban': 'banned turn 指定方向外',
  speeding: 'speeding 速度超過',
  'minimum-speed': 'minimum speed 最低速度',
};

function evidence(f: Finding): string {
  const m = f.measured;
  if (f.rule === 'stop-sign' || f.rule === 'level-crossing') {
    const { lowest_observed_kmh: slowest = '?', lowest_possible_kmh: low } = m;
    if (low === undefined || f.verdict === 'complied') return `slowest fix ${slowest} km/h`;
    return `slowest fix ${slowest} km/h, ${low > 0 ? `never below ${low}` : 'a stop can hide between fixes'}`;
  }
  if (f.rule === 'speeding') {
    return `${m['sustained_kmh']} km/h for ${Math.round(m['duration_s'] ?? 0)} s, limit ${m['limit_kmh']}`;
  }
  if (f.rule === 'turn-ban') return f.source.tag;
  return `${m['length_m']} m, ${f.source.tag}`;
}

/** Of an undetermined finding no share would mean anything; of a possible one it holds for what was done. */
function howSure({ verdict, confidence }: Finding): string {
  if (verdict === 'undetermined') return '–';
  return verdict === 'possible' ? `${sureText(confidence)} if it holds` : sureText(confidence);
}

/** Rows in columns of one width; `paint` sees each cell before its padding. */
function aligned(rows: readonly string[][], paint = (_row: number, _column: number, cell: string) => cell): string {
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => width(row[i] ?? '')))) ?? [];
  const line = (row: string[], r: number) =>
    row.map((cell, i) => paint(r, i, cell) + ' '.repeat((widths[i] ?? 0) - width(cell))).join('  ');
  return rows.map((row, r) => `${line(row, r).trimEnd()}\n`).join('');
}

const FINDING_HEAD = ['when', 'drive', 'where', 'what', 'verdict', 'how sure', 'evidence'];
const TOTAL_HEAD = ['what', 'passed', 'complied', 'violated', 'undetermined'];
const VERDICT_COLUMN = FINDING_HEAD.indexOf('verdict');
const plural = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

type Sum = Record<'passed' | 'complied' | 'violated' | 'undetermined' | 'judged_m', number> & { rule: string };

/** Sums of the exposure by rule. */
function byRule(exposures: Iterable<readonly Exposure[]>): Map<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const exposure of exposures) {
    for (const { rule, passed = 0, complied = 0, violated = 0, undetermined = 0, judged_m = 0 } of exposure) {
      const sum = sums.get(rule) ?? { rule, passed: 0, complied: 0, violated: 0, undetermined: 0, judged_m: 0 };
      sum.passed += passed;
      sum.complied += complied;
      sum.violated += violated;
      sum.undetermined += undetermined;
      sum.judged_m += judged_m;
      sums.set(rule, sum);
    }
  }
  return sums;
}

/** The rows come drive by drive; of a drive only its rows and counts are kept. */
export class PeopleTable implements ResultWriter {
  private readonly look: TableLook;
  private readonly rows: string[][] = [];
  private readonly verdicts: Finding['verdict'][] = [];
  private readonly measured: Measured[] = [];

  constructor(look: TableLook = {}) {
    this.look = look;
  }

  head = () => '';

  drive({ drive, match, exposure, findings }: Result): string {
    this.measured.push({ drive, match, exposure });
    for (const f of findings) {
      this.verdicts.push(f.verdict);
      this.rows.push([
        f.start.slice(0, 19).replace('T', ' '),
        drive.id,
        f.road.name ?? `way ${f.road.way}`,
        this.nameOf(f.rule, f),
        f.verdict,
        howSure(f),
        evidence(f),
      ]);
    }
    return '';
  }

  tail(): string {
    return `${this.findings()}${this.totals()}${judgedLine(this.measured)}\n`;
  }

  private nameOf(rule: string, finding?: Finding): string {
    return this.look.nameOf?.(rule, finding) ?? RULE_TEXT[rule] ?? rule;
  }

  private findings(): string {
    if (this.rows.length === 0) return nothingJudged(this.measured) ? 'nothing could be judged\n' : 'no finding\n';
    const { paint } = this.look;
    return aligned([FINDING_HEAD, ...this.rows], (row, column, cell) => {
      const verdict = column === VERDICT_COLUMN ? this.verdicts[row - 1] : undefined;
      return paint === undefined || verdict === undefined ? cell : paint(verdict, cell);
    });
  }

  /** Of several drives: how often each rule was met, and how it went. */
  private totals(): string {
    if (this.measured.length < 2) return '';
    const met = [...byRule(this.measured.map(({ exposure }) => exposure)).values()];
    const rows = met
      .filter((sum) => sum.passed + sum.violated + sum.undetermined + sum.judged_m > 0)
      .map((sum) => {
        const stretch = sum.passed === 0 && sum.judged_m > 0;
        const passed = stretch ? `${(sum.judged_m / 1000).toFixed(1)} km` : String(sum.passed);
        const counts = [stretch ? '' : sum.complied, sum.violated, sum.undetermined];
        return [this.nameOf(sum.rule), passed, ...counts.map(String)];
      });
    const km = this.measured.reduce((sum, { drive }) => sum + drive.distance_m, 0) / 1000;
    const line = `${plural(this.measured.length, 'drive')}, ${km.toFixed(1)} km, ${plural(this.rows.length, 'finding')}\n`;
    return `\n${rows.length === 0 ? '' : `${aligned([TOTAL_HEAD, ...rows])}\n`}${line}`;
  }
}

export function table(results: readonly Result[], look: TableLook = {}): string {
  const people = new PeopleTable(look);
  for (const result of results) people.drive(result);
  return people.tail();
}
