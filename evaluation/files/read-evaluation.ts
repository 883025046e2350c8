import type { FileStorage } from '../../datasets/storage/storage.ts';
import { decodeText } from '../../sim/decode-text.ts';
import { Refusal } from '../../sim/refusal.ts';
import { EVALUATION_FILE, type Evaluation, parseEvaluation } from './evaluation.ts';
import { withTodaysScores } from './todays-scores.ts';

/**
 * Reads the evaluation in a folder, with its scores as today's formulas give them: see `withTodaysScores`.
 * @param name of the document in it
 * @param path what a person calls the document
 * @throws Refusal `missing-evaluation`, or `not-an-evaluation` that names the field
 */
export async function readEvaluation(
  files: FileStorage,
  name = EVALUATION_FILE,
  path = `${files.name}/${name}`,
): Promise<Evaluation> {
  if (!(await files.exists(name))) {
    const mend = 'give the folder that `wheelhouse evaluate --out` wrote';
    throw new Refusal('missing-evaluation', path, 'there is no such file', mend);
  }
  return withTodaysScores(parseEvaluation(decodeText(await files.read(name)), path));
}
