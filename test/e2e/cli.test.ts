// SPDX-License-Identifier: MIT
// The command itself, as a process: exit codes, what goes to which stream, and outputs that are whole or absent.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeDemo } from '../../mapdata/demo/make.ts';
import { writeOsmPbf } from '../../mapdata/demo/osm_pbf.ts';
import { inOrder } from '../../src/cli/pool.ts';
import { buildMap } from '../../src/mapbuild.ts';

const folder = mkdtempSync(join(tmpdir(), 'tomare-'));
const map = join(folder, 'town.tmap');
const drives = join(folder, 'drives');
const main = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts');

beforeAll(async () => {
  makeDemo(folder);
  await buildMap({ inputs: [join(folder, 'town.osm.pbf')], output: map });
  writeFileSync(join(folder, 'bad.csv'), 'time,lat,lon\n2026-10-05T10:00:00Z,north,139\n');
});

function run(args: readonly string[], input?: Buffer, stdout: 'pipe' | number = 'pipe') {
  const command = ['--disable-warning=ExperimentalWarning', main, ...args];
  const done = spawnSync(process.execPath, command, {
    input: input ?? '',
    stdio: ['pipe', stdout, 'pipe'],
    encoding: 'utf8',
  });
  return { code: done.status, out: done.stdout, err: done.stderr };
}
const analyze = (...args: string[]) => run(['analyze', '--map', map, ...args]);
const ids = (ndjson: string) =>
  ndjson
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).drive.id);
const drive = (id: string) => join(drives, `${id}.csv`);

describe('a regulation overlay', () => {
  it('is merged, what no road takes is listed, and findings cite it', () => {
    // a limit of 10 km/h drawn along a lawful drive, and a one-way street in the sea
    const fixes = readFileSync(drive('lawful-arterial'), 'utf8').trimEnd().split('\n');
    const header = fixes[0]?.split(',') ?? [];
    const [lat, lon] = ['lat', 'lon'].map((name) => header.indexOf(name)) as [number, number];
    const places = fixes.slice(30, 60).map((line) => line.split(','));
    const line = places.map((cells) => `${cells[lon]} ${cells[lat]}`).join(';');
    const overlay = join(folder, 'rows.csv');
    writeFileSync(overlay, `kind,line,value\nlimit,${line},10\noneway,139 34;139.01 34,\nspeed,139 34;139.01 34,\n`);
    const output = join(folder, 'overlay.tmap');
    const built = run(['map', 'build', join(folder, 'town.osm.pbf'), '-o', output, '--overlay', overlay]);
    expect([built.code, built.err]).toEqual([
      0,
      `tomare: overlay: 1 rows used, 2 rows left out\ntomare: overlay: see ${output}.left-out.csv for the reasons\n`,
    ]);
    expect(built.out).toContain('overlay_limits: 1');
    const [head, ...left] = readFileSync(`${output}.left-out.csv`, 'utf8').trimEnd().split('\n');
    expect([head, left[0]]).toEqual(['row,reason', '3,no road within 20 m']);
    expect(left[1]).toMatch(/^4,"kind speed is none of .*"$/);
    const { out } = run(['analyze', '--map', output, '--format', 'ndjson', drive('lawful-arterial')]);
    const [finding] = JSON.parse(out).findings;
    expect([finding.rule, finding.verdict, finding.source]).toEqual(['speeding', 'violated', { tag: 'overlay:limit' }]);
  });
});

