import type { SuiteRun } from '../../../evaluation/drive/evaluate-suite.ts';
import type { OpenedDriver } from '../../../evaluation/drivers/open-driver.ts';
import { type Evaluation, METRIC_VERSIONS } from '../../../evaluation/files/evaluation.ts';

/**
 * The document of a suite that was driven.
 * @param model what the evaluation says was driven
 * @param suite name of the suite
 */
export function evaluationOf(
  model: string,
  suite: string,
  { backend, adapter, identity }: Pick<OpenedDriver, 'backend' | 'adapter' | 'identity'>,
  { episodes, summary }: SuiteRun,
): Evaluation {
  return {
    model,
    driver: identity,
    suite,
    backend,
    adapter,
    metrics: METRIC_VERSIONS,
    episodes: episodes.map(({ result }) => result),
    summary,
  };
}
