// SPDX-License-Identifier: MIT
// The benches by name. usage: npm run bench [-- NAME] [OPTIONS]   --list prints the names; without a name: wasm
import { type Named, runNamed } from '../tools/named.ts';

const BENCHES: readonly Named[] = [
  { name: 'wasm', question: 'How much slower is WASM than native?', start: 'bench/speed/wasm.ts' },
  { name: 'speed', question: 'How many fixes per second, rules included?', start: 'bench/speed/rate.ts' },
  { name: 'profile', question: 'Where does the time go, by stage and function?', start: 'bench/speed/profile.ts' },
  { name: 'instructions', question: 'Has a fixed drive become dearer?', start: 'bench/speed/instructions.ts' },
  { name: 'slow', question: 'How much dearer is the worst fix than the median one?', start: 'bench/speed/slow.ts' },
  { name: 'reading', question: 'How fast is each log format read?', start: 'bench/speed/reading.ts' },
  {
    name: 'reading-memory',
    question: 'How much memory does a large log take?',
    start: 'bench/speed/reading_memory.ts',
  },
  { name: 'cold', question: 'How long from process start to first result?', start: 'bench/cold/cold.ts' },
  { name: 'map', question: "Does the map's size matter?", start: 'bench/map/size.ts' },
  { name: 'compile', question: 'What does compiling a map cost?', start: 'bench/map/compile.ts' },
  { name: 'kubicka', question: 'Route mismatch on 50 real tracks?', start: 'bench/real/kubicka.ts' },
  { name: 'kubicka-floor', question: 'What can no shortest way find there?', start: 'bench/real/kubicka_floor.ts' },
  { name: 'curitiba', question: 'Speeding against a log that knows its limits?', start: 'bench/real/curitiba.ts' },
  { name: 'curitiba-route', question: 'Route mismatch at fewer fixes?', start: 'bench/real/curitiba_route.ts' },
  { name: 'porto', question: 'Who is accused among 280 taxi trips?', start: 'bench/real/porto.ts' },
  { name: 'accuracy', question: 'How often is a finding true, a violation found?', start: 'bench/accuracy/main.ts' },
  { name: 'peers', question: 'How fast beside Valhalla, OSRM, GraphHopper?', start: 'bench/peers/peers.ts' },
  { name: 'match', question: 'The same, with the geometry of the ways?', start: 'bench/peers/match.ts' },
  { name: 'lambda', question: 'Cold, warm, memory in the emulator?', start: 'bench/batch/lambda.ts', batch: true },
  { name: 'pipeline', question: 'Does a batch wait for S3?', start: 'bench/batch/pipeline.ts' },
  { name: 'power', question: 'Which memory and batch size?', start: 'bench/batch/power.ts', batch: true },
  { name: 'cost', question: 'What does a million drives cost?', start: 'bench/batch/cost.ts' },
  {
    name: 'lead-time',
    question: 'How long from a change to the function that serves it?',
    start: 'bench/batch/lead_time.ts',
    batch: true,
  },
  { name: 'documents', question: "Are the documents' tables those of results/?", start: 'bench/documents/main.ts' },
];

runNamed('bench', BENCHES, process.argv.slice(2), 'wasm');