describe('a batch', () => {
  it.each(['1', '2'])('a bad log fails alone, and NDJSON stays pure (--jobs %s)', (jobs) => {
    const logs = [drive('stop-run'), join(folder, 'bad.csv'), '/none/x.csv', '/dev/null/y.csv', drive('lawful-errand')];
    const { code, out, err } = analyze('--format', 'ndjson', '--jobs', jobs, ...logs);
    expect(code).toBe(1);
    expect(ids(out)).toEqual(['stop-run', 'lawful-errand']);
    const all = err.trimEnd().split('\n');
    const read = all.filter((line) => line.includes(' fixes of '));
    expect(read).toHaveLength(2);
    expect(read[0]).toMatch(/stop-run\.csv: csv; 209 fixes of 209 rows; speed from "speed_kmh" in km\/h; zone of each/);
    const lines = all.filter((line) => !read.includes(line));
    expect(lines[0]).toMatch(/^tomare: A value of .* number: .*bad\.csv:2: latitude is a text .* \(LOG_NUMBER 118\)$/);
    expect(lines[1]).toMatch(/^tomare: The log cannot be read: \/none\/x\.csv: ENOENT \(LOG_READ 100\)$/);
    expect(lines[2]).toMatch(/^tomare: The log cannot be read: \/dev\/null\/y\.csv: ENOTDIR/);
    expect(lines).toHaveLength(3);
  });

  it.each(['1', '2'])('whatever one log does, the results of the others are written (--jobs %s)', (jobs) => {
    const deep = join(folder, 'deep.gpx.gz');
    writeFileSync(deep, gzipSync(`<gpx>${'<a>'.repeat(2_000_000)}`));
    const wide = join(folder, 'wide.csv');
    writeFileSync(wide, `time,lat,lon${',x'.repeat(90_000)}\n`);
    const logs = [deep, drive('stop-run'), wide, drive('lawful-errand')];
    const { code, out, err } = analyze('--format', 'ndjson', '--jobs', jobs, ...logs);
    expect([code, ids(out)]).toEqual([1, ['stop-run', 'lawful-errand']]);
    expect(err).toMatch(/deep\.gpx\.gz:1: elements are nested deeper than 64 \(LOG_DEPTH 137\)/);
    expect(err).toMatch(/wide\.csv:1: more than 1000 columns \(LOG_WIDTH 138\)/);
  });

  it('names of drives are different in one run', () => {
    const other = join(folder, 'other');
    mkdirSync(other, { recursive: true });
    writeFileSync(join(other, 'stop-run.csv'), readFileSync(drive('stop-run')));
    const { out } = analyze('--format', 'ndjson', drive('stop-run'), join(other, 'stop-run.csv'));
    expect(ids(out)).toEqual(['drives/stop-run', 'other/stop-run']);
  });

  it('a drive of which nothing could be judged does not read as one without a finding', () => {
    const away = join(folder, 'away.csv');
    const row = (i: number) => `2026-10-05T01:00:${String(i).padStart(2, '0')}Z,35.12${i < 2 ? '0' : '9'}${i},139.4190`;
    writeFileSync(away, ['time,lat,lon', ...Array.from({ length: 9 }, (_, i) => row(i))].join('\n'));
    const table = analyze('--format', 'table', away).out;
    expect(table).toMatch(
      /^nothing could be judged\njudged 0 of 0 places and 0\.0 of .* km for speed; \d+ % of the drive off/,
    );
    expect(analyze('--format', 'table', drive('lawful-errand')).out).toMatch(
      /^no finding\njudged 3 of 3 places and 2\.\d of/,
    );
  });

  it('columns, vehicle and driver by options', () => {
    const log = join(folder, 'named.csv');
    const [, ...lines] = readFileSync(drive('stop-run'), 'utf8').trimEnd().split('\n');
    writeFileSync(log, ['a,b,c,d,e,f', ...lines].join('\n'));
    const choice = ['--columns', 'time=a,lat=b,lon=c,speed=kmh:d', '--vehicle-id', 'V7', '--driver-id', 'D1'];
    const [result] = [JSON.parse(analyze(...choice, log).out)];
    expect(result.drive).toMatchObject({ id: 'named', vehicle_id: 'V7', driver_id: 'D1' });
    expect(result.input.columns).toEqual({ time: 'a', lat: 'b', lon: 'c', speed: 'd' });
    expect(analyze('--columns', 'place=a', log).code).toBe(2);
  });

  it('a folder stands for its files; no progress bar in a pipe', () => {
    const { code, out, err } = analyze('--format', 'ndjson', drives);
    expect(code).toBe(0);
    expect(ids(out)).toEqual(
      readdirSync(drives)
        .sort()
        .map((file) => file.replace('.csv', '')),
    );
    expect(err).toMatch(/^(tomare: .*csv; \d+ fixes of \d+ rows; .*\n){15}$/);
  });

  it('standard input, gzipped, and the format by content', () => {
    const bytes = gzipSync(readFileSync(drive('stop-run')));
    const { code, out } = run(['analyze', '--map', map, '--format', 'ndjson', '-'], bytes);
    expect(code).toBe(0);
    expect(ids(out)).toEqual(['stdin']);
  });

  it('a worker that dies fails its log only', async () => {
    const worker = join(folder, 'worker.mjs');
    writeFileSync(
      worker,
      `import { parentPort } from 'node:worker_threads';
       parentPort.on('message', (task) => {
         if (task === null) return parentPort.close();
         if (task.file.startsWith('bad')) throw new Error('it died');
         parentPort.postMessage({ index: task.index, outcome: { result: task.file } });
       });`,
    );
    const batch = { want: 'result', session: { map }, analyze: {} } as const;
    const files = ['bad1', 'a', 'bad2', 'bad3', 'b', 'c', 'bad4'];
    const outcomes = await Array.fromAsync(inOrder(files, batch, { jobs: 2, program: new URL(`file://${worker}`) }));
    const expected = files.map((f) => (f.startsWith('bad') ? { error: `${f}: it died` } : { result: f }));
    expect(outcomes).toEqual(expected);
  });
});

