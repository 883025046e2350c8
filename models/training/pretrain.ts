import type { WindowBatch, WindowSource } from '../../datasets/windows/window-source.ts';
import { turnTaker } from '../../sim/pace/turn-taker.ts';
import { createStream } from '../../sim/random/stream.ts';
import { Refusal } from '../../sim/refusal.ts';
import { frameTensor } from '../input/frame-tensor.ts';
import type { Network } from '../network/network.ts';
import * as tf from '../tf.ts';
import { drawAugmentation } from './augment.ts';
import { Optimiser } from './optimiser.ts';
import { type TrainingOptions, trainingOptions } from './options.ts';
import { shuffled } from './sampler.ts';
import { scheduleFactor } from './schedule.ts';
import { trainableOf } from './step.ts';

/** Size of the small grey picture of the next frame that is predicted [px]. */
const PICTURE = [16, 32] as const;
/** Layers behind the features: they predict commands and learn nothing here. */
const HEADS = ['heads', 'uncertainty'];

/** An epoch of pre-training. */
export interface PretrainRecord {
  /** Counted from 1. */
  readonly epoch: number;
  /** Mean square error of the predicted pictures, in the input's normalised units. */
  readonly loss: number;
  /** That of always predicting the mean picture of the batch: what a loss must be compared with. */
  readonly meanPicture: number;
}

