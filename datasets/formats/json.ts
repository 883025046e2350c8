import type { z } from 'zod';
import { parseOrRefuse } from '../../sim/parse.ts';
import { Refusal } from '../../sim/refusal.ts';

export { decodeText } from '../../sim/decode-text.ts';

/**
 * JSON of a person's file, checked.
 * @param where file (and line), for the refusal
 * @throws Refusal `bad-recording` naming the field
 */
export function parseJson<T>(text: string, schema: z.ZodType<T>, where: string): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const field = /"([^"]+)"\s*:\s*-?(?:NaN|Infinity)\b/.exec(text)?.[1];
    if (field !== undefined) {
      throw new Refusal('bad-recording', `${where}: ${field}`, 'the value is not a finite number', 'mend or delete it');
    }
    throw new Refusal('bad-recording', where, `it is not JSON (${(error as Error).message})`, 'mend or delete it');
  }
  return parseOrRefuse(schema, json, { code: 'bad-recording', where, mend: 'mend the field, or delete the line' });
}
