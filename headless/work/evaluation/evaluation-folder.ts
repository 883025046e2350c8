import { realpath, rename, rm, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { FileStorage } from '../../../datasets/storage/storage.ts';
import { EVALUATION_FILE, type Evaluation, REPORT_FILE } from '../../../evaluation/files/evaluation.ts';
import { readEvaluation } from '../../../evaluation/files/read-evaluation.ts';
import { ROADS_FOLDER } from '../../../evaluation/roads/road-files.ts';
import { DRIVES_FOLDER } from '../../../evaluation/trace/drive-file.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { DiskStorage } from '../../machine/storage/disk.ts';
import { diskRefusal, onDisk } from '../../machine/storage/disk-fault.ts';
import { makeFolder } from '../../machine/storage/make-folder.ts';

/**
 * Reads an evaluation from disk.
 * @param fileOrFolder an `evaluation.json`, or the folder that holds one
 * @throws Refusal `missing-evaluation`, or `not-an-evaluation` that names the field
 */
export async function openEvaluation(fileOrFolder: string): Promise<{ evaluation: Evaluation; path: string }> {
  const about = await stat(fileOrFolder).catch(() => null);
  const file = about?.isDirectory() ? path.join(fileOrFolder, EVALUATION_FILE) : fileOrFolder;
  const real = await realpath(file).catch(() => path.resolve(file));
  const files = new DiskStorage(path.dirname(real));
  return { evaluation: await readEvaluation(files, path.basename(real), file), path: file };
}

/**
 * Lets an evaluation be written beside its place, and puts it there when it is whole. Whatever else lies in the folder stays.
 * @param folder made when absent
 * @param write gets the storage for evaluation.json, report.html and the drives
 * @throws Refusal `unwritable` where the folder cannot be written, and what `write` throws; the folder is then as it was
 */
export async function intoEvaluationFolder<T>(folder: string, write: (files: FileStorage) => Promise<T>): Promise<T> {
  const target = path.resolve(folder);
  const made = await makeFolder(target).catch((error: NodeJS.ErrnoException) => {
    throw (
      diskRefusal(error, folder) ??
      new Refusal('unwritable', folder, `cannot be made (${error.code})`, 'choose another folder with --out')
    );
  });
  const draft = path.join(target, `evaluation.${process.pid}-0.tmp`);
  try {
    const files = new DiskStorage(draft);
    const result = await write(files);
    await files.close();
    await onDisk(folder, () => publish(draft, target));
    return result;
  } finally {
    await rm(draft, { recursive: true, force: true });
    if (made !== undefined) await removeEmpty(target, made);
  }
}

/** Removes the folders from `last` up to `first` again where nobody has put anything into them. */
async function removeEmpty(last: string, first: string): Promise<void> {
  for (let folder = last; folder.length >= first.length; folder = path.dirname(folder)) {
    const isGone = await rmdir(folder).then(
      () => true,
      () => false,
    );
    if (!isGone) return;
  }
}

/** The document goes first and comes last, so that it never lies beside the drives of another evaluation. */
async function publish(draft: string, folder: string): Promise<void> {
  await rm(path.join(folder, EVALUATION_FILE), { force: true });
  for (const name of [ROADS_FOLDER, DRIVES_FOLDER, REPORT_FILE, EVALUATION_FILE]) {
    await rm(path.join(folder, name), { recursive: true, force: true });
    // There are road files only where some were driven on.
    if (name === ROADS_FOLDER && !(await stat(path.join(draft, name)).catch(() => null))) continue;
    await rename(path.join(draft, name), path.join(folder, name));
  }
}
