import type { Recording } from '../../datasets/recording/recording.ts';
import { hashRecording, hashSteering } from '../../datasets/recording/recording-hash.ts';
import type { TrainingSummary } from '../files/model-format.ts';

/**
 * How a model knows a recording from its training: `same`: these very bytes; `steering`: the same steering, as of a copy in
 * another format; `name`: another recording of that name, such as a part of it. `unknown`: the model does not say what it
 * was trained on.
 */
export type SeenBefore = 'same' | 'steering' | 'name' | 'unknown' | 'never';

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
