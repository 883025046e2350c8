import * as tf from '@tensorflow/tfjs-core';
import type { StepResult } from './step.ts';

/**
 * Sums of loss and gradient norm over the steps of an epoch, kept on the device. A sum that has met one number that is
 * not finite never gets finite again: reading now and then misses nothing.
 */
export class RunningMeans {
  #loss = tf.keep(tf.scalar(0));
  #norm = tf.keep(tf.scalar(0));
  #steps = 0;

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
