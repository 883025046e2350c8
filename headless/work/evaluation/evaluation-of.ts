import type { SuiteRun } from '../../../evaluation/drive/evaluate-suite.ts';
import { type Evaluation, METRIC_VERSIONS } from '../../../evaluation/files/evaluation.ts';
import type { OpenedDriver } from '../drivers/open-driver.ts';
import { identifyDriver } from './verify-driver.ts';

/**
 * The document of a suite that was driven.
 * @param model what the evaluation says was driven
 * @param place where the driver comes from, as `openDriver` took it
 * @param suite name of the suite
 */
export async function evaluationOf(
  model: string,
  place: string,
  suite: string,
  { backend, adapter }: Pick<OpenedDriver, 'backend' | 'adapter'>,
  { episodes, summary }: SuiteRun,
): Promise<Evaluation> {
  return {
    model,
    driver: await identifyDriver(place),
    suite,
    backend,
    adapter,
    metrics: METRIC_VERSIONS,
    episodes: episodes.map(({ result }) => result),
    summary,
  };
}
