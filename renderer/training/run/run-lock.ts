import { z } from 'zod';
import { preference } from '../../shell/preferences.ts';

/** How long the worker of a page that is being reloaded may still hold its run [ms]. */
const LETTING_GO = 3000;

/** Name of the lock that whoever trains a run holds. */
export function lockOf(run: string): string {
  return `wheelhouse-run-${run}`;
}

/** Whether another page trains this run. A page that has just been reloaded lets go of its runs only after a moment. */
export function isTrainedElsewhere(run: string): Promise<boolean> {
  const signal = AbortSignal.timeout(LETTING_GO);
  return navigator.locks.request(lockOf(run), { signal }, () => false).catch(() => true);
}

/** Who this browser is to others that would train a run: pages of one browser settle it by `lockOf`. */
const holder = preference('run-holder', z.string(), '');

export function holderHere(): string {
  if (holder.value === '') holder.value = crypto.randomUUID();
  return holder.value;
}