describe('wrong use ends with 2 before the first log', () => {
  it.each([
    ['no log', ['analyze', '--map', 'MAP'], /missing required argument/],
    ['an unknown option', ['analyze', '--map', 'MAP', '--frob', 'x.csv'], /unknown option '--frob'/],
    ['an unknown format', ['analyze', '--map', 'MAP', '--format', 'pdf', 'x.csv'], /Allowed choices are json/],
    ['jobs that are none', ['analyze', '--map', 'MAP', '--jobs', '0', 'x.csv'], /a whole number from 1/],
    [
      'a time zone that is none',
      ['analyze', '--map', 'MAP', '--tz', 'Mars', 'x.csv'],
      /--tz: "Mars" is not a time zone/,
    ],
    ['an abbreviation', ['analyze', '--map', 'MAP', '--tz', 'JST', 'x.csv'], /--tz: "JST" .*use Asia\/Tokyo/],
    [
      'a profile that is none',
      ['analyze', '--map', 'MAP', '--profile', 'xx', 'x.csv'],
      /'xx' is invalid\. Allowed choices are auto, none, de/,
    ],
    ['settings that are none', ['analyze', '--map', 'MAP', '--settings', '/none', 'x.csv'], /\/none: .*SETTINGS 110/],
    ['an empty folder', ['analyze', '--map', 'MAP', 'EMPTY'], /empty: no log in it \(USAGE 113\)/],
    ['an error that is none', ['explain', 'NOPE'], /there is no verdict, reason, rule or error "NOPE"/],
  ])('%s', (_, args, message) => {
    mkdirSync(join(folder, 'empty'), { recursive: true });
    const { code, out, err } = run(args.map((a) => (a === 'MAP' ? map : a === 'EMPTY' ? join(folder, 'empty') : a)));
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(out).toBe('');
  });

  it('a setting that is none is named with its line', () => {
    const settings = join(folder, 'settings.yaml');
    const text = readFileSync(join(import.meta.dirname, '..', '..', 'settings.yaml'), 'utf8');
    writeFileSync(settings, text.replace('sigma_m:', 'sigma:'));
    const { code, err } = analyze('--settings', settings, drive('lawful-errand'));
    expect(code).toBe(2);
    expect(err).toMatch(/settings\.yaml:4: match\.sigma is no setting; .*SETTINGS 110/);
  });
});

