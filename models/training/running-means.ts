import * as tf from '../tf.ts';
import type { StepResult } from './step.ts';

/**
 * Sums of loss and gradient norm over the steps of an epoch, kept on the device. A sum that has met one number that is
 * not finite never gets finite again: reading now and then misses nothing.
 */
export class RunningMeans {
  #loss = tf.keep(tf.scalar(0));
  #norm = tf.keep(tf.scalar(0));
  #steps = 0;

  /** The sums as numbers, to go on from; waits for the device. */
  async sums(): Promise<Float32Array> {
    return Float32Array.of((await this.#loss.data())[0]!, (await this.#norm.data())[0]!);
  }

  /** @param sums after so many steps, from `sums` */
  restore(sums: Float32Array, steps: number): void {
    tf.dispose([this.#loss, this.#norm]);
    this.#loss = tf.keep(tf.scalar(sums[0]!));
    this.#norm = tf.keep(tf.scalar(sums[1]!));
    this.#steps = steps;
  }

  add(result: StepResult): void {
    const [loss, norm] = [tf.keep(tf.add(this.#loss, result.loss)), tf.keep(tf.add(this.#norm, result.gradientNorm))];
    tf.dispose([this.#loss, this.#norm, result.loss, result.gradientNorm]);
    this.#loss = loss as tf.Scalar;
    this.#norm = norm as tf.Scalar;
    this.#steps += 1;
  }

  /** The means so far; waits for the device. */
  async read(): Promise<{ loss: number; gradientNorm: number; finite: boolean }> {
    const loss = (await this.#loss.data())[0]! / this.#steps;
    const gradientNorm = (await this.#norm.data())[0]! / this.#steps;
    return { loss, gradientNorm, finite: Number.isFinite(loss) && Number.isFinite(gradientNorm) };
  }

  dispose(): void {
    tf.dispose([this.#loss, this.#norm]);
  }
}
