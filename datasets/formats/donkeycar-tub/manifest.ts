import { z } from 'zod';
import { Refusal } from '../../../sim/refusal.ts';
import type { FileStorage } from '../../storage/storage.ts';
import { decodeText, parseJson } from '../json.ts';
import { lastPart } from '../picture-names.ts';

export const MANIFEST = 'manifest.json';
const CATALOG = /\.catalog$/;
/** Records in a catalog unless the manifest says otherwise: DonkeyCar's own number. */
const CATALOG_LENGTH = 1000;

const namesSchema = z.array(z.string());
const objectSchema = z.record(z.string(), z.json());
const catalogsSchema = z.object({
  paths: z.array(z.string()),
  deleted_indexes: z.array(z.int()).default([]),
  max_len: z.int().min(1).default(CATALOG_LENGTH),
});

/** What the manifest of a tub says, or what can be known without it. */
export interface TubManifest {
  /** Fields of the records with their types, as far as they are told. */
  readonly inputs: readonly string[];
  readonly types: readonly string[];
  readonly user: z.infer<typeof objectSchema>;
  readonly session: z.infer<typeof objectSchema>;
  /** Catalogs in order. */
  readonly paths: readonly string[];
  /** Positions over all catalogs of the records that are marked as deleted. */
  readonly deleted: ReadonlySet<number>;
  /** Records of a catalog that is full. */
  readonly catalogLength: number;
  /** Catalogs in the folder that it does not list. */
  readonly unlisted: readonly string[];
  /** What is missing or torn in it, for people. */
  readonly notes: readonly string[];
}

/** Names of the catalogs in a folder, in the order of their numbers. */
export async function findCatalogs(storage: FileStorage): Promise<string[]> {
  const names = (await storage.list()).filter(({ name, kind }) => kind === 'file' && CATALOG.test(name));
  return names.map(({ name }) => name).sort((a, b) => numberOf(a) - numberOf(b) || (a < b ? -1 : 1));
}

/**
 * Reads the manifest of a tub. DonkeyCar rewrites it with each record, so a car that is switched off, or DonkeyCar's own
 * rewriting of a long line by a shorter one, leaves it torn: each line is taken for as much as it says, and all catalogs
 * are read when it cannot say which.
 * @throws Refusal `bad-recording` when it contradicts itself
 */
export async function readManifest(storage: FileStorage): Promise<TubManifest> {
  const found = await findCatalogs(storage);
  const notes: string[] = [];
  const there = await storage.exists(MANIFEST);
  const lines = there ? decodeText(await storage.read(MANIFEST)).split('\n') : [];
  if (!there) notes.push(`${MANIFEST} is missing`);
  const read = <T>(line: number, schema: z.ZodType<T>): T | undefined => {
    if (!there) return undefined;
    return readLine(lines[line - 1] ?? '', schema, `${storage.name}/${MANIFEST}:${line}`, notes);
  };
  const inputs = read(1, namesSchema) ?? [];
  const types = read(2, namesSchema) ?? [];
  if (inputs.length > 0 && types.length > 0 && types.length !== inputs.length) {
    const what = `${types.length} types for ${inputs.length} fields`;
    const mend = `restore the file, or delete it: all catalogs are then read without it`;
    throw new Refusal('bad-recording', `${storage.name}/${MANIFEST}:2`, what, mend);
  }
  const user = read(3, objectSchema) ?? {};
  const session = read(4, objectSchema) ?? {};
  const catalogs = read(5, catalogsSchema);
  if (catalogs === undefined) {
    const what = `all catalogs of the folder are read (${found.length})`;
    notes.push(`${what}; which records were marked as deleted is not known`);
  }
  // A manifest that names places of another machine was made there: the catalogs lie beside it.
  const paths = catalogs?.paths.map((path) => (/^[\\/]|^[A-Za-z]:|\\/.test(path) ? lastPart(path) : path)) ?? found;
  return {
    ...{ inputs, types, user, session, paths, notes },
    deleted: new Set(catalogs?.deleted_indexes),
    catalogLength: catalogs?.max_len ?? CATALOG_LENGTH,
    unlisted: found.filter((name) => !paths.includes(name)),
  };
}

/** @returns undefined, with a note, where the line says nothing that can be used */
function readLine<T>(line: string, schema: z.ZodType<T>, where: string, notes: string[]): T | undefined {
  const place = where.slice(where.indexOf(MANIFEST));
  try {
    return parseJson(line, schema, where);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const whole = firstValue(line);
    if (whole !== undefined && whole.length < line.trim().length) {
      try {
        const value = parseJson(whole, schema, where);
        notes.push(`${place} goes on after its end, as DonkeyCar leaves it; the rest is ignored`);
        return value;
      } catch {
        // It is torn in another way, too.
      }
    }
    notes.push(`${place} ${line.trim() === '' ? 'is missing' : 'is torn'}`);
    return undefined;
  }
}

/** The first whole object or list of a text; undefined when it does not begin with one, or that has no end. */
function firstValue(text: string): string | undefined {
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    if (depth <= 0) return token.startsWith('"') ? undefined : text.slice(0, index + 1);
  }
  return undefined;
}

const numberOf = (name: string) => Number(/(\d+)\.catalog$/.exec(name)?.[1] ?? Number.POSITIVE_INFINITY);
