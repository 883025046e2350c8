import { Caller } from '../../../../sim/calls/caller.ts';
import { Refusal } from '../../../../sim/refusal.ts';
import { type LaunchChild, peerOf } from '../../../machine/processes/child.ts';
import { openNamedSuite } from '../../../work/suites/open-suite.ts';
import { writeName } from '../library/about.ts';
import type { Library } from '../library/library.ts';
import type { EvaluationCalls, EvaluationTask } from './evaluation-process.ts';
import { driverOfJob } from './job-driver.ts';
import type { EvaluateTask, JobProgress, JobRunner } from './job-list.ts';

/**
 * Drives a model through a suite in a process of its own: pages are answered meanwhile, and a graphics driver that
 * crashes takes no more with it than this one evaluation, which appears in the library only when it is whole.
 */
export function evaluationRunner(launch: LaunchChild): JobRunner<EvaluateTask> {
  return async (task, library, say, signal) => {
    const suite = typeof task.suite === 'string' ? await openNamedSuite(task.suite) : task.suite;
    const name = task.name ?? `${task.model} on ${suite.name}`;
    const draft = await library.createDraft();
    try {
      const driver = await driverOfJob(task.model, library);
      const out = library.pathOf('drafts', draft);
      await inProcess(launch, { driver, model: task.model, suite, out }, name, say, signal);
      await writeName(await library.files('drafts', draft), name);
      return { results: [await library.publish(draft, 'evaluations', name)], note: '' };
    } catch (error) {
      await discard(library, draft);
      throw error;
    }
  };
}

async function discard(library: Library, draft: string): Promise<void> {
  await library.remove('drafts', draft).catch(() => undefined);
}

async function inProcess(
  launch: LaunchChild,
  task: EvaluationTask,
  name: string,
  say: (progress: JobProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const child = launch(new URL('./evaluation-process.ts', import.meta.url));
  const ended = new Promise<string>((resolve) => child.onExit(resolve));
  // Nothing of an evaluation that is stopped is kept, so there is nothing that it would have to finish.
  const stop = () => child.kill();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const peer = peerOf(child, (how) => died(name, how));
    await new Caller<EvaluationCalls>(peer, (word) => say(word as JobProgress)).call('evaluate', task);
  } finally {
    signal.removeEventListener('abort', stop);
    child.kill();
    // Its files are closed only then, so that the folder can be moved or deleted.
    await ended;
  }
}

function died(name: string, how: string): Refusal {
  return new Refusal(
    'process-died',
    name,
    `its process ended early (${how})`,
    'start it again; should it end so again, `wheelhouse doctor` tells what draws here',
  );
}
