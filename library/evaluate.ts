import type { EvaluateOptions } from '../evaluation/evaluate.ts';
import type { Evaluation } from '../evaluation/files/evaluation.ts';
import type { Suite } from '../evaluation/suites/suite.ts';
import type { OpenDriverOptions } from '../headless/work/drivers/open-driver.ts';
import { evaluateInto } from '../headless/work/evaluation/evaluate-into.ts';
import { openSuite } from '../headless/work/suites/open-suite.ts';
import { type DriverChoice, withDriver } from './driver.ts';

export interface EvaluateDriverOptions
  extends Pick<OpenDriverOptions, 'backend'>,
    Pick<EvaluateOptions, 'model' | 'signal' | 'onProgress' | 'metrics'> {
  /** Who drives. */
  readonly driver: DriverChoice;
  /** A suite, its name, or the path of its file. */
  readonly suite: string | Suite;
  /** Folder for evaluation.json, report.html and the drives. Default: nothing is written. */
  readonly out?: string;
  /** Episodes driven at the same time. Default 2. */
  readonly parallel?: number;
}

/**
 * Drives a driver through a suite and scores it, as `wheelhouse evaluate` does.
 * @returns what `evaluation.json` holds: the score of each episode, and the `summary`
 * @throws Refusal when driver or suite do not exist or `out` cannot be written; the signal's reason when aborted
 */
export async function evaluate(options: EvaluateDriverOptions): Promise<Evaluation> {
  const { driver, suite, out, parallel = 2, backend, ...others } = options;
  const opened = typeof suite === 'string' ? await openSuite(suite) : suite;
  return withDriver(driver, { ...(backend && { backend }) }, async (who) => {
    const { evaluation } = await evaluateInto(out, { ...others, suite: opened, driver: who, parallel });
    return evaluation;
  });
}
