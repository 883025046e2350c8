import type { Recording } from '../../datasets/recording/recording.ts';
import { hashRecording, hashSteering } from '../../datasets/recording/recording-hash.ts';
import type { TrainingSummary } from '../files/model-format.ts';

/**
 * How a model knows a recording from its training: `same`: these very bytes; `steering`: the same steering, as of a copy in
 * another format; `name`: another recording of that name, such as a part of it. `unknown`: the model does not say what it
 * was trained on.
 */
export type SeenBefore = 'same' | 'steering' | 'name' | 'unknown' | 'never';

/** What takes away from the worth of a score, in words; null where nothing is known to. */
export function seenInWords(seen: SeenBefore): string | null {
  const words: Readonly<Record<SeenBefore, string | null>> = {
    same: 'the model was trained on this very recording: its score says how well it remembers, not how well it sees',
    steering: 'the model was trained on a recording with the very same steering, a copy of this one perhaps',
    name: 'the model was trained on a recording of this name; a part of it that was trained on says little here',
    unknown: null,
    never: null,
  };
  return words[seen];
}

/** Whether a model was trained on a recording. @param training as its file tells it */
export async function seenBefore(training: TrainingSummary | null, recording: Recording): Promise<SeenBefore> {
  const learned = training?.recordings;
  if (learned === undefined) return 'unknown';
  const sha256 = await hashRecording(recording);
  if (learned.some((one) => one.sha256 === sha256)) return 'same';
  const steering = hashSteering(recording);
  if (steering !== null && learned.some((one) => one.steering === steering)) return 'steering';
  return learned.some(({ name }) => name === recording.metadata.name) ? 'name' : 'never';
}
