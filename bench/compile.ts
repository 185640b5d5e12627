// SPDX-License-Identifier: MIT
// The map compiler against the size of the country: CPU time, peak memory and size of the map, in Node, on
// made countries of road nodes alone (the hardest kind of megabyte), with houses as an extract has them, and on
// the real extracts.
// usage: npm run bench:compile [-- --nodes 1e6,4e6,16e6] [--houses 4e6] [--keep]     50e6 takes half a minute
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine } from './machine.ts';
import { compiled, ROOT } from './natives.ts';
import { CACHE, extract } from './places.ts';
import { keep } from './report.ts';

const { values: options } = parseArgs({
  options: {
    nodes: { type: 'string', default: '1e6,4e6,16e6' },
    houses: { type: 'string', default: '4e6' },
    keep: { type: 'boolean', default: false },
  },
});
const tool = compiled('country_pbf', '', 'g++', ['-std=c++20', '-O2'], ['bench/native/country_pbf.cpp'], ['-lz']);

function country(nodes: string, ...more: string[]): string {
  const file = join(CACHE, `${['sorted-country', nodes, ...more].join('-')}.osm.pbf`);
  if (!existsSync(file)) execFileSync(tool, [file, nodes, ...more]);
  return file;
}

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

const inputs: [string, string][] = [
  ...['malta', 'heidelberg'].map((name): [string, string] => [name, extract(name)]),
  ...options.nodes.split(',').map((n): [string, string] => [`made, ${n} nodes`, country(n)]),
  ...options.houses.split(',').map((n): [string, string] => [`made, houses, ${n}`, country(n, 'houses')]),
];
const results = inputs.map(([name, file]) => {
  const r = { name, ...build(file) };
  const perNode = (Math.max(0, r.rss_mib - 256) * 2 ** 20) / r.road_nodes;
  console.log(
    `${name.padEnd(20)} PBF ${(r.pbf / 1e6).toFixed(1).padStart(6)} MB, road nodes ${r.road_nodes.toLocaleString('en').padStart(11)}: ` +
      `CPU ${r.cpu_s.toFixed(2).padStart(6)} s (wall ${r.wall_s.toFixed(2)}), peak ${r.rss_mib.toFixed(0).padStart(5)} MiB ` +
      `(${perNode.toFixed(0)} bytes a node over 256 MiB), map ${(r.map / 1e6).toFixed(1)} MB, ${(r.pbf / 1e6 / r.cpu_s).toFixed(1)} MB of PBF a CPU second, ${(r.pbf / 1e6 / r.wall_s).toFixed(1)} a second`,
  );
  return r;
});
if (options.keep) console.error(`kept as ${keep('compile', { machine: machine(), results } as never)}`);
