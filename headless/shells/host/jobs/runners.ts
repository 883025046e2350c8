import { forkChild, type LaunchChild } from '../../../machine/processes/child.ts';
import type { JobRunners } from './job-list.ts';
import { evaluationRunner } from './run-evaluation.ts';
import { importRunner } from './run-import.ts';

/**
 * All that a host on this machine can do.
 * @param launch starts the processes that long work runs in
 */
export function createRunners(launch: LaunchChild = forkChild): JobRunners {
  return { evaluate: evaluationRunner(launch), import: importRunner(launch) };
}
