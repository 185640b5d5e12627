// SPDX-License-Identifier: MIT
// node test/cases/rules.ts [FOLDER…]: every drive of ../shared/cases as the command line judges it, beside what its
// expected.md wants. Exit code 1 when one differs. Needs osmium-tool. A folder that is missing is skipped by name.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chooseEngine } from './engine.ts';
import { type Found, VARIANTS, WANTED, type Wanted } from './expected.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const CASES = join(ROOT, '..', 'shared', 'cases');
const PBF_VARIANTS = 'rules/26-pbf-variants';

function tomare(args: string[]) {
  const options = { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28 } as const;
  return spawnSync(process.execPath, ['src/cli/main.ts', ...args], options);
}

function osmium(args: string[]): void {
  const done = spawnSync('osmium', args, { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`osmium ${args.join(' ')}: ${done.error?.message ?? done.stderr}`);
}

/** What is wrong with the findings of one rule; empty when nothing is. */
function fault(wanted: string, found: readonly Found[]): string {
  const [, rule = '', verdicts = '', reason, tag] = /^(\S+) ([^ :]+)(?:: (\S+))?(?: \[(.*)\])?$/.exec(wanted) ?? [];
  const allowed = verdicts.split('|');
  const own = found.filter((f) => f.rule === rule);
  if (own.length === 0) return allowed.includes('nothing') ? '' : `${rule}: no finding`;
  for (const f of own) {
    if (!allowed.includes(f.verdict)) return `${rule}: ${f.verdict}`;
    if (reason && f.verdict === 'undetermined' && !reason.split('|').some((r) => f.reasons.includes(r)))
      return `${rule}: without ${reason}`;
    if (tag && f.source.tag !== tag) return `${rule}: [${f.source.tag}]`;
  }
  return '';
}

function faults(wanted: string, found: readonly Found[]): string[] {
  const parts = wanted.split('; ').map((part) => part.trim());
  const named = new Set(parts.map((part) => part.split(' ')[0]));
  const others = found.filter((f) => !named.has(f.rule) && ['violated', 'possible'].includes(f.verdict));
  return [...parts.map((part) => fault(part, found)), ...others.map((f) => `${f.rule}: ${f.verdict}`)].filter(
    (text) => text !== '',
  );
}

/** What a case asks beyond verdicts and reasons. */
function special(wanted: Wanted, drive: string, found: readonly Found[]): string[] {
  const text = wanted.also?.[drive]?.(found) ?? '';
  return text === '' ? [] : [text];
}

function show(found: readonly Found[]): string {
  if (found.length === 0) return 'no finding';
  return found.map((f) => `${f.rule} ${f.verdict} [${f.source.tag}] ${f.reasons.join(' ')}`.trim()).join('; ');
}

let bad = 0;
let drives = 0;

function row(name: string, ok: boolean, saw: string, want: string): void {
  drives++;
  if (!ok) bad++;
  process.stdout.write(`${ok ? 'ok ' : 'NOT'} ${name}\n      saw:  ${saw}\n      want: ${want}\n`);
}

function runCase(wanted: Wanted, work: string): void {
  const folder = join(CASES, wanted.case);
  if (!existsSync(folder)) {
    process.stdout.write(`skipped: ${folder} is missing\n`);
    return;
  }
  const pbf = join(folder, 'map.osm.pbf');
  const input = existsSync(pbf) ? pbf : join(work, 'map.osm.pbf');
  if (input !== pbf) osmium(['cat', '-O', join(folder, 'map.osm'), '-o', input]);
  const map = join(work, 'map.tmap');
  const built = tomare(['map', 'build', input, '-o', map]);
  if (built.status !== 0) throw new Error(`${wanted.case}: ${built.stderr}`);
  for (const [drive, want] of Object.entries(wanted.drives)) {
    const options = ['--map', map, '--format', 'ndjson', '--all', ...(wanted.options ?? [])];
    const done = tomare(['analyze', ...options, join(folder, drive)]);
    const line = done.stdout.split('\n').find((text) => text.startsWith('{'));
    const found = line === undefined ? undefined : (JSON.parse(line) as { findings: Found[] }).findings;
    const wrong = found ? [...faults(want, found), ...special(wanted, drive, found)] : [done.stderr];
    const saw = found ? [show(found), ...wrong].join(' ← ') : done.stderr.trim();
    row(`${wanted.case} ${drive}`, wrong.length === 0, saw, want);
  }
}

/** The files that the case's run.sh makes. */
function makeVariants(folder: string, work: string): void {
  const at = (name: string) => join(work, name);
  const map = join(folder, 'map.osm');
  const xml = readFileSync(map, 'utf8');
  osmium(['cat', '-O', map, '-o', at('plain.osm.pbf')]);
  osmium(['cat', '-O', map, '-o', at('lz4.osm.pbf'), '-f', 'pbf,pbf_compression=lz4']);
  osmium(['add-locations-to-ways', '-O', map, '-o', at('locations-on-ways.osm.pbf')]);
  writeFileSync(at('xml.osm'), xml);
  osmium(['cat', '-O', map, '-o', at('packed.osm.bz2')]);
  writeFileSync(at('plain.osm.pbf.gz'), gzipSync(readFileSync(at('plain.osm.pbf'))));
  const way = /^.*<way id=.41.[\s\S]*?<\/way>/m.exec(xml)?.[0] ?? '';
  const newer = way.replace(/version=.1./, 'version="2"').replace('</way>', '<tag k="oneway" v="-1"/></way>');
  writeFileSync(at('two-versions.osm'), xml.replace(way, `${way}\n${newer}`));
  osmium(['cat', '-O', at('two-versions.osm'), '-o', at('two-versions.osm.pbf')]);
}

function runVariants(work: string): void {
  const folder = join(CASES, PBF_VARIANTS);
  if (!existsSync(folder)) {
    process.stdout.write(`skipped: ${folder} is missing\n`);
    return;
  }
  makeVariants(folder, work);
  for (const [name, want] of Object.entries(VARIANTS)) {
    const done = tomare(['map', 'build', join(work, name), '-o', join(work, 'variant.tmap')]);
    const read = done.status === 0;
    const oneways = /oneway_ways: \d+/.exec(done.stdout)?.[0] ?? '';
    const saw = read ? `read, ${oneways}` : done.stderr.trim();
    row(
      `${PBF_VARIANTS} ${name}`,
      read ? want.startsWith('read') && saw.startsWith(want) : saw.includes(want),
      saw,
      want,
    );
  }
}

chooseEngine();
const only = process.argv.slice(2);
const chosen = (name: string) => only.length === 0 || only.some((part) => name.includes(part));
for (const wanted of WANTED.filter((w) => chosen(w.case))) {
  const work = mkdtempSync(join(tmpdir(), 'tomare-cases-'));
  runCase(wanted, work);
  rmSync(work, { recursive: true });
}
if (chosen(PBF_VARIANTS)) {
  const work = mkdtempSync(join(tmpdir(), 'tomare-cases-'));
  runVariants(work);
  rmSync(work, { recursive: true });
}
process.stdout.write(`${drives} drives and files, ${bad} not as wanted\n`);
process.exitCode = bad > 0 ? 1 : 0;
