// SPDX-License-Identifier: MIT
// The page's data as one text: length, JSON, columns; deflated; base64. Written by Node or a browser, read by the page.
import type { PageData } from './model.ts';

async function through(bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream) {
  const done = new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer();
  return new Uint8Array(await done);
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

export async function seal(data: PageData, columns: Uint8Array): Promise<string> {
  const json = new TextEncoder().encode(JSON.stringify(data));
  const all = new Uint8Array(4 + json.length + columns.length);
  new DataView(all.buffer).setUint32(0, json.length, true);
  all.set(json, 4);
  all.set(columns, 4 + json.length);
  return toBase64(await through(all, new CompressionStream('deflate-raw')));
}

export async function unseal(text: string): Promise<{ data: PageData; columns: Uint8Array }> {
  const packed = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const all = await through(packed, new DecompressionStream('deflate-raw'));
  const length = new DataView(all.buffer).getUint32(0, true);
  const data = JSON.parse(new TextDecoder().decode(all.subarray(4, 4 + length))) as PageData;
  return { data, columns: all.subarray(4 + length) };
}
