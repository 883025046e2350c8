import { z } from 'zod';
import { Refusal } from '../sim/refusal.ts';

/** Names that Windows keeps for devices, whatever follows the first dot. */
const DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/;

/** Whether this can be the id of something in the library: one folder name, the same on every system. */
export function isId(text: string): boolean {
  return ID.test(text) && !text.endsWith('.') && !text.endsWith('.tmp') && !DEVICE.test(text);
}

/** Id of something in the library; it is the name of its folder. What a person calls it stands beside it, as `name`. */
export const idSchema = z
  .string()
  .refine(isId, 'must be 1 to 80 letters, digits, dots, dashes and underscores, starting with a letter or digit');

/** A driver, by an id or a word, or by a word and an argument: `mine`, `expert`, `constant:3`. Paths have no place here. */
export const driverNameSchema = z
  .string()
  .max(120)
  .refine((text) => isId(text.replace(/^[a-z]+:/, '')), 'must be the id of a model, or the name of a driver');

/** @throws Refusal `bad-id` */
export function checkId(kind: string, text: string): string {
  if (isId(text)) return text;
  throw new Refusal(
    'bad-id',
    `${kind} ${JSON.stringify(text.slice(0, 100))}`,
    'this is no id',
    'use 1 to 80 letters, digits, dots, dashes and underscores, starting with a letter or digit',
  );
}

/** An id made from a name: `Rainy loop #2` becomes `rainy-loop-2`. A caller appends a number where it is taken. */
export function idFromName(name: string, fallback: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/[^\w.-]+/g, '-')
    .replaceAll(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '')
    .toLowerCase()
    .slice(0, 60)
    .replace(/[^a-z0-9]+$/, '');
  return isId(plain) ? plain : fallback;
}
