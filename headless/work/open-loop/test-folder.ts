import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { predictionsTable } from '../../../models/open-loop/files/predictions-table.ts';
import { predictionFiles, testDocument } from '../../../models/open-loop/files/test-document.ts';
import { Refusal } from '../../../sim/refusal.ts';
import type { TestedModel } from './tested-model.ts';

/** Scores of a test; the tables of the predictions lie beside it. */
export const TEST_FILE = 'test.json';

/**
 * Writes the scores and predictions of a test as a folder, whole or not at all; an earlier test that is there is replaced.
 * @throws Refusal when something else is there, or the folder cannot be written
 */
export async function writeTest(folder: string, test: TestedModel): Promise<void> {
  await refuseTakenTest(folder);
  const fresh = `${path.resolve(folder)}.${process.pid}.tmp`;
  try {
    await mkdir(fresh, { recursive: true });
    const files = predictionFiles(test);
    for (const [i, one] of test.tests.entries()) await writeFile(path.join(fresh, files[i]!), predictionsTable(one));
    const { model, backend, ownRate } = test;
    const document = { model, backend, ownRate, ...testDocument(test, files) };
    await writeFile(path.join(fresh, TEST_FILE), `${JSON.stringify(document, null, 2)}\n`);
    await rm(folder, { recursive: true, force: true });
    await rename(fresh, folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new Refusal('unwritable', folder, `cannot be written (${code})`, 'choose another folder with --out');
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** @throws Refusal when the folder holds something else than a test, which writing would replace */
export async function refuseTakenTest(folder: string): Promise<void> {
  const present = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw new Refusal('taken-folder', folder, 'this is not a folder', 'choose another one with --out');
  });
  const isTest =
    present.includes(TEST_FILE) && present.every((name) => name === TEST_FILE || /^\d+-.*\.csv$/.test(name));
  if (present.length === 0 || isTest) return;
  const what = 'the folder holds something else than a test';
  throw new Refusal('taken-folder', folder, what, 'choose another one with --out');
}
