import { type Recording, sliceRecording } from '../recording/recording.ts';

export interface SplitOptions {
  /** Share of the samples (after the test tail) that validate, 0 to 0.5. */
  readonly validationShare: number;
  /** Share of each recording's end that is held back for testing, 0 to 0.5. Default 0. */
  readonly testTail?: number;
  /** Length of a validation block [s]. Default 10. */
  readonly blockSeconds?: number;
  /** Samples this close to another part are left out of training [s]. Default 1. */
  readonly marginSeconds?: number;
}

/** Parts of recordings that share no sample. */
export interface RecordingSplit {
  readonly train: Recording[];
  readonly validation: Recording[];
  readonly test: Recording[];
}

/**
 * Splits each recording by blocks of time: the end for testing, blocks spread evenly over the rest for validation, all
 * else for training. Neighbouring frames look alike, so a split of single frames would measure memory, not driving; for
 * the same reason training keeps a margin from the other parts.
 */
export function splitByTimeBlock(recordings: readonly Recording[], options: SplitOptions): RecordingSplit {
  const { validationShare, testTail = 0, blockSeconds = 10, marginSeconds = 1 } = options;
  for (const share of [validationShare, testTail]) {
    if (!(share >= 0 && share <= 0.5)) throw new RangeError(`a share of ${share} is not within 0 and 0.5`);
  }
  const split: RecordingSplit = { train: [], validation: [], test: [] };
  for (const recording of recordings) {
    const take = (into: Recording[], start: number, end: number): void => {
      if (end > start) into.push(sliceRecording(recording, start, end));
    };
    const { rate } = recording.metadata;
    const rest = recording.length - Math.round(recording.length * testTail);
    const held = Math.round(rest * validationShare);
    const blocks = held === 0 ? 0 : Math.max(1, Math.round(held / (rate * blockSeconds)));
    const margin = Math.round(marginSeconds * rate);
    let from = 0;
    for (let block = 0; block < blocks; block++) {
      const length = Math.floor(((block + 1) * held) / blocks) - Math.floor((block * held) / blocks);
      const start = Math.round(((block + 0.5) * rest) / blocks - length / 2);
      take(split.train, from, start - margin);
      take(split.validation, start, start + length);
      from = start + length + margin;
    }
    take(split.train, from, rest - (rest < recording.length ? margin : 0));
    take(split.test, rest, recording.length);
  }
  return split;
}
