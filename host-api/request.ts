import type { z } from 'zod';
import { Refusal } from '../sim/refusal.ts';
import { apiErrorSchema } from './contract.ts';

/** `fetch`, or a handler called directly. */
export type Fetch = (request: Request) => Promise<Response>;

/** An error that the host gave. Its message already says where, what and how to mend it. */
export class HostRefusal extends Refusal {
  /** HTTP status. */
  readonly status: number;

  constructor(code: string, message: string, status: number) {
    super(code, '', message, '');
    this.message = message;
    this.status = status;
  }
}

/**
 * Asks the host.
 * @param base address of the host, e.g. `location.origin`
 * @param path path under `/api`, e.g. `/recordings`
 * @throws HostRefusal when the host refuses; Refusal `host-gone` when it does not answer
 */
export async function ask(fetch: Fetch, base: string, path: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(new Request(`${base}/api${path}`, init));
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new Refusal('host-gone', '', 'Wheelhouse does not answer', 'start it again, then reload this page');
  }
  if (response.ok) return response;
  const body = apiErrorSchema.safeParse(await response.json().catch(() => undefined));
  const { code, message } = body.data?.error ?? { code: 'fault', message: `the host answered ${response.status}` };
  throw new HostRefusal(code, message, response.status);
}

/** Asks with a JSON body and reads a JSON answer, checked by its schema. */
export async function askJson<S extends z.ZodType>(
  fetch: Fetch,
  base: string,
  path: string,
  schema: S,
  init: { method?: string; body?: unknown; signal?: AbortSignal } = {},
): Promise<z.infer<S>> {
  const { method = 'GET', body, signal } = init;
  const response = await ask(fetch, base, path, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    ...(signal && { signal }),
  });
  return schema.parse(await response.json());
}

/** A storage path as part of an address; slashes stay. */
export function addressOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
