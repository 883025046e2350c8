import type { z } from 'zod';
import { decodeText } from './decode-text.ts';
import { Refusal } from './refusal.ts';

/** How a value from outside is refused when it is not what it should be. */
export interface Refused {
  /** Stable code for scripts. */
  readonly code: string;
  /** Where the value comes from, e.g. a file; the field at fault is added. */
  readonly where: string;
  /** Stands between the two; `: ` by default. */
  readonly joint?: string;
  readonly mend: string;
}

/**
 * Checks a value from outside by its schema.
 * @throws Refusal that names the first field at fault
 */
export function parseOrRefuse<S extends z.ZodType>(schema: S, value: unknown, refused: Refused): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  const field = path.map(String).join('.');
  const { code, where, joint = ': ', mend } = refused;
  throw new Refusal(code, field === '' ? where : `${where}${joint}${field}`, message, mend);
}

/**
 * Reads JSON from outside.
 * @param text bytes are UTF-8 or UTF-16
 * @throws Refusal when it is none
 */
export function parseJson(text: string | Uint8Array, { code, where, mend }: Refused): unknown {
  try {
    return JSON.parse(typeof text === 'string' ? text : decodeText(text, { unicode: true }));
  } catch (error) {
    throw new Refusal(code, where, `it is not JSON (${(error as Error).message})`, mend);
  }
}
