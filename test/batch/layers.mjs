// SPDX-License-Identifier: MIT
// Reads a pushed image (dir: form) and fails unless the map is a layer of its own and all above it, which is
// what a release of code pushes, is under 10 MB. usage: node test/batch/layers.mjs FOLDER MAP_BYTES
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const [folder, mapBytes] = process.argv.slice(2);
const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
const layers = manifest.layers.map(({ digest }) => {
  const path = join(folder, digest.replace('sha256:', ''));
  const listing = execFileSync('tar', ['-tvf', path], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const files = listing.split('\n').filter((line) => line.startsWith('-'));
  return { bytes: statSync(path).size, files: files.map((line) => line.split(/\s+/).slice(5).join(' ')) };
});
const at = layers.findIndex(({ files }) => files.includes('opt/tomare/map.tmap'));
const pushed = layers.slice(at + 1).reduce((sum, { bytes }) => sum + bytes, 0);
for (const [i, { bytes, files }] of layers.entries()) {
  console.log(`layer ${i}: ${bytes} bytes, ${files.length} files${i === at ? ` (the map of ${mapBytes} bytes)` : ''}`);
}
console.log(`a release of code pushes ${pushed} bytes`);
if (at < 1 || layers[at].files.length !== 1) throw new Error('the map is not in a layer of its own above the base');
if (pushed >= 10e6) throw new Error('the code is 10 MB or more');
