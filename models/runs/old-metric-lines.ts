import { z } from 'zod';
import { overallStep } from './metric-lines.ts';

const lineSchema = z.looseObject({
  kind: z.string(),
  epoch: z.number().optional(),
  step: z.number().optional(),
  at: z.number().optional(),
});

/**
 * Brings the lines of earlier versions into today's form. The command line counted steps from the beginning of each
 * epoch, and wrote no plan: what stands before a file's first plan is counted anew. The app kept an examination's place
 * as `at`.
 */
export class OldMetricLines {
  #planned = false;
  #stepsPerEpoch = 0;

  /** Whether lines from here on are of today's meaning. */
  get planned(): boolean {
    return this.#planned;
  }

  /** Call for each line until there was a plan, in order; after that only for those that are wanted. */
  renewed(json: unknown): unknown {
    const parsed = lineSchema.safeParse(json);
    if (!parsed.success) return json;
    const { at, ...line } = parsed.data;
    if (line.kind === 'plan') this.#planned = true;
    if (at !== undefined) return { ...line, step: at };
    if (this.#planned || line.epoch === undefined) return line;
    // The last report of an epoch is at its last step.
    if (line.step !== undefined) this.#stepsPerEpoch = Math.max(this.#stepsPerEpoch, line.step);
    const step = line.step ?? this.#stepsPerEpoch;
    return { ...line, step: overallStep({ epoch: line.epoch, step }, this.#stepsPerEpoch) };
  }
}