describe('a map that cannot be used ends with 3', () => {
  it.each([
    ['missing', 'none.tmap', undefined, /none\.tmap \(MAP_OPEN 10\)/],
    ['something else', 'other.tmap', 'x'.repeat(5000), /MAP_MAGIC 12/],
    ['a folder', '.', undefined, /MAP_/],
  ])('%s', (_, name, content, message) => {
    if (content !== undefined) writeFileSync(join(folder, name), content);
    const { code, out, err } = run(['analyze', '--map', join(folder, name), drive('lawful-errand')]);
    expect(err).toMatch(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect([code, out]).toEqual([3, '']);
  });

  it('an extract that is missing', () => {
    const { code, err } = run(['map', 'build', '/none.osm.pbf', '-o', join(folder, 'x.tmap')]);
    expect(code).toBe(3);
    expect(err).toMatch(/\/none\.osm\.pbf: ENOENT \(PBF_READ 129\)/);
    expect(readdirSync(folder).filter((f) => f.startsWith('x.tmap'))).toEqual([]);
  });

  it('verify names the damaged tile and section', () => {
    const bytes = readFileSync(map);
    bytes[5000] = (bytes[5000] ?? 0) ^ 1;
    const path = join(folder, 'flipped.tmap');
    writeFileSync(path, bytes);
    const { code, out, err } = run(['map', 'verify', path]);
    expect(code).toBe(3);
    expect(out).toMatch(/^\d+ tiles, 1 damaged\n$/);
    expect(err).toMatch(/A tile .* damaged: .*flipped\.tmap, tile 0, section 4 of FORMAT\.md, byte 4096 \(/);
  });
});

describe('outputs', () => {
  it('are whole, or not there', () => {
    const out = join(folder, 'results.json');
    expect(analyze('--out', out, drive('stop-run')).code).toBe(0);
    expect(JSON.parse(readFileSync(out, 'utf8')).drive.id).toBe('stop-run');
    const { code, err } = analyze('--out', '/dev/null/results.json', drive('stop-run'));
    expect(code).toBe(1);
    expect(err).toMatch(/\/dev\/null\/results\.json: ENOTDIR; nothing was left behind \(OUTPUT 112\)/);
  });

  it('a full disk', () => {
    const { code, err } = analyze('--out', '/dev/full', drive('stop-run'));
    expect(code).toBe(1);
    expect(err).toMatch(/The disk is full: \/dev\/full: .*OUTPUT_FULL 128/);
    const full = openSync('/dev/full', 'w');
    const streamed = run(['analyze', '--map', map, '--format', 'ndjson', drive('stop-run')], undefined, full);
    closeSync(full);
    expect(streamed.code).toBe(1);
    expect(streamed.err).toMatch(/The disk is full: standard output/);
  });

  it('a folder is no output', () => {
    expect(analyze('--out', folder, drive('stop-run')).err).toMatch(/it is a folder.*OUTPUT 112/);
  });
});

describe('map build and info', () => {
  it('list what was dropped by its reason', () => {
    const node = (id: number, lat: number, lon: number) => ({ id, lat, lon });
    const way = (id: number, ...refs: number[]) => ({ id, refs, tags: { highway: 'residential' } });
    const ban = (id: number, kind: string, from: number, via: number, to: number) => ({
      id,
      tags: { type: 'restriction', restriction: kind },
      members: [
        { type: 'way' as const, ref: from, role: 'from' },
        { type: 'node' as const, ref: via, role: 'via' },
        { type: 'way' as const, ref: to, role: 'to' },
      ],
    });
    const data = {
      nodes: [node(1, 35, 139), node(2, 35.001, 139), node(3, 35.001, 139.001), node(4, 35.002, 139)],
      ways: [way(10, 1, 2), way(11, 2, 3), way(12, 2, 4)],
      relations: [
        ban(20, 'no_right_turn', 10, 2, 11),
        ban(21, 'no_left_turn', 10, 2, 99),
        ban(22, 'no_left_turn', 10, 3, 11),
        ban(23, 'no_parking', 10, 2, 11),
      ],
    };
    const input = join(folder, 'bans.osm.pbf');
    writeFileSync(input, writeOsmPbf(data));
    const list = join(folder, 'bans.csv');
    const built = run(['map', 'build', input, '-o', join(folder, 'bans.tmap'), '--name', 'Bans', '--left-out', list]);
    const { code, out, err } = run(['map', 'info', join(folder, 'bans.tmap')]);
    expect([built.code, built.err, built.out]).toEqual([0, '', out]);
    expect([code, err]).toEqual([0, '']);
    const lines = out.trimEnd().split('\n');
    for (const line of lines) expect(line).toMatch(/^ *[a-z]\w+( \w+)*: \S.* {2}# \S/);
    const figures = lines.map((line) => line.replace(/ *# .*$/, ''));
    expect(figures.slice(0, 2)).toEqual(['name: Bans', 'format: 3']);
    expect(figures.join('\n')).toMatch(/^restrictions: 4\nrestrictions_kept: 1$/m);
    expect(figures).toContain('place: JP, Asia/Tokyo, profile jp');
    const dropped = ['restrictions dropped: 3', '  missing member: 1', '  not connected: 1', '  unknown kind: 1'];
    expect(figures.slice(-4)).toEqual(dropped);
    const json = JSON.parse(run(['map', 'info', '--json', join(folder, 'bans.tmap')]).out);
    expect(json).toMatchObject({ name: 'Bans', format: 3, statistics: { restrictions: 4, restrictions_kept: 1 } });
    expect(json.places).toMatchObject([{ country: 'JP', zone: 'Asia/Tokyo', profile: 'jp' }]);
    const rows = ['relation,reason', '21,missing member', '22,not connected', '23,unknown kind', ''];
    expect(readFileSync(list, 'utf8')).toBe(rows.join('\n'));
  });
});
