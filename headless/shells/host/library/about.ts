import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { FileStorage } from '../../../../datasets/storage/storage.ts';
import { parseJson, parseOrRefuse } from '../../../../sim/parse.ts';

/** Holds what a person calls a thing of the library. */
export const ABOUT_FILE = 'about.json';
const aboutSchema = z.object({ name: z.string() });

/** Writes what a person calls it. */
export async function writeName(files: FileStorage, name: string): Promise<void> {
  await files.write(ABOUT_FILE, `${JSON.stringify({ name }, null, 2)}\n`);
}

/** What a person calls it; undefined where nobody has said. */
export async function readName(files: FileStorage): Promise<string | undefined> {
  if (!(await files.exists(ABOUT_FILE))) return undefined;
  return aboutSchema.safeParse(await readJson(files, ABOUT_FILE).catch(() => undefined)).data?.name;
}

/** @throws Refusal `bad-json`, `missing-file` */
export async function readJson(files: FileStorage, file: string): Promise<unknown> {
  const where = `${files.name}/${file}`;
  return parseJson(await files.read(file), {
    code: 'bad-json',
    where,
    mend: 'restore the file',
  });
}

/** Reads a JSON file by its schema. @throws Refusal `bad-json` naming the field */
export async function readParsed<S extends z.ZodType>(
  files: FileStorage,
  file: string,
  schema: S,
): Promise<z.infer<S>> {
  const refused = { code: 'bad-json', where: `${files.name}/${file}`, mend: 'mend the field' };
  return parseOrRefuse(schema, await readJson(files, file), refused);
}

/** Bytes of all files in a folder, and when the newest was changed. Links are not followed. */
export async function measureFolder(folder: string): Promise<{ bytes: number; changedAt: string }> {
  let bytes = 0;
  let newest = (await stat(folder)).mtimeMs;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    // A file may vanish between the listing and the look at it.
    const about = await stat(path.join(entry.parentPath ?? entry.path, entry.name)).catch(() => undefined);
    if (about === undefined) continue;
    bytes += about.size;
    newest = Math.max(newest, about.mtimeMs);
  }
  return { bytes, changedAt: new Date(newest).toISOString() };
}
