import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { z } from 'zod';

const answerSchema = z.object({ version: z.string(), threads: z.record(z.string(), z.number()) });

/** Median milliseconds of a training step of the reference network in PyTorch, by threads. */
export type PyTorchTimes = z.infer<typeof answerSchema>;

/** Interpreters that may have PyTorch: Debian's own first, then whatever the person uses. */
const INTERPRETERS = ['/usr/bin/python3', 'python3'];

/** @returns undefined where no interpreter has PyTorch */
export function timePyTorch(): PyTorchTimes | undefined {
  for (const python of INTERPRETERS) {
    const { status, stdout } = spawnSync(python, [path.join(import.meta.dirname, 'pytorch.py')], { encoding: 'utf8' });
    if (status === 0) return answerSchema.parse(JSON.parse(stdout));
  }
  return undefined;
}
