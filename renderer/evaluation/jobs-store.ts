import { signal } from '@preact/signals';
import { hasEnded } from '../../host-api/client.ts';
import type { Job, NewJob } from '../../host-api/contract.ts';
import { host } from '../host/host.ts';
import { evaluations } from '../host/library.ts';
import { tell, tellFailure } from '../shell/toasts.tsx';

/** Evaluations under way on the host, and those that ended while this page was open. */
export const jobs = signal<readonly Job[]>([]);
const watched = new Set<string>();

/** Looks for evaluations that are under way, also those begun before a reload. */
export async function findJobs(): Promise<void> {
  try {
    for (const job of await host.jobs()) if (job.kind === 'evaluate' && !hasEnded(job)) watch(job);
  } catch (error) {
    tellFailure(error);
  }
}

/** @param suite its name, or the document of a suite file */
export async function startEvaluation(model: string, suite: NewJob['suite']): Promise<void> {
  watch(await host.startJob({ kind: 'evaluate', model, suite }));
}

export async function cancel(id: string): Promise<void> {
  try {
    // What becomes of it is told to who watches it; the answer may be older than that.
    await host.cancelJob(id);
  } catch (error) {
    tellFailure(error);
  }
}

function put(job: Job): void {
  const others = jobs.value.filter(({ id }) => id !== job.id);
  jobs.value = job.state === 'finished' || job.state === 'cancelled' ? others : [...others, job];
}

function watch(first: Job): void {
  put(first);
  if (watched.has(first.id)) return;
  watched.add(first.id);
  void (async () => {
    try {
      for await (const job of host.watchJob(first.id)) {
        put(job);
        if (job.state === 'finished') tell(`Evaluated: ${job.name}.`);
        if (hasEnded(job)) await evaluations.refresh();
      }
    } catch (error) {
      jobs.value = jobs.value.filter(({ id }) => id !== first.id);
      tellFailure(error);
    }
  })();
}
