import { SHARE_ENV, Worker } from 'node:worker_threads';
import type { NewJob } from '../../../datasets/library/contract.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { openSuite } from '../../../sim/suites/suites.ts';
import { writeName } from '../library/about.ts';
import type { Library } from '../library/library.ts';
import type { JobProgress, JobRunner } from './job-list.ts';

/** What the thread is told. */
export interface EvaluationTask {
  /** `expert`, or the folder of a model. */
  readonly driver: string;
  /** What the evaluation says was driven. */
  readonly model: string;
  readonly suite: string;
  /** Folder for `evaluation.json` and `report.html`. */
  readonly out: string;
}

/** What the thread says. */
export type EvaluationMessage =
  | { readonly kind: 'progress'; readonly progress: JobProgress }
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };

/**
 * Drives a model through a suite in a thread of its own, so that pages are answered meanwhile. The evaluation appears
 * in the library when it is whole.
 */
export const runEvaluation: JobRunner<Extract<NewJob, { kind: 'evaluate' }>> = async (task, library, say, signal) => {
  openSuite(task.suite);
  const draft = await library.createDraft();
  try {
    const driver = task.model === 'expert' ? 'expert' : library.pathOf('models', task.model);
    const out = library.pathOf('drafts', draft);
    await inThread({ driver, model: task.model, suite: task.suite, out }, say, signal);
    const name = task.name ?? `${task.model} on ${task.suite}`;
    await writeName(await library.files('drafts', draft), name);
    return { results: [await library.publish(draft, 'evaluations', name)], note: '' };
  } catch (error) {
    await discard(library, draft);
    throw error;
  }
};

async function discard(library: Library, draft: string): Promise<void> {
  await library.remove('drafts', draft).catch(() => undefined);
}

function inThread(task: EvaluationTask, say: (progress: JobProgress) => void, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const flag = new Int32Array(new SharedArrayBuffer(4));
  // From its sources the thread needs the TypeScript loader first; the packaged app has it as JavaScript.
  const isSource = import.meta.url.endsWith('.ts');
  const module = new URL(`./evaluation-thread.${isSource ? 'ts' : 'js'}`, import.meta.url);
  const worker = new Worker(isSource ? new URL('./worker.mjs', import.meta.url) : module, {
    workerData: { module: module.href, task, flag },
    // The Vulkan loader finds its driver through the environment of the process; a thread has only a copy otherwise.
    env: SHARE_ENV,
    // What libraries print there must not reach the results on our own stdout.
    stdout: true,
  });
  worker.stdout.pipe(process.stderr);
  // A flag and no message: a drive without cameras never waits, so its thread would not get to read a message.
  const stop = () => Atomics.store(flag, 0, 1);
  signal.addEventListener('abort', stop, { once: true });
  return new Promise<void>((resolve, reject) => {
    worker.on('message', (message: EvaluationMessage) => {
      if (message.kind === 'progress') return say(message.progress);
      if (message.kind === 'done') return resolve();
      if (message.kind === 'refused') return reject(refusalFrom(message));
      reject(new Error(message.message));
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the evaluation ended early (${code})`)));
  }).finally(async () => {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  });
}

function refusalFrom({ code, message }: { code: string; message: string }): Refusal {
  const refusal = new Refusal(code, '', message, '');
  refusal.message = message;
  return refusal;
}
