import type { WindowBatch, WindowSource } from '../../datasets/windows/window-source.ts';
import { frameTensor } from '../input/frame-tensor.ts';
import type { Network } from '../network/network.ts';
import { OUTPUT_NAMES, type OutputName } from '../spec.ts';
import * as tf from '../tf.ts';
import type { Run } from './metrics/sequence.ts';

/** Predictions and truth of one head, frame by frame, in the head's unit; frames without a label are left out. */
export interface HeadPredictions {
  readonly predicted: Float32Array;
  readonly truth: Float32Array;
  /** Number of each frame's sample, as the source numbers them; counted through where it does not. */
  readonly samples: Int32Array;
  /** Runs of frames without a gap. */
  readonly runs: readonly Run[];
}

export interface PredictOptions {
  /** Awaited between batches; throw in it to stop. @param windows that are done */
  readonly pause?: (windows: number) => Promise<void>;
}

/** Windows at once. */
const BATCH = 16;

/**
 * What the network says of each sample, beside the truth. Frames are run as in driving, one after the other, the state
 * carried on; it begins anew where a window does not follow the one before.
 * @param source consecutive windows without overlap (stride = T)
 */
export async function predictOpenLoop(
  network: Network,
  source: WindowSource,
  { pause }: PredictOptions = {},
): Promise<Record<OutputName, HeadPredictions>> {
  const heads = OUTPUT_NAMES.map(() => new GrowingPredictions());
  let state: tf.Tensor[] | undefined;
  for (let first = 0; first < source.length; ) {
    const windows = following(source, first);
    const batch = asSequence(await source.load(windows));
    const begun = state ?? network.initialState(1);
    const applied = tf.tidy(() => apply(network, batch, begun));
    const outputs = await applied.outputs.data();
    tf.dispose([applied.outputs, ...begun]);
    const follows = follow(source, windows.at(-1)!);
    if (!follows) tf.dispose(applied.state);
    state = follows ? applied.state : undefined;
    const time = batch.time / windows.length;
    for (let t = 0; t < batch.time; t++) {
      const window = windows[Math.floor(t / time)]!;
      const tick = window * time + (t % time);
      for (const [head, { scale, offset }] of network.spec.outputs.entries()) {
        const at = t * OUTPUT_NAMES.length + head;
        if (batch.mask[at] !== 1) continue;
        const sample = source.sampleAt?.(window, t % time) ?? tick;
        heads[head]!.push({ value: outputs[at]! * scale + offset, truth: batch.targets[at]!, sample, tick });
      }
    }
    if (!follows) for (const head of heads) head.endRun();
    first = windows.at(-1)! + 1;
    await pause?.(first);
  }
  if (state !== undefined) tf.dispose(state);
  const entries = OUTPUT_NAMES.map((name, head) => [name, heads[head]!.whole()]);
  return Object.fromEntries(entries) as Record<OutputName, HeadPredictions>;
}

/** Predictions of a head as they come. */
class GrowingPredictions {
  readonly #predicted: number[] = [];
  readonly #truth: number[] = [];
  readonly #samples: number[] = [];
  readonly #runs: Run[] = [];
  #begun = 0;
  #lastTick = -1;

  /** A frame without a label before this one ends a run as a gap does. */
  push({ value, truth, sample, tick }: { value: number; truth: number; sample: number; tick: number }): void {
    if (tick !== this.#lastTick + 1) this.endRun();
    this.#lastTick = tick;
    this.#predicted.push(value);
    this.#truth.push(truth);
    this.#samples.push(sample);
  }

  endRun(): void {
    if (this.#truth.length > this.#begun) this.#runs.push({ start: this.#begun, end: this.#truth.length });
    this.#begun = this.#truth.length;
  }

  whole(): HeadPredictions {
    this.endRun();
    return {
      predicted: Float32Array.from(this.#predicted),
      truth: Float32Array.from(this.#truth),
      samples: Int32Array.from(this.#samples),
      runs: this.#runs,
    };
  }
}

/** Whether the next window of a source continues this one; so it is taken to be where a source does not say. */
function follow(source: WindowSource, window: number): boolean {
  if (window + 1 >= source.length) return false;
  return source.next === undefined || source.next[window] === window + 1;
}

/** Windows from here on that follow each other, as many as are run at once. */
function following(source: WindowSource, first: number): number[] {
  const windows = [first];
  while (windows.length < BATCH && follow(source, windows.at(-1)!)) windows.push(windows.at(-1)! + 1);
  return windows;
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