export interface PretrainRequest {
  readonly network: Network;
  /** Labels are not looked at. */
  readonly source: WindowSource;
  readonly options?: Partial<TrainingOptions>;
  /** Stops after the step in hand. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, steps: number) => void;
}

/**
 * Pre-training without labels: everything before the heads learns to say what the next frame will look like, as a small
 * grey picture, through one linear layer that is thrown away afterwards. What moves in a road's picture is its curvature
 * and the car's own motion; both are what steering needs. The network's heads stay as they are.
 * @throws Refusal when windows have no next frame, the network has no features before its heads, or the loss stops being
 *   finite
 */
export async function pretrain({ network, source, ...request }: PretrainRequest): Promise<PretrainRecord[]> {
  const options = trainingOptions(request.options);
  const { signal, onProgress } = request;
  if (network.spec.input.time < 2) {
    throw new Refusal('no-next-frame', 'T', 'a window of one frame has no next one', 'use a T of 2 or more');
  }
  if (source.length === 0) {
    throw new Refusal('no-windows', 'training data', 'there is not one whole window', 'give a longer recording');
  }
  const decoder = createDecoder(network, await source.load([0]), options.seed);
  const learning = new Map([...trainableOf(network)].filter(([name]) => !HEADS.includes(name.split('/')[0]!)));
  for (const [name, variable] of Object.entries(decoder)) learning.set(`pretraining/${name}`, variable);
  const optimiser = new Optimiser(options, learning);
  const whole = Math.ceil(source.length / options.batch);
  const steps = Math.min(options.stepsPerEpoch ?? whole, whole);
  const pause = turnTaker();
  const history: PretrainRecord[] = [];
  try {
    for (let epoch = 0; epoch < options.epochs; epoch++) {
      const order = shuffled(source.length, createStream(options.seed, `order/${epoch}`));
      const sums = { loss: 0, meanPicture: 0 };
      for (let step = 0; step < steps; step++) {
        if (signal?.aborted === true) return history;
        const batch = await source.load(order.slice(step * options.batch, (step + 1) * options.batch));
        const random = createStream(options.seed, `step/${epoch}/${step}`);
        const factor = scheduleFactor(options.schedule, epoch + (step + 1) / steps, options.epochs, options.warmUp);
        const results = pretrainStep(network, decoder, optimiser, learning, batch, {
          rate: options.learningRate * factor,
          looks: Array.from({ length: batch.batch }, () => drawAugmentation(random, options)),
        });
        sums.loss += (await results.loss.data())[0]!;
        sums.meanPicture += (await results.meanPicture.data())[0]!;
        tf.dispose([results.loss, results.meanPicture]);
        onProgress?.(epoch * steps + step + 1, options.epochs * steps);
        await pause();
      }
      const record = { epoch: epoch + 1, loss: sums.loss / steps, meanPicture: sums.meanPicture / steps };
      if (!Number.isFinite(record.loss)) {
        const mend = 'it has diverged: lower the learning rate';
        throw new Refusal('not-finite', `pre-training, epoch ${epoch + 1}`, 'the loss is not a finite number', mend);
      }
      history.push(record);
    }
    return history;
  } finally {
    optimiser.dispose();
    tf.dispose([decoder.weights, decoder.bias]);
  }
}

interface Decoder {
  /** `[features, pixels]` */
  readonly weights: tf.Variable;
  readonly bias: tf.Variable;
}

/** @throws Refusal when nothing comes before the heads */
function createDecoder(network: Network, example: WindowBatch, seed: number): Decoder {
  const random = createStream(seed, 'pretraining');
  const pixels = PICTURE[0] * PICTURE[1];
  return tf.tidy(() => {
    const units = featuresOf(network, example, frameTensor(example.frames, 1, example.time, network.spec.input))
      .shape[2]!;
    const spread = Math.sqrt(1 / units);
    const numbers = Float32Array.from({ length: units * pixels }, () => random.normal(0, spread));
    return { weights: tf.variable(tf.tensor2d(numbers, [units, pixels])), bias: tf.variable(tf.zeros([pixels])) };
  });
}

interface StepSettings {
  readonly rate: number;
  readonly looks: ReturnType<typeof drawAugmentation>[];
}

function pretrainStep(
  network: Network,
  { weights, bias }: Decoder,
  optimiser: Optimiser,
  learning: ReadonlyMap<string, tf.Variable>,
  batch: WindowBatch,
  { rate, looks }: StepSettings,
): { loss: tf.Scalar; meanPicture: tf.Scalar } {
  const frames = frameTensor(batch.frames, batch.batch, batch.time, network.spec.input, looks);
  const next = nextPictures(frames);
  const { value, grads } = tf.variableGrads(() => {
    const features = featuresOf(network, batch, frames);
    const before = tf.slice(features, [0, 0, 0], [batch.batch, batch.time - 1, features.shape[2]!]);
    const predicted = tf.add(tf.matMul(tf.reshape(before, [-1, features.shape[2]!]), weights as tf.Tensor2D), bias);
    return tf.mean(tf.square(tf.sub(predicted, next))) as tf.Scalar;
  }, [...learning.values()]);
  const gradients = new Map<string, tf.Tensor>();
  for (const [name, variable] of learning) {
    const gradient = grads[variable.name];
    if (gradient !== undefined && gradient !== null) gradients.set(name, gradient);
  }
  tf.dispose(optimiser.apply(gradients, rate));
  const meanPicture = tf.tidy(() => tf.mean(tf.moments(next, 0).variance)) as tf.Scalar;
  tf.dispose([frames, next, grads]);
  return { loss: value, meanPicture };
}

/** What reaches the heads, `[batch, time, units]`. @throws Refusal when nothing does */
function featuresOf(network: Network, batch: WindowBatch, frames: tf.Tensor5D): tf.Tensor3D {
  let features: tf.Tensor | undefined;
  network.apply(frames, {
    training: false,
    speed: tf.tensor2d(batch.speed.subarray(0, frames.shape[0] * frames.shape[1]), [frames.shape[0], frames.shape[1]]),
    probe(layer, output) {
      if (!HEADS.includes(layer)) features = output;
    },
  });
  const rows = frames.shape[0] * frames.shape[1];
  if (features === undefined || features.size % rows !== 0) {
    const what = 'this network has no features before its heads that could be pre-trained';
    throw new Refusal('no-features', network.spec.architecture, what, 'choose a network with a trunk');
  }
  return tf.reshape(features, [frames.shape[0], frames.shape[1], features.size / rows]);
}

/** Small grey pictures of all frames but the first of each window, `[batch · (time − 1), pixels]`. */
function nextPictures(frames: tf.Tensor5D): tf.Tensor2D {
  return tf.tidy(() => {
    const [batch, time, height, width, channels] = frames.shape;
    const next = tf.slice(frames, [0, 1, 0, 0, 0], [batch, time - 1, height, width, channels]);
    const grey = tf.mean(tf.reshape(next, [batch * (time - 1), height, width, channels]), 3, true) as tf.Tensor4D;
    return tf.reshape(tf.image.resizeBilinear(grey, [...PICTURE]), [batch * (time - 1), PICTURE[0] * PICTURE[1]]);
  });
}
