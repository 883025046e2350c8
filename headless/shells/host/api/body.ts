import type { Context } from 'hono';
import type { z } from 'zod';
import { MAX_FILE_BODY, MAX_JSON_BODY } from '../../../../host-api/contract.ts';
import { parseJson, parseOrRefuse } from '../../../../sim/parse.ts';
import { Refusal } from '../../../../sim/refusal.ts';

/**
 * Reads a JSON body by its schema.
 * @throws Refusal `bad-request`, `too-large`
 */
export async function readBody<S extends z.ZodType>(context: Context, schema: S): Promise<z.infer<S>> {
  const where = `${context.req.method} ${context.req.path}`;
  if (!/^application\/json\b/i.test(context.req.header('content-type') ?? '')) {
    throw new Refusal('bad-request', `${where}: content-type`, 'the body is not declared as JSON', 'send JSON');
  }
  const bytes = await readBytes(context, MAX_JSON_BODY);
  const json = parseJson(bytes, { code: 'bad-request', where: `${where}: body`, mend: 'send JSON' });
  return parseOrRefuse(schema, json, { code: 'bad-request', where, mend: 'mend it' });
}

/**
 * Reads a body up to a limit. A body that is longer is not read to its end, whatever length it declared.
 * @throws Refusal `too-large`
 */
export async function readBytes(context: Context, limit = MAX_FILE_BODY): Promise<Uint8Array> {
  const refuse = (): never => {
    const what = `the body is larger than ${limit} bytes`;
    throw new Refusal('too-large', `${context.req.method} ${context.req.path}`, what, 'append it piece by piece');
  };
  if (Number(context.req.header('content-length') ?? 0) > limit) refuse();
  const { body } = context.req.raw;
  if (body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > limit) {
      await reader.cancel().catch(() => undefined);
      refuse();
    }
    chunks.push(value);
  }
  if (chunks.length === 1) return chunks[0]!;
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** @throws Refusal `bad-request` when a query parameter is no whole number from 0 */
export function wholeNumber(context: Context, name: string, fallback?: number): number {
  const text = context.req.query(name);
  if (text === undefined && fallback !== undefined) return fallback;
  const value = /^\d{1,15}$/.test(text ?? '') ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value)) return value;
  const where = `${context.req.method} ${context.req.path}: ${name}`;
  throw new Refusal('bad-request', where, 'it is no whole number', 'give a number from 0');
}
