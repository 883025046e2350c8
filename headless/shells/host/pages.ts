import type { FileStorage } from '../../../datasets/storage/storage.ts';
import { html } from '../../../evaluation/report/markup.ts';
import { Refusal } from '../../../sim/refusal.ts';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  wasm: 'application/wasm',
  bin: 'application/octet-stream',
};

/**
 * A file of the built pages. Where a person is in the app stands behind the `#`, so the page itself is always `/`.
 * @param pages folder that `npm run build` wrote
 */
export async function sendPage(pages: FileStorage, request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (request.method !== 'GET' && request.method !== 'HEAD') return textPage(405, 'Only GET is answered here.');
  const path = decoded(pathname).replace(/^\/+/, '');
  const file = path === '' ? 'index.html' : path;
  const extension = /\.([a-z0-9]+)$/i.exec(file)?.[1]?.toLowerCase() ?? '';
  try {
    const bytes = await pages.read(file);
    // Vite puts a hash of the contents into the names of what it builds.
    const isHashed = file.startsWith('assets/');
    return new Response(request.method === 'HEAD' ? null : (bytes as Uint8Array<ArrayBuffer>), {
      headers: {
        'content-type': TYPES[extension] ?? 'application/octet-stream',
        'content-length': String(bytes.length),
        'cache-control': isHashed ? 'private, max-age=31536000, immutable' : 'no-cache',
      },
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (file === 'index.html') return textPage(503, 'The pages have not been built. Type: npm run build');
    return textPage(404, 'There is no such file.');
  }
}

/** A page of one line, for what happens before there is any other page. */
export function textPage(status: number, line: string): Response {
  const page = html`<!doctype html><html lang="en"><meta charset="utf-8"><title>Wheelhouse</title><p>${line}</p></html>\n`;
  return new Response(page.text, {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  });
}

function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return 'badly-encoded.txt';
  }
}
