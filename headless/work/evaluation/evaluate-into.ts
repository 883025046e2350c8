import { type Evaluated, type EvaluateOptions, evaluate } from '../../../evaluation/evaluate.ts';
import { createSharpCodec } from '../../machine/images/sharp-codec.ts';
import { intoEvaluationFolder } from './evaluation-folder.ts';

/**
 * Evaluates, and writes what came of it into a folder where one is given.
 * @throws Refusal where the folder cannot be written, and what `evaluate` throws; the folder is then as it was
 */
export async function evaluateInto(
  folder: string | undefined,
  options: Omit<EvaluateOptions, 'out'>,
): Promise<Evaluated> {
  if (folder === undefined) return evaluate(options);
  return intoEvaluationFolder(folder, (files) => evaluate({ ...options, out: { files, codec: createSharpCodec() } }));
}
