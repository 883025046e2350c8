import { parentPort, workerData } from 'node:worker_threads';
import { Refusal } from '../../../sim/refusal.ts';
import { openSuite } from '../../../sim/suites/suites.ts';
import { openDriver } from '../../drivers/open-driver.ts';
import { evaluateSuite } from '../../evaluation/evaluate-suite.ts';
import { METRIC_VERSIONS } from '../../evaluation/evaluation-schema.ts';
import { identifyDriver } from '../../evaluation/verify-driver.ts';
import { writeEvaluation } from '../../evaluation/write-evaluation.ts';
import type { EvaluationMessage, EvaluationTask } from './run-evaluation.ts';

/** A page is told of progress at most this often [ms]. */
const SAY_PERIOD = 250;
/** Episodes driven at the same time: one computes while another waits for its frame. */
const PARALLEL = 2;

const task = workerData.task as EvaluationTask;
const stop = new AbortController();
const flag = workerData.flag as Int32Array;
const tell = (message: EvaluationMessage) => parentPort!.postMessage(message);

async function evaluate(): Promise<void> {
  const suite = openSuite(task.suite);
  const opened = await openDriver(task.driver);
  let said = 0;
  const run = await evaluateSuite({
    suite,
    createDriver: opened.createDriver,
    ...(opened.cameras && { cameras: opened.cameras }),
    parallel: PARALLEL,
    signal: stop.signal,
    onProgress({ completed, simulatedSeconds }) {
      if (Atomics.load(flag, 0) !== 0) stop.abort(new Error('cancelled'));
      if (performance.now() - said < SAY_PERIOD) return;
      said = performance.now();
      const note = `${simulatedSeconds.toFixed(0)} s driven on ${suite.episodes.length} roads`;
      tell({ kind: 'progress', progress: { completed, note } });
    },
  });
  const evaluation = {
    model: task.model,
    driver: await identifyDriver(task.driver),
    suite: suite.name,
    backend: opened.backend,
    adapter: opened.adapter,
    metrics: METRIC_VERSIONS,
    episodes: run.episodes.map(({ result }) => result),
    summary: run.summary,
  };
  await writeEvaluation(task.out, evaluation, run.episodes);
}

try {
  await evaluate();
  tell({ kind: 'done' });
} catch (error) {
  if (error instanceof Refusal) tell({ kind: 'refused', code: error.code, message: error.message });
  else tell({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}
