import type { WindowBatch, WindowSource } from '../../datasets/windows/window-source.ts';
import { frameTensor } from '../input/frame-tensor.ts';
import type { Network } from '../network/network.ts';
import { OUTPUT_NAMES, type OutputName } from '../spec.ts';
import * as tf from '../tf.ts';
import { type OpenLoopScore, openLoopScore } from './open-loop-score.ts';

/** Predictions and truth of one head, frame by frame, in the head's unit; frames without a label are left out. */
export interface HeadPredictions {
  readonly predicted: Float32Array;
  readonly truth: Float32Array;
}

/** Scores per head, with the three baselines; a head without a single label is not there. */
export type OpenLoopReport = Partial<Record<OutputName, OpenLoopScore>>;

/** Windows at once. */
const BATCH = 16;

/**
 * Compares a network with a recording that it was not trained on, head by head.
 * @param source consecutive windows without overlap (stride = T); they are run as in driving, frame after frame, the
 *   state carried on
 * @param rate samples a second [Hz]
 * @param pause awaited between batches; throw in it to stop
 */
export async function openLoopReport(
  network: Network,
  source: WindowSource,
  rate: number = network.spec.input.rate,
  pause?: () => Promise<void>,
): Promise<OpenLoopReport> {
  const heads = await predictOpenLoop(network, source, pause);
  const scores: OpenLoopReport = {};
  for (const name of OUTPUT_NAMES) {
    const { predicted, truth } = heads[name];
    if (truth.length > 0) scores[name] = openLoopScore(predicted, truth, rate);
  }
  return scores;
}

/** What the network says of each sample, beside the truth. */
export async function predictOpenLoop(
  network: Network,
  source: WindowSource,
  pause?: () => Promise<void>,
): Promise<Record<OutputName, HeadPredictions>> {
  const columns = OUTPUT_NAMES.map(() => ({ predicted: [] as number[], truth: [] as number[] }));
  let state = network.initialState(1).map((tensor) => tf.keep(tensor));
  for (let first = 0; first < source.length; first += BATCH) {
    const count = Math.min(BATCH, source.length - first);
    const batch = asSequence(await source.load(Array.from({ length: count }, (_, i) => first + i)));
    const applied = tf.tidy(() => apply(network, batch, state));
    const outputs = await applied.outputs.data();
    tf.dispose([applied.outputs, ...state]);
    state = applied.state;
    for (let sample = 0; sample < batch.time; sample++) {
      for (const [head, { scale, offset }] of network.spec.outputs.entries()) {
        const at = sample * OUTPUT_NAMES.length + head;
        if (batch.mask[at] !== 1) continue;
        columns[head]!.predicted.push(outputs[at]! * scale + offset);
        columns[head]!.truth.push(batch.targets[at]!);
      }
    }
    await pause?.();
  }
  tf.dispose(state);
  const entries = OUTPUT_NAMES.map((name, head): [OutputName, HeadPredictions] => {
    const { predicted, truth } = columns[head]!;
    return [name, { predicted: Float32Array.from(predicted), truth: Float32Array.from(truth) }];
  });
  return Object.fromEntries(entries) as Record<OutputName, HeadPredictions>;
}

/** Consecutive windows as one long one. */
function asSequence(batch: WindowBatch): WindowBatch {
  return { ...batch, batch: 1, time: batch.batch * batch.time };
}

function apply(
  network: Network,
  { frames, speed, batch, time }: WindowBatch,
  state: tf.Tensor[],
): { outputs: tf.Tensor3D; state: tf.Tensor[] } {
  const applied = network.apply(frameTensor(frames, batch, time, network.spec.input), {
    training: false,
    speed: tf.tensor2d(speed, [batch, time]),
    state,
  });
  return { outputs: applied.outputs, state: applied.state.map((tensor) => tf.keep(tensor)) };
}
