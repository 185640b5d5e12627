// SPDX-License-Identifier: MIT
// Writes the README's table of speed between its markers, from the newest accepted runs in bench/results.
// usage: npm run bench -- readme [--check]
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newest } from '../results.ts';
import { type Run, summaries } from '../speed/report.ts';

interface Peers {
  peers: Record<string, { build_s: number; bytes: number; rates: Record<string, { fixes_per_s: number }> }>;
}
interface Cold {
  starts: { name: string; cpu_over_bare_ms: number; rss_mib: number }[];
}

const BEGIN = '<!-- bench -->';
const END = '<!-- /bench -->';
const FILE = join(import.meta.dirname, '..', '..', 'README.md');

function table(): string {
  const lines: string[] = [];
  const speed = newest<Run>('speed');
  if (speed) {
    lines.push('| drive | native, ms | WASM, ms | WASM ÷ native (95 %) |', '|---|---|---|---|');
    for (const { cell, rows } of speed.cells) {
      const wasm = rows.find((r) => r.variant === 'wasm');
      const base = rows[0];
      if (!wasm || !base) continue;
      const interval = `${wasm.low.toFixed(2)}–${wasm.high.toFixed(2)}`;
      lines.push(
        `| ${cell} | ${base.cpu_ms.toFixed(1)} | ${wasm.cpu_ms.toFixed(1)} | ${wasm.ratio.toFixed(2)} (${interval}) |`,
      );
    }
    const { hot, cold } = summaries(speed.cells);
    const means = [
      ...(hot ? [`Geometric mean of the hot cells ${hot.mean.toFixed(2)}, worst ${hot.worst.toFixed(2)}`] : []),
      ...(cold ? [`with cold pages ${cold.mean.toFixed(2)}`] : []),
    ].join('; ');
    lines.push('', `${means}. Native is ${speed.baseline}; ${speed.machine.cpu}.`, '');
  }
  const peers = newest<Peers>('peers');
  if (peers) {
    lines.push('| Malta, an hour | fixes/s at 1 s | at 5 s | at 10 s | map, MB |', '|---|---|---|---|---|');
    for (const [name, p] of Object.entries(peers.peers)) {
      const rates = ['1', '5', '10'].map((s) => Math.round(p.rates[s]?.fixes_per_s ?? 0).toLocaleString('en'));
      lines.push(`| ${name} | ${rates.join(' | ')} | ${(p.bytes / 1e6).toFixed(1)} |`);
    }
    lines.push('');
  }
  const bundle = newest<Cold>('cold')?.starts.find((s) => s.name.startsWith('dist'));
  if (bundle) {
    const start = `${bundle.cpu_over_bare_ms.toFixed(0)} ms of CPU over a bare \`node -e 0\`, ${bundle.rss_mib.toFixed(0)} MiB resident`;
    lines.push(`Process start to first result, bundled: ${start}, whatever the size of the map.`, '');
  }
  return `${BEGIN}\n${lines.join('\n')}${END}`;
}

const text = readFileSync(FILE, 'utf8');
const between = new RegExp(`${BEGIN}[^]*${END}`);
if (!between.test(text)) throw new Error(`README.md has no ${BEGIN} … ${END}`);
const renewed = text.replace(between, table());
if (!process.argv.includes('--check')) writeFileSync(FILE, renewed);
else if (renewed !== text)
  throw new Error('the table of README.md is not that of bench/results: npm run bench -- readme');
