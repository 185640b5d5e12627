// SPDX-License-Identifier: MIT
// The package's types in dist/types: the declarations that src/index.ts leads to. The result's type is written from its
// JSON Schema, so that who uses the package needs no zod.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { compile } from 'json-schema-to-typescript';
import { jsonSchema } from '../src/report/result.ts';

const root = join(import.meta.dirname, '..');
const out = join(root, 'dist', 'types');
const IMPORT = /((?:from|import) ?\(?['"])(\.{1,2}\/[^'"]+)\.ts(['"])/g;

function emit(): void {
  rmSync(out, { recursive: true, force: true });
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  execFileSync(process.execPath, [tsc, '-p', 'tools/declarations.json', '--outDir', out], {
    cwd: root,
    stdio: 'inherit',
  });
}

async function writeResult(): Promise<void> {
  const options = { bannerComment: '', additionalProperties: false };
  const { $defs } = jsonSchema() as { $defs: { result: object } };
  const text = await compile($defs.result, 'Result', options);
  const about =
    '/** The result of one drive, by the contract "tomare.result/2"; `tomare schema` prints it as JSON Schema. */\n';
  writeFileSync(
    join(out, 'report', 'result.d.ts'),
    text.replace('export interface Result ', `${about}export interface Result `),
  );
}

/** Names the files by what they become, and leaves out those that the entry does not lead to. */
function keepReachable(): void {
  const kept = new Set<string>();
  const visit = (file: string) => {
    if (kept.has(file)) return;
    kept.add(file);
    const text = readFileSync(file, 'utf8');
    for (const [, , target = ''] of text.matchAll(IMPORT)) visit(join(dirname(file), `${target}.d.ts`));
    writeFileSync(file, text.replace(IMPORT, '$1$2.js$3'));
    const foreign = [...text.matchAll(/from ['"]([^.'"][^'"]*)['"]/g)].map(([, name]) => name);
    if (foreign.length > 0) throw new Error(`${relative(out, file)} needs the types of ${foreign.join(', ')}`);
  };
  visit(join(out, 'index.d.ts'));
  for (const entry of readdirSync(out, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && !kept.has(file)) rmSync(file);
  }
}

export async function writeDeclarations(): Promise<void> {
  emit();
  await writeResult();
  keepReachable();
}
