// SPDX-License-Identifier: MIT
// The page of src/web as one file for any host: dist/web/index.html.
//   node tools/web.ts           builds it and serves it on the loopback address, until it is told to end
//   node tools/web.ts --build   builds it
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import type { Metafile } from 'esbuild';
import { makeDemo } from '../mapdata/demo/make.ts';
import { bundlePage } from '../src/html/bundle.ts';
import { hash, pageHead } from '../src/html/page.ts';
import { browserScript } from './browser.ts';

const root = join(import.meta.dirname, '..');
const OUT = join(root, 'dist', 'web');

/** The bundled town and its drives, by the paths that src/web/worker.ts names. */
function town(): Map<string, Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'tomare-'));
  try {
    makeDemo(folder);
    const drives = readdirSync(join(folder, 'drives')).sort();
    return new Map([
      ['web/town/town.osm.pbf', readFileSync(join(folder, 'town.osm.pbf'))],
      ...drives.map((name) => [`web/town/${name}`, readFileSync(join(folder, 'drives', name))] as const),
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** An element around its text, which may not end it. */
function element(name: 'script' | 'style', text: string, attributes = ''): string {
  if (text.toLowerCase().includes(`</${name}`)) throw new Error(`a ${name} holds the end of its own element`);
  return `<${name}${attributes}>${text}</${name}>`;
}

/** Its page, its policy as a header has it, and what is bundled in it. */
export interface WebPage {
  html: string;
  policy: string;
  metafiles: Metafile[];
}

export async function webPage(): Promise<WebPage> {
  const report = await bundlePage();
  const [main, worker] = [await browserScript('src/web/main.tsx'), await browserScript('src/web/worker.ts', town())];
  const style = readFileSync(join(root, 'src', 'web', 'style.css'), 'utf8');
  const rules = [
    "default-src 'none'",
    `script-src ${hash(report.script)} ${hash(main.text)} 'wasm-unsafe-eval'`,
    `style-src ${hash(report.style)} ${hash(style)}`,
    'worker-src blob:',
    'img-src data: blob:',
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  const html = `${pageHead('en', rules)}
<link rel="icon" href="data:,">
${element('style', report.style, ' id="report-style"')}
${element('style', style)}
</head>
<body>
<div id="web"></div>
<div id="app"></div>
<script type="text/plain" id="worker">${deflateRawSync(worker.text, { level: 9 }).toString('base64')}</script>
${element('script', report.script, ' id="report-script"')}
${element('script', main.text)}
</body>
</html>
`;
  return { html, policy: `${rules.join('; ')}; frame-ancestors 'none'`, metafiles: [main.metafile, worker.metafile] };
}

export async function buildWeb(): Promise<WebPage> {
  const page = await webPage();
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  writeFileSync(join(OUT, 'index.html'), page.html);
  return page;
}

/** Serves the page on the loopback address; port 0: any that is free. */
export async function serveWeb({ html, policy }: WebPage, port = 0): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    const found = request.method === 'GET' && new URL(request.url ?? '/', 'http://localhost').pathname === '/';
    response.writeHead(found ? 200 : 404, {
      'content-type': found ? 'text/html; charset=utf-8' : 'text/plain',
      'content-security-policy': policy,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    response.end(found ? html : 'there is no such page\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}

if (process.argv[1] === import.meta.filename) {
  const page = await buildWeb();
  process.stderr.write(`${join(OUT, 'index.html')}: ${page.html.length} bytes; any host can serve it as it is\n`);
  if (!process.argv.includes('--build')) {
    const { url } = await serveWeb(page, Number(process.env['PORT'] ?? 0));
    process.stdout.write(`${url}\n`);
    process.stderr.write('tomare: open the address in a browser; Ctrl-C ends\n');
  }
}
