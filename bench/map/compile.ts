// SPDX-License-Identifier: MIT
// The map compiler against the size of the country: CPU time, peak memory and size of the map, in Node, on the real
// extracts, on each repeated to so many nodes (a country as it is), and on made countries of road nodes alone (the
// hardest kind of megabyte) and with houses.
// usage: npm run bench -- compile [--repeat 5e6,50e6] [--nodes 1e6,4e6] [--houses 4e6] [--keep]   '' leaves a kind out
import { execFileSync, spawnSync } from 'node:child_process';
import { renameSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine } from '../machine.ts';
import { anyCompiler, compiled, ROOT } from '../natives.ts';
import { CACHE, extract, newer } from '../places.ts';
import { keep } from '../results.ts';

const { values: options } = parseArgs({
  options: {
    repeat: { type: 'string', default: '5e6' },
    nodes: { type: 'string', default: '4e6' },
    houses: { type: 'string', default: '4e6' },
    keep: { type: 'boolean', default: false },
  },
});
/** A country made by a program of bench/native. */
function made(program: 'country_pbf' | 'repeat_pbf', of: string, ...args: string[]): string {
  const sources = [`bench/native/${program}.cpp`];
  const tool = compiled(program, '', anyCompiler(), ['-std=c++20', '-O2'], sources, ['-lz', '-lpthread']);
  const file = join(CACHE, `${program}-${of}.osm.pbf`);
  if (!newer(file, tool)) {
    execFileSync(tool, [`${file}.new`, ...args]);
    renameSync(`${file}.new`, file);
  }
  return file;
}
const listed = (text: string) => text.split(',').filter((n) => n !== '');

const PROBE =
  "data:text/javascript,process.on('exit',()=>{const r=process.resourceUsage();process.stderr.write('@'+r.maxRSS+'@'+(r.userCPUTime+r.systemCPUTime)+'@')})";

function build(file: string) {
  const out = join(CACHE, 'compile.tmap');
  const program = ['--disable-warning=ExperimentalWarning', '--import', PROBE];
  const begin = performance.now();
  const run = spawnSync(process.execPath, [...program, 'src/cli/main.ts', 'map', 'build', file, '-o', out], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const wall_s = (performance.now() - begin) / 1000;
  const [, rss, cpu] = /@(\d+)@(\d+)@$/.exec(run.stderr) ?? [];
  const nodes = Number(/road_nodes: (\d+)/.exec(run.stdout)?.[1]);
  if (run.status !== 0) throw new Error(run.stderr);
  const pbf = statSync(file).size;
  const cpu_s = Number(cpu) / 1e6;
  return { pbf, road_nodes: nodes, map: statSync(out).size, wall_s, cpu_s, rss_mib: Number(rss) / 1024 };
}

const extracts = [...new Set(['malta', 'heidelberg'].map(extract))];
const inputs: [string, string][] = [
  ...extracts.map((file): [string, string] => [basename(file, '.osm.pbf'), file]),
  ...listed(options.repeat).flatMap((n) =>
    extracts.map((file): [string, string] => {
      const name = `${basename(file, '.osm.pbf')}-${n}`;
      return [name, made('repeat_pbf', name, file, n)];
    }),
  ),
  ...listed(options.houses).map((n): [string, string] => [
    `houses-${n}`,
    made('country_pbf', `houses-${n}`, n, 'houses'),
  ]),
  ...listed(options.nodes).map((n): [string, string] => [`roads-${n}`, made('country_pbf', `roads-${n}`, n)]),
];
const results = inputs.map(([name, file]) => {
  const r = { name, ...build(file) };
  const perNode = (Math.max(0, r.rss_mib - 256) * 2 ** 20) / r.road_nodes;
  const megabytes = r.pbf / 1e6;
  console.log(
    `${name.padEnd(16)} PBF ${megabytes.toFixed(1).padStart(6)} MB, road nodes ${r.road_nodes.toLocaleString('en').padStart(11)}: ` +
      `CPU ${r.cpu_s.toFixed(2).padStart(6)} s, ${(megabytes / r.cpu_s).toFixed(1).padStart(5)} MB a second; ` +
      `wall ${r.wall_s.toFixed(2).padStart(6)} s, ${(megabytes / r.wall_s).toFixed(1).padStart(5)} MB a second; ` +
      `peak ${r.rss_mib.toFixed(0).padStart(5)} MiB (${perNode.toFixed(0)} bytes a node over 256 MiB), map ${(r.map / 1e6).toFixed(1)} MB`,
  );
  return r;
});
if (options.keep) console.error(`kept as ${keep('compile', { machine: machine(), results } as never)}`);
