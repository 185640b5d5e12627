// SPDX-License-Identifier: MIT
// The command line as people meet it, as a process: what it prints on a terminal and in a pipe, what it takes for logs,
// which policy it uses, and what it says of wrong ways in before any work.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeDemo } from '../../mapdata/demo/make.ts';
import { buildMap } from '../../src/mapbuild.ts';

const folder = mkdtempSync(join(tmpdir(), 'tomare-command-'));
const main = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts');
/** Makes standard output pass for a terminal, as under a person's hands. */
const TERMINAL = ['--import', 'data:text/javascript,process.stdout.isTTY=true'];

beforeAll(async () => {
  makeDemo(folder);
  await buildMap({ inputs: [join(folder, 'town.osm.pbf')], output: join(folder, 'town.tmap') });
  mkdirSync(join(folder, 'empty'));
});

interface How {
  terminal?: boolean;
  env?: Record<string, string>;
  cwd?: string;
}

function tomare(args: readonly string[], { terminal = false, env = {}, cwd = folder }: How = {}) {
  const command = ['--disable-warning=ExperimentalWarning', ...(terminal ? TERMINAL : []), main, ...args];
  const { FORCE_COLOR: _, NO_COLOR: __, ...clean } = process.env;
  const done = spawnSync(process.execPath, command, {
    cwd,
    env: { ...clean, TERM: 'xterm', ...env },
    input: '',
    encoding: 'utf8',
  });
  return { code: done.status, out: done.stdout, err: done.stderr };
}
const MAP = ['--map', join(folder, 'town.tmap')];
const analyze = (args: readonly string[], how?: How) => tomare(['analyze', ...MAP, ...args], how);
const rulesOf = (ndjson: string) =>
  ndjson
    .trimEnd()
    .split('\n')
    .flatMap((line) => JSON.parse(line).findings.map((f: { rule: string }) => f.rule));

