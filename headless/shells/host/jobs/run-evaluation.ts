import { fileURLToPath } from 'node:url';
import { openSuite } from '../../../../evaluation/suites/suites.ts';
import type { NewJob } from '../../../../host-api/contract.ts';
import { Refusal } from '../../../../sim/refusal.ts';
import type { LaunchChild } from '../../../machine/processes/child.ts';
import { writeName } from '../library/about.ts';
import type { Library } from '../library/library.ts';
import type { JobProgress, JobRunner } from './job-list.ts';

/** What the process is told. */
export interface EvaluationTask {
  /** `expert`, or the folder of a model. */
  readonly driver: string;
  /** What the evaluation says was driven. */
  readonly model: string;
  readonly suite: string;
  /** Folder for `evaluation.json` and `report.html`. */
  readonly out: string;
}

/** What the process says. */
export type EvaluationMessage =
  | { readonly kind: 'progress'; readonly progress: JobProgress }
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };

/**
 * Drives a model through a suite in a process of its own: pages are answered meanwhile, and a graphics driver that
 * crashes takes no more with it than this one evaluation, which appears in the library only when it is whole.
 */
export function evaluationRunner(launch: LaunchChild): JobRunner<Extract<NewJob, { kind: 'evaluate' }>> {
  return async (task, library, say, signal) => {
    openSuite(task.suite);
    const name = task.name ?? `${task.model} on ${task.suite}`;
    const draft = await library.createDraft();
    try {
      const driver = task.model === 'expert' ? 'expert' : library.pathOf('models', task.model);
      const out = library.pathOf('drafts', draft);
      await inProcess(launch, { driver, model: task.model, suite: task.suite, out }, name, say, signal);
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
  // From its sources the process needs the TypeScript loader first; the packaged app has it as JavaScript.
  const isSource = import.meta.url.endsWith('.ts');
  const module = new URL(`./evaluation-process.${isSource ? 'ts' : 'js'}`, import.meta.url);
  const child = isSource
    ? launch(fileURLToPath(new URL('../../../machine/processes/from-source.mjs', import.meta.url)), [module.href])
    : launch(fileURLToPath(module), []);
  const ended = new Promise<string>((resolve) => child.onExit(resolve));
  // Nothing of an evaluation that is stopped is kept, so there is nothing that it would have to finish.
  const stop = () => child.kill();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      child.onMessage((said) => {
        const message = said as EvaluationMessage;
        if (message.kind === 'progress') return say(message.progress);
        if (message.kind === 'done') return resolve();
        if (message.kind === 'refused') return reject(Refusal.repeated(message.code, message.message));
        reject(new Error(message.message));
      });
      void ended.then((how) => reject(died(name, how)));
      child.send(task);
    });
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
