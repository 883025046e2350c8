import type { JobRunners } from './job-list.ts';
import { runEvaluation } from './run-evaluation.ts';
import { runImport } from './run-import.ts';

/** All that a host on this machine can do. */
export const runners: JobRunners = { evaluate: runEvaluation, import: runImport };
