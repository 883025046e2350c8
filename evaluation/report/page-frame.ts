import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { html, Markup } from './markup.ts';
import { STYLE } from './style.ts';

/**
 * One self-contained page: no scripts, nothing from elsewhere. Its own security policy allows no more than its style and
 * its pictures.
 * @param ownStyle rules beside those that all our pages have
 */
export function pageFrame(title: string, body: Markup, ownStyle = ''): string {
  const style = STYLE + ownStyle;
  const policy = `default-src 'none'; img-src data:; style-src 'sha256-${sha256Base64(style)}'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="${policy}"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<title>${title} · wheelhouse</title>
<style>${new Markup(style)}</style>
</head>
<body>
${body}
</body>
</html>
`.text;
}

/** SHA-256 of a text, in base64 as a security policy wants it. */
function sha256Base64(text: string): string {
  return btoa(String.fromCharCode(...sha256(utf8ToBytes(text))));
}
