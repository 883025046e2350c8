import { Refusal } from '../../sim/refusal.ts';
import { type Recording, sliceRecording } from '../recording/recording.ts';

/** Samples this close to another part are left out of training when nothing else is said [s]. */
export const MARGIN_SECONDS = 1;

export interface SplitOptions {
  /** Share of the samples (after the test tail) that validate, 0 to 0.5. */
  readonly validationShare: number;
  /** Share of each recording's end that is held back for testing, 0 to 0.5. Default 0. */
  readonly testTail?: number;
  /** Length of a validation block [s]. Default 10. */
  readonly blockSeconds?: number;
  /** Samples this close to another part are left out of training [s]. Default `MARGIN_SECONDS`. */
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
  const { validationShare, testTail = 0, blockSeconds = 10, marginSeconds = MARGIN_SECONDS } = options;
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

/** How samples are told apart into parts. */
export type SplitKind = 'time-block' | 'recording' | 'random-sample';

/**
 * Splits recordings the way that is asked for. By recording, whole ones validate, spread evenly over the list, and as few
 * as reach the share.
 * @throws Refusal `random-split` for a random split of single samples; `too-few-recordings` when one recording is to be
 *   split by recording
 */
export function splitRecordings(
  kind: SplitKind,
  recordings: readonly Recording[],
  options: SplitOptions,
): RecordingSplit {
  if (kind === 'time-block') return splitByTimeBlock(recordings, options);
  if (kind === 'random-sample') {
    throw new Refusal(
      'random-split',
      'split',
      'neighbouring frames are nearly the same picture, so a random split of them would put copies of the training frames into validation and measure memory, not driving',
      'split by time-block or by recording',
    );
  }
  return splitByRecording(recordings, options);
}

function splitByRecording(
  recordings: readonly Recording[],
  { validationShare, testTail }: SplitOptions,
): RecordingSplit {
  // Pieces that were cut out of one recording stay together.
  const wholes = [...new Set(recordings.map(wholeOf))];
  if (wholes.length < 2) {
    throw new Refusal(
      'too-few-recordings',
      'split',
      'one recording cannot be split by recording',
      'split by time-block',
    );
  }
  const samplesOf = (whole: Recording) =>
    recordings.reduce((sum, part) => (wholeOf(part) === whole ? sum + part.length : sum), 0);
  const tails = splitByTimeBlock(recordings, { validationShare: 0, ...(testTail !== undefined && { testTail }) });
  const wanted = validationShare * recordings.reduce((sum, { length }) => sum + length, 0);
  const held = new Set<Recording>();
  let samples = 0;
  for (let next = 0; samples < wanted && held.size < wholes.length - 1; next++) {
    // The golden ratio spreads any number of picks evenly.
    const place = Math.floor((((next + 0.5) * 0.618_033_988_75) % 1) * wholes.length);
    const chosen = wholes[place]!;
    if (held.has(chosen)) continue;
    held.add(chosen);
    samples += samplesOf(chosen);
  }
  const isHeld = (part: Recording) => held.has(wholeOf(part));
  return {
    train: tails.train.filter((part) => !isHeld(part)),
    validation: tails.train.filter(isHeld),
    test: tails.test,
  };
}

function wholeOf(part: Recording): Recording {
  return part.slicedFrom?.whole ?? part;
}
