import type { WindowSource } from '../../datasets/windows/window-source.ts';
import { frameTensor } from '../input/frame-tensor.ts';
import type { Network } from '../network/network.ts';
import { OUTPUT_NAMES, type OutputName } from '../spec.ts';
import * as tf from '../tf.ts';
import { headLosses, type LossTargets, lossTargets } from './loss.ts';
import { lossOfMean } from './loss-of-mean.ts';
import type { TrainingOptions } from './options.ts';
import type { EpochRecord } from './records.ts';

/** What a validation finds. */
export type Validation = Required<Pick<EpochRecord, 'validationLoss' | 'heads'>>;

/** Judges a network by windows that it does not learn from, as often as somebody asks. */
export class Validator {
  readonly #network: Network;
  readonly #source: WindowSource;
  readonly #options: TrainingOptions;
  readonly #pause: () => Promise<void>;
  /** What always saying the mean costs each head; the same at every validation, so it is found at the first. */
  #means: Partial<Record<OutputName, number>> | undefined;

  /**
   * @param source may be empty
   * @param pause awaited between batches, so that others get their turn
   */
  constructor(network: Network, source: WindowSource, options: TrainingOptions, pause: () => Promise<void>) {
    this.#network = network;
    this.#source = source;
    this.#options = options;
    this.#pause = pause;
  }

  /**
   * Mean loss over all windows of the source, without augmentation or dropout, and that of each head that is taught; NaN
   * and no head for an empty source.
   */
  async validate(): Promise<Validation> {
    const options = this.#options;
    const source = this.#source;
    const taught = OUTPUT_NAMES.map((name) => options.headWeights[name] > 0);
    const sums = OUTPUT_NAMES.map(() => ({ loss: 0, square: 0, labels: 0 }));
    const labels = this.#means === undefined ? OUTPUT_NAMES.map((): number[] => []) : undefined;
    let total = 0;
    for (let first = 0; first < source.length; first += options.batch) {
      const count = Math.min(options.batch, source.length - first);
      const batch = await source.load(Array.from({ length: count }, (_, i) => first + i));
      const targets = lossTargets(batch, this.#network.spec.outputs, { ...options, headWeights: ALIKE });
      const [losses, squares] = await this.#lossesOf(batch, targets);
      const counts = labelsOf(targets, labels);
      for (const [head, name] of OUTPUT_NAMES.entries()) {
        total += options.headWeights[name] * losses[head]! * count;
        sums[head]!.loss += losses[head]! * counts[head]!;
        sums[head]!.square += squares[head]! * counts[head]!;
        sums[head]!.labels += counts[head]!;
      }
      await this.#pause();
    }
    this.#means ??= Object.fromEntries(OUTPUT_NAMES.map((name, head) => [name, lossOfMean(labels![head]!, options)]));
    const means = this.#means;
    const heads = OUTPUT_NAMES.flatMap((name, head) => {
      const { loss, square, labels } = sums[head]!;
      if (!taught[head] || labels === 0) return [];
      const rmse = this.#network.spec.outputs[head]!.scale * Math.sqrt(square / labels);
      return [[name, { loss: loss / labels, mean: means[name]!, rmse }]];
    });
    return { validationLoss: total / source.length, heads: Object.fromEntries(heads) };
  }

  /** By head: the mean loss, and the mean square error in scaled units. */
  async #lossesOf(
    batch: Awaited<ReturnType<WindowSource['load']>>,
    targets: LossTargets,
  ): Promise<[losses: Float32Array, squares: Float32Array]> {
    const losses = tf.tidy(() => {
      const frames = frameTensor(batch.frames, batch.batch, batch.time, this.#network.spec.input);
      const speed = tf.tensor2d(batch.speed, [batch.batch, batch.time]);
      const { outputs, logVariance } = this.#network.apply(frames, { training: false, speed });
      return tf.concat([
        headLosses(outputs, targets, this.#options, logVariance),
        headLosses(outputs, targets, { ...this.#options, loss: 'mse' }),
      ]);
    });
    const values = (await losses.data()) as Float32Array;
    losses.dispose();
    return [values.subarray(0, OUTPUT_NAMES.length), values.subarray(OUTPUT_NAMES.length)];
  }
}

/** Every head counts fully: each is looked at alone. */
const ALIKE = { steeringAngle: 1, speed: 1, torque: 1 } as const;

/** Labels of each head in a batch. @param into takes their scaled values, by head */
function labelsOf({ targets, weights }: LossTargets, into: number[][] | undefined): number[] {
  const counts = OUTPUT_NAMES.map(() => 0);
  for (let at = 0; at < targets.length; at++) {
    if (weights[at] === 0) continue;
    const head = at % OUTPUT_NAMES.length;
    counts[head]! += 1;
    if (into !== undefined) into[head]!.push(targets[at]!);
  }
  return counts;
}