describe('what is printed', () => {
  it('the bare command: help with examples', () => {
    const { code, out, err } = tomare([]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('Examples:\n  tomare analyze drive.csv');
    expect(out).toBe(tomare(['--help']).out);
  });

  it('in a pipe: one result a line, and what was read on the other stream', () => {
    const { code, out, err } = analyze(['drives/stop-run.csv', 'drives/lawful-errand.csv']);
    expect([code, rulesOf(out)]).toEqual([0, ['stop-sign']]);
    expect(err).toMatch(/^(tomare: drives\/\S+\.csv: csv; \d+ fixes of .*\n){2}$/);
  });

  it('on a terminal: a table with totals, and what to do next; --quiet leaves the rest out', () => {
    const { out, err } = analyze(['drives/stop-run.csv', 'drives/speeding.csv'], {
      terminal: true,
      env: { NO_COLOR: '1' },
    });
    expect(out).toMatch(/^when +drive +where +what +verdict +how sure +evidence\n2026-/);
    expect(out).toMatch(/ speeding +5条通り +speeding 速度超過 +violated +> 99 % +61\.5 km\/h for 57 s, limit 40\n/);
    expect(out).toMatch(/^what +passed +complied +violated +undetermined\nstop sign 一時停止 +\d+ +\d+ +1 +0\n/m);
    expect(out).toMatch(/^2 drives, \d\.\d km, 2 findings\njudged \d+ of \d+ places and/m);
    expect(err).toMatch(
      /^next: see each finding on a map.*: tomare report --map \S+town\.tmap drives\/stop-run\.csv .* -o report\.html$/m,
    );
    const quiet = analyze(['drives/stop-run.csv', 'drives/speeding.csv', '-q'], {
      terminal: true,
      env: { NO_COLOR: '1' },
    });
    expect([quiet.out, quiet.err]).toEqual([out, '']);
  });

  it('colours where they are wanted', () => {
    const table = ['drives/stop-run.csv', '--format', 'table', '-q'];
    const plain = analyze(table).out;
    expect(plain).not.toContain('\u001b');
    expect(analyze(table, { env: { NO_COLOR: '1' }, terminal: true }).out).toBe(plain);
    const coloured = analyze(table, { env: { FORCE_COLOR: '1' } }).out;
    expect(analyze(table, { terminal: true }).out).toBe(coloured);
    expect(coloured).toContain('\u001b[31mviolated\u001b[39m');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the codes of colours are made of them
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(plain);
  });

  it('names of rules and offences in Japanese', () => {
    const { out } = analyze(['drives/stop-run.csv', 'drives/speeding.csv', '--format', 'table', '--lang', 'ja', '-q']);
    expect(out).toMatch(/指定場所一時不停止等 +violated/);
    expect(out).toMatch(/^一時停止 +\d/m);
    expect(out).toMatch(/ 速度超過 +/);
  });

  it('--json, and the format by the ending of the output', () => {
    expect(analyze(['drives/stop-run.csv', '--json', '-q']).out).toMatch(/^\{\n {2}"schema": "tomare\.result\/2"/);
    for (const [name, begin] of [
      ['a.csv', 'drive,'],
      ['a.geojson', '{"type":"FeatureCollection"'],
      ['a.json', '{\n'],
      ['a.parquet', 'PAR1'],
      ['a', '{"schema"'],
    ] as const) {
      expect(analyze(['drives/stop-run.csv', '-o', name, '-q']).code).toBe(0);
      expect(readFileSync(join(folder, name), 'latin1').slice(0, begin.length)).toBe(begin);
    }
  });

  it('--dry-run says what would serve, and reads and writes nothing', () => {
    const args = ['drives', '--set', 'speeding.tolerance_kmh=0', '-o', 'never.csv', '--dry-run'];
    const { code, out, err } = analyze(args);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^map: \S+town\.tmap \(town, 2 tiles, of 2026-10-01T.*\)\nlaw: jp \(JP, Asia\/Tokyo\)\n/);
    expect(out).toContain('settings: as shipped, --set speeding.tolerance_kmh=0, sha256:');
    expect(out).toContain('output: csv, never.csv\nlogs: 15\n  drives/banned-right.csv\n');
    expect(out).toMatch(/ {2}… and 10 more \(-v\)\nnothing was read or written\n$/);
    expect(analyze([...args, '-v']).out.match(/^ {2}drives\//gm)).toHaveLength(15);
    expect(existsSync(join(folder, 'never.csv'))).toBe(false);
    expect(analyze(['drives/stop-run.csv', '-v']).err).toMatch(
      /^tomare: map: .*\ntomare: law: jp .*\ntomare: settings: as shipped/,
    );
  });
});

describe('exit codes of --fail-on', () => {
  it.each([
    ['violated', 'stop-run', 4],
    ['violated', 'lawful-errand', 0],
    ['undetermined', 'stop-run', 4],
    ['undetermined', 'lawful-errand', 0],
  ])('%s: %s ends with %i', (verdict, drive, code) => {
    expect(analyze(['--fail-on', verdict, `drives/${drive}.csv`, '-q']).code).toBe(code);
  });

  it('what could not be judged counts for undetermined alone', () => {
    const lines = readFileSync(join(folder, 'drives', 'stop-run.csv'), 'utf8').split('\n');
    writeFileSync(join(folder, 'thin.csv'), lines.filter((_, i) => i === 0 || i % 30 === 1).join('\n'));
    const [result] = [JSON.parse(analyze(['--all', 'thin.csv', '-q']).out)];
    expect(result.findings.map((f: { verdict: string }) => f.verdict)).toContain('undetermined');
    const codes = ['violated', 'undetermined'].map((v) => analyze(['--fail-on', v, 'thin.csv', '-q']).code);
    expect(codes).toEqual([0, 4]);
  });

  it('a log that failed goes before a finding', () => {
    expect(analyze(['--fail-on', 'violated', 'drives/stop-run.csv', 'none.csv', '-q']).code).toBe(1);
  });
});

describe('the policy', () => {
  const here = join(folder, 'policy');
  const slow = ['--set', 'speeding.tolerance_kmh=90', '--set', 'speeding.tolerance_pct=0'];
  beforeAll(() => mkdirSync(here));

  it('settings.yaml of the working folder serves, and is said; a file with one key is enough', () => {
    writeFileSync(join(here, 'settings.yaml'), 'rules: { stop_sign: false }\n');
    const { out, err } = analyze(['../drives/stop-run.csv'], { cwd: here });
    expect([rulesOf(out), err.split('\n')[0]]).toEqual([[], 'tomare: settings.yaml of this folder is used']);
    writeFileSync(join(folder, 'other.yaml'), 'output: { time_zone: UTC }\n');
    expect(rulesOf(analyze(['../drives/stop-run.csv', '--settings', '../other.yaml'], { cwd: here }).out)).toEqual([
      'stop-sign',
    ]);
  });

  it('--set goes before any file', () => {
    const { out } = analyze(['../drives/stop-run.csv', '--set', 'rules.stop_sign=true', '-q'], { cwd: here });
    expect(rulesOf(out)).toEqual(['stop-sign']);
    expect(rulesOf(analyze(['drives/speeding.csv', ...slow, '-q']).out)).toEqual([]);
  });

  it('also for report, match and audit', () => {
    writeFileSync(join(here, 'settings.yaml'), 'rule: {}\n');
    for (const args of [
      ['report', ...MAP, '../drives/stop-run.csv', '-o', 'r.html'],
      ['match', ...MAP, '../drives/stop-run.csv'],
      ['audit', '../a.json'],
    ]) {
      const { code, err } = tomare(args, { cwd: here });
      expect([code, err]).toEqual([
        2,
        expect.stringMatching(/settings\.yaml:1: rule is no setting; did you mean rules\?/),
      ]);
    }
    rmSync(join(here, 'settings.yaml'));
  });
});

describe('did you mean', () => {
  const LOG = 'drives/stop-run.csv';
  it.each([
    [['analyse', LOG], /unknown command 'analyse'\n\(Did you mean analyze\?\)/],
    [['analyze', '--fromat', 'csv', LOG], /unknown option '--fromat'\n\(Did you mean --format\?\)/],
    [['analyze', '--format', 'parket', LOG], /did you mean parquet\?/],
    [['analyze', '--vehicle', 'motorcyle', LOG], /did you mean motorcycle\?/],
    [['analyze', '--profile', 'jpn', LOG], /did you mean jp\?/],
    [['analyze', '--tz', 'Asia/Tokio', LOG], /did you mean Asia\/Tokyo\?/],
    [['analyze', '--fail-on', 'violation', LOG], /did you mean violated\?/],
    [['analyze', '--table', 'finding', LOG], /did you mean findings\?/],
    [['analyze', '--columns', 'latt=a', LOG], /did you mean lat\?/],
    [['analyze', '--set', 'speeding.tolerance=0', LOG], /did you mean speeding\.tolerance_kmh\?/],
    [['report', '--lang', 'jp', LOG, '-o', 'x.html'], /did you mean ja\?/],
    [['match', '--format', 'geo', LOG], /did you mean geojson\?/],
    [['convert', '--to', 'gxp', LOG], /did you mean gpx\?/],
    [['audit', '--format', 'overly', 'a.json'], /did you mean overlay\?/],
    [['map', 'verfy', 'town.tmap'], /Did you mean verify\?/],
    [['completion', 'bsh'], /did you mean bash\?/],
    [['explain', 'LOG_FROMAT'], /did you mean LOG_FORMAT\?/],
  ])('%j', (args, message) => {
    const { code, out, err } = tomare(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });
});

describe('wrong ways in are named before any work', () => {
  const LOG = 'drives/stop-run.csv';
  it.each([
    [
      2,
      'map and log exchanged',
      ['analyze', '--map', LOG, 'town.tmap'],
      /map and log are exchanged; write --map town\.tmap drives\/stop-run\.csv \(USAGE/,
    ],
    [
      3,
      'a log as map',
      ['analyze', '--map', LOG, LOG],
      /stop-run\.csv: it is a log; tomare map build makes a map \(MAP_MAGIC/,
    ],
    [
      3,
      'an extract as map',
      ['match', '--map', 'town.osm.pbf', LOG],
      /build the road map first: tomare map build town\.osm\.pbf -o town\.tmap \(MAP_MAGIC/,
    ],
    [
      3,
      'OSM XML as map',
      ['report', '--map', 'town.osm', LOG, '-o', 'x.html'],
      /it is OpenStreetMap data; build the road map first/,
    ],
    [3, 'a log to look at as a map', ['map', 'info', LOG], /it is a log/],
    [
      2,
      'a map among the logs',
      ['analyze', '--map', 'town.tmap', LOG, 'town.tmap'],
      /town\.tmap: it is a road map, not a log; give it with --map/,
    ],
    [
      2,
      'an extract among the logs',
      ['convert', '--to', 'csv', 'town.osm.pbf'],
      /town\.osm\.pbf: not a log: it is OpenStreetMap data/,
    ],
    [2, 'a map to build from', ['map', 'build', 'town.tmap', '-o', 'x.tmap'], /town\.tmap: it is a road map already/],
    [
      1,
      'no folder for the output',
      ['analyze', '--map', 'town.tmap', LOG, '-o', 'none/x.csv'],
      /none\/x\.csv: there is no folder none; make it first \(OUTPUT/,
    ],
    [1, 'the same of a report', ['report', '--map', 'town.tmap', LOG, '-o', 'none/x.html'], /there is no folder none/],
    [1, 'the same of a map', ['map', 'build', 'town.osm.pbf', '-o', 'none/x.tmap'], /there is no folder none/],
    [
      1,
      'a folder as output',
      ['match', '--map', 'town.tmap', LOG, '-o', 'empty'],
      /empty: it is a folder; name a file/,
    ],
    [
      1,
      'a folder that is not there yet',
      ['analyze', '--map', 'town.tmap', LOG, '-o', 'new/'],
      /new\/: it is a folder; name a file/,
    ],
    [2, 'no log', ['analyze', '--map', 'town.tmap'], /missing required argument 'log'/],
    [2, 'a folder without logs', ['analyze', '--map', 'town.tmap', 'empty'], /empty: no log in it/],
    [2, 'no format to convert to', ['convert', LOG], /name the format with --to \(csv, ndjson, gpx, geojson\)/],
    [
      2,
      'to resume without an output',
      ['analyze', '--map', 'town.tmap', '--resume', LOG],
      /name the output with --out/,
    ],
    [
      2,
      'to resume standard input',
      ['analyze', '--map', 'town.tmap', '--resume', '-', '-o', 'x.csv'],
      /cannot read standard input again/,
    ],
  ])('%i: %s', (code, _, args, message) => {
    writeFileSync(join(folder, 'town.osm'), '<?xml version="1.0"?>\n<osm version="0.6"></osm>\n');
    const { code: ended, out, err } = tomare(args);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/fixes of/); // no log was read
    expect([ended, out]).toEqual([code, '']);
  });

  it('standard input that is a terminal', () => {
    const fake = ['--import', 'data:text/javascript,process.stdin.isTTY=true'];
    const args = ['--disable-warning=ExperimentalWarning', ...fake, main, 'analyze', ...MAP, '-'];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, input: '', encoding: 'utf8' });
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/standard input is a terminal; name a log, or pipe one in/),
    ]);
  });
});

describe('explain, doctor', () => {
  it('a finding in words, in both languages', () => {
    analyze(['drives', '-o', 'all.ndjson', '-q']);
    const list = tomare(['explain', 'all.ndjson']).out;
    expect(list.trimEnd().split('\n')).toHaveLength(9);
    const number = /all\.ndjson#(\d+): .*, stop-run: Stop sign: Violation/.exec(list)?.[1];
    const { code, out } = tomare(['explain', `all.ndjson#${number}`]);
    expect(code).toBe(0);
    expect(out).toContain(
      'Between fixes it cannot have been slower than 18.8 km/h, even if it braked at 3.5 m/s² and the recorded speeds are two standard errors too high.',
    );
    expect(out).toContain('failing to stop at a stop sign, 道路交通法 第43条, 2 points, fine ¥7,000');
    const ja = tomare(['explain', `all.ndjson#${number}`, '--lang', 'ja']).out;
    expect(ja).toContain(
      '測位の間に 3.5 m/s² で減速し、記録された速度が標準誤差の 2 倍だけ高すぎたとしても、18.8 km/h を下回りません。',
    );
    expect(ja).toContain('指定場所一時不停止等');
    const beyond = tomare(['explain', 'all.ndjson#10']);
    expect([beyond.code, beyond.err]).toEqual([
      2,
      expect.stringMatching(/all\.ndjson#10: the file has 9 findings, numbered from 1/),
    ]);
  });

  it('says only what the settings of the result allow to say', () => {
    analyze(['drives/stop-run.csv', '--set', 'stop.decel_mps2=3', '-o', 'soft.ndjson', '-q']);
    expect(tomare(['explain', 'soft.ndjson#1']).out).not.toContain('braking at');
    writeFileSync(join(folder, 'soft.yaml'), 'stop: { decel_mps2: 3 }\n');
    expect(tomare(['explain', 'soft.ndjson#1', '--settings', 'soft.yaml']).out).toContain(
      'even if it braked at 3 m/s²',
    );
  });

  it('doctor: all sound, with a map; a damaged map ends with 3', () => {
    const { code, out } = tomare(['doctor', '--map', 'town.tmap', '--json']);
    expect(code).toBe(0);
    const found = JSON.parse(out) as { what: string; ok: boolean; text: string }[];
    expect(found.map(({ what }) => what)).toEqual([
      'tomare',
      'node',
      'modules',
      'law',
      'places',
      'settings',
      'cache',
      'memory',
      'map',
    ]);
    expect(found.filter(({ ok }) => !ok)).toEqual([]);
    const bytes = readFileSync(join(folder, 'town.tmap'));
    bytes[5000] = (bytes[5000] ?? 0) ^ 1;
    writeFileSync(join(folder, 'flipped.tmap'), bytes);
    const bad = tomare(['doctor', '--map', 'flipped.tmap']);
    expect([bad.code, bad.out]).toEqual([3, expect.stringMatching(/^FAIL +map +flipped\.tmap: tile 0 is damaged/m)]);
  });
});

describe('convert and match', () => {
  it('the format follows from the ending', () => {
    copyFileSync(join(folder, 'drives', 'stop-run.csv'), join(folder, 'one.csv'));
    expect(tomare(['convert', 'one.csv', '-o', 'one.gpx', '-q'])).toEqual({ code: 0, out: '', err: '' });
    expect(readFileSync(join(folder, 'one.gpx'), 'utf8')).toContain('<gpx');
    expect(tomare(['match', ...MAP, 'one.csv', '-o', 'one.match.csv', '-q']).code).toBe(0);
    expect(readFileSync(join(folder, 'one.match.csv'), 'utf8')).toMatch(/^drive,time,lat,lon/);
  });
});
