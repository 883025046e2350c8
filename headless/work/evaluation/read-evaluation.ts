import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Evaluation, parseEvaluation } from '../../../evaluation/files/evaluation.ts';
import { Refusal } from '../../../sim/refusal.ts';

/**
 * Reads an evaluation from disk.
 * @param fileOrFolder an `evaluation.json`, or the folder that holds one
 * @throws Refusal `missing-evaluation`, or `not-an-evaluation` that names the field
 */
export async function readEvaluation(fileOrFolder: string): Promise<{ evaluation: Evaluation; path: string }> {
  const about = await stat(fileOrFolder).catch(() => null);
  const file = about?.isDirectory() ? path.join(fileOrFolder, 'evaluation.json') : fileOrFolder;
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const what = error.code === 'ENOENT' ? 'there is no such file' : `cannot be read (${error.code})`;
    throw new Refusal('missing-evaluation', file, what, 'give the folder that `wheelhouse evaluate --out` wrote');
  });
  return { evaluation: parseEvaluation(text, file), path: file };
}
