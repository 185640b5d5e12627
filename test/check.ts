// SPDX-License-Identifier: MIT
// The checks beside `npm test`, by name. usage: npm run check -- NAME [OPTIONS]   without a name: the list
import { type Named, runNamed } from '../tools/named.ts';

const CHECKS: readonly Named[] = [
  {
    name: 'native',
    question: 'npm test on the native library instead of WASM',
    start: ['vitest', 'run'],
    env: { TOMARE_ENGINE: 'native' },
  },
  {
    name: 'bench',
    question: 'a bench on the native library: bench accuracy --split train --figures',
    start: 'test/engine/bench.ts',
  },
  {
    name: 'browser',
    question: 'the report, the review and the page of src/web in a real Chromium',
    start: 'test/browser/run.ts',
  },
  {
    name: 'command',
    question: '1,000 drives killed and resumed, memory, completion in shells',
    start: 'test/command/run.ts',
  },
  {
    name: 'analysis',
    question: 'the outputs in DuckDB, pandas, GDAL and LibreOffice; docs/ANALYSIS.md, run',
    start: 'test/analysis/run.ts',
  },
  { name: 'package', question: 'the package, packed, installed and used', start: 'test/package/run.ts' },
  {
    name: 'conditions',
    question: 'conditional restrictions against npm opening_hours',
    start: 'test/conditions/compare.ts',
    env: { TZ: 'Asia/Tokyo' },
  },
  {
    name: 'mutants',
    question: 'the share of one-token changes of rules and matcher that tests notice, and those that live',
    start: 'tools/mutants.ts',
  },
  { name: 'cases', question: 'the shared cases, by their pages', start: 'test/cases/run.ts' },
  { name: 'batch', question: 'the batch with real parts, end to end', start: 'test/batch/run.ts', batch: true },
  {
    name: 'template',
    question: 'template, backfill, workflows, Dockerfile',
    start: ['test/batch/template.sh'],
    batch: true,
  },
  { name: 'cdk', question: 'examples/cdk, held to the template', start: ['test/batch/cdk.sh'], batch: true },
  { name: 'image', question: 'the image, built and served from', start: ['test/batch/image.sh'], batch: true },
];

runNamed('check', CHECKS, process.argv.slice(2));
