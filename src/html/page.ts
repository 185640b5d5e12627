// SPDX-License-Identifier: MIT
// The report as one HTML file: style, script and data inside, and a policy that forbids everything else.
import { sha256 } from '../host/node.ts';
import type { Bundle } from './bundle.ts';
import type { Lang } from './model.ts';

/** A source of a Content-Security-Policy: the text of an element, by its checksum. */
export const hash = (text: string) => `'sha256-${btoa(String.fromCharCode(...sha256().update(text).digest()))}'`;

/** What every page of Tomare begins with, up to its style: nothing may be fetched but what the policy names. */
export const pageHead = (lang: Lang, policy: readonly string[]) => `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Tomare</title>`;

export interface PageOptions {
  lang: Lang;
  /** Where `tomare review` takes decisions: the one connection that its page may make. */
  review?: { url: string; token: string };
}

/** `sealed`: what envelope.ts made; base64, so that no text of a drive can end the element. */
export function page({ script, style }: Bundle, sealed: string, options: PageOptions): string {
  const policy = [
    "default-src 'none'",
    `script-src ${hash(script)}`,
    `style-src ${hash(style)}`,
    'img-src data: blob:',
    `connect-src ${options.review ? "'self'" : "'none'"}`,
    "base-uri 'none'",
    "form-action 'none'",
  ];
  const server = options.review
    ? `<i id="server" hidden data-url="${options.review.url}" data-token="${options.review.token}"></i>`
    : '';
  return `${pageHead(options.lang, policy)}
<style>${style}</style>
</head>
<body>
<div id="app"></div>${server}
<script type="text/plain" id="data">${sealed}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** The data and language of a page that `page` made; undefined when it is none. */
export function sealedIn(html: string): { sealed: string; lang: Lang } | undefined {
  const sealed = /<script type="text\/plain" id="data">([A-Za-z0-9+/=]+)<\/script>/.exec(html)?.[1];
  const lang = /<html lang="(en|ja)">/.exec(html)?.[1] as Lang | undefined;
  return sealed === undefined || lang === undefined ? undefined : { sealed, lang };
}
