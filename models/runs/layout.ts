/** What was asked for, on which data, where, and how it stands. */
export const RUN_FILE = 'run.json';
/** A line per report, examination and epoch. */
export const METRICS_FILE = 'metrics.jsonl';
/** What came of it; written at its end. */
export const SUMMARY_FILE = 'summary.json';
/** All that going on needs. */
export const CHECKPOINT_FILE = 'checkpoints/last.ckpt';
/** Who trains it now. */
export const LOCK_FILE = 'lock.json';
/** What the network made of a clip that was held back, at the end of the last epoch; kept by pages. */
export const LAST_LOOK_FILE = 'last-look.bin';

/** Names of what a run leaves in its folder; `checkpoint` was the folder of an earlier layout. */
export const RUN_FOLDER_NAMES: readonly string[] = [
  RUN_FILE,
  METRICS_FILE,
  SUMMARY_FILE,
  CHECKPOINT_FILE.split('/')[0]!,
  'checkpoint',
  LOCK_FILE,
  LAST_LOOK_FILE,
];
