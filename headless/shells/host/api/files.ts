import { type Context, Hono } from 'hono';
import type { FileStorage } from '../../../../datasets/storage/storage.ts';
import { COLLECTIONS, type Collection } from '../../../../host-api/contract.ts';
import { Refusal } from '../../../../sim/refusal.ts';
import { type Library, readOnly } from '../library/library.ts';
import { readBytes, wholeNumber } from './body.ts';
import { parseRange } from './range.ts';

/** Collections whose files pages may change one by one. */
const WRITABLE: readonly Collection[] = ['recordings', 'runs', 'drafts'];
/** A file is sent in pieces of this size, so that a large one never lies in memory whole [bytes]. */
const PIECE = 4 * 1024 * 1024;

/** Files of the things in the library, and the deletion of these things. */
export function filesApi(library: Library): Hono {
  const api = new Hono();
  const turns = new Turns();

  for (const collection of COLLECTIONS) {
    const base = `/${collection}/:id`;
    const open = (context: Context) => library.files(collection, context.req.param('id') ?? '');
    const openToWrite = (context: Context) => {
      if (!WRITABLE.includes(collection)) throw readOnly(collection, context.req.param('id') ?? '');
      return open(context);
    };

    api.delete(base, async (context) => {
      await library.remove(collection, context.req.param('id') ?? '');
      return context.json({ done: true });
    });
    api.get(`${base}/files`, async (context) => {
      const files = await open(context);
      return context.json({ entries: await files.list(context.req.query('folder') ?? '') });
    });
    api.get(`${base}/space`, async (context) => {
      const files = await open(context);
      return context.json({ free: (await files.freeBytes?.()) ?? null });
    });
    // Hono answers HEAD by the GET route, without its body.
    api.get(`${base}/files/*`, async (context) => sendFile(context, await open(context), pathIn(context)));
    api.put(`${base}/files/*`, async (context) => {
      const files = await openToWrite(context);
      const path = pathIn(context);
      const bytes = await readBytes(context);
      const from = context.req.query('from');
      const exclusive = context.req.query('exclusive') === 'true';
      return turns.take(`${files.name}/${path}`, async () => {
        if (from === undefined) await files.write(path, bytes, { exclusive });
        else await files.rename(from, path);
        return context.json({ size: from === undefined ? bytes.length : await files.size(path) });
      });
    });
    api.post(`${base}/files/*`, async (context) => {
      const files = await openToWrite(context);
      const path = pathIn(context);
      const offset = wholeNumber(context, 'offset');
      const truncate = context.req.query('truncate') === 'true';
      const bytes = await readBytes(context);
      const size = await turns.take(`${files.name}/${path}`, () => appendAt(files, path, offset, truncate, bytes));
      return context.json({ size });
    });
    api.delete(`${base}/files/*`, async (context) => {
      const files = await openToWrite(context);
      await files.remove(pathIn(context));
      return context.json({ done: true });
    });
  }
  return api;
}

/** The path behind `/files/`, decoded part by part so that an encoded slash cannot pass for a real one. */
function pathIn(context: Context): string {
  const { pathname } = new URL(context.req.url);
  const encoded = pathname.split('/files/').slice(1).join('/files/');
  return encoded
    .split('/')
    .map((part) => {
      let decoded: string;
      try {
        decoded = decodeURIComponent(part);
      } catch {
        throw new Refusal('bad-path', pathname, 'the path is badly encoded', 'encode it as UTF-8 with percent signs');
      }
      if (decoded.includes('/')) throw new Refusal('bad-path', pathname, 'a name holds a slash', 'use plain names');
      return decoded;
    })
    .join('/');
}

async function appendAt(files: FileStorage, path: string, offset: number, truncate: boolean, bytes: Uint8Array) {
  const size = (await files.exists(path)) ? await files.size(path) : 0;
  if (truncate ? offset > size : offset !== size) {
    throw new Refusal(
      'bad-offset',
      `${files.name}/${path}`,
      `the file has ${size} bytes, not ${offset}`,
      'ask for its size, then append behind that',
    );
  }
  const handle = await files.openAppend(path, truncate ? { truncateTo: offset } : {});
  try {
    await handle.append(bytes);
    if (bytes.length > 0) await handle.sync();
    return handle.size;
  } finally {
    await handle.close();
  }
}

async function sendFile(context: Context, files: FileStorage, path: string): Promise<Response> {
  const size = await files.size(path);
  const range = parseRange(context.req.header('range'), size, `${files.name}/${path}`);
  const start = range?.start ?? 0;
  const end = range?.end ?? size;
  const headers = new Headers({
    'content-type': typeOf(path),
    'content-length': String(end - start),
    'accept-ranges': 'bytes',
    'cache-control': 'no-store',
  });
  if (range) headers.set('content-range', `bytes ${start}-${end - 1}/${size}`);
  // Whatever a file holds, it must not act as a page of ours: no scripts of the app's origin, no requests.
  headers.set('content-security-policy', FILE_POLICY);
  return new Response(context.req.method === 'HEAD' ? null : streamOf(files, path, start, end), {
    status: range ? 206 : 200,
    headers,
  });
}

/** A report may run its own inline scripts, but in an origin of its own and without a way out. */
const FILE_POLICY = [
  "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'",
  "img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
].join('; ');

function streamOf(files: FileStorage, path: string, start: number, end: number): ReadableStream<Uint8Array> {
  let at = start;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (at < end) {
        const piece = await files.readRange(path, at, Math.min(PIECE, end - at));
        if (piece.length === 0) throw new Error(`${files.name}/${path} was cut while it was read`);
        at += piece.length;
        controller.enqueue(piece);
      }
      if (at >= end) controller.close();
    },
  });
}

const TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  jsonl: 'application/x-ndjson',
  html: 'text/html; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
};

function typeOf(path: string): string {
  return TYPES[path.split('.').at(-1)!.toLowerCase()] ?? 'application/octet-stream';
}

/** Lets the changes of one file happen one after the other. */
class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  async take<T>(key: string, job: () => Promise<T>): Promise<T> {
    const next = (this.#last.get(key) ?? Promise.resolve()).catch(() => undefined).then(job);
    this.#last.set(key, next);
    try {
      return await next;
    } finally {
      if (this.#last.get(key) === next) this.#last.delete(key);
    }
  }
}
