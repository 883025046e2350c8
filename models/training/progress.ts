import type { EpochRecord } from './records.ts';

/** How far a training is. */
export interface Progress {
  /** Counted from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Steps done in this epoch. */
  readonly step: number;
  readonly steps: number;
  /** Mean training loss of this epoch so far, NaN before it was first read. */
  readonly loss: number;
  /** Of the step just done. */
  readonly learningRate: number;
  /** Of the last epoch that was finished, NaN before. */
  readonly validationLoss: number;
  /** Training speed lately. */
  readonly framesPerSecond: number;
  /** Until the last epoch's end if training does not stop early; validation counted. */
  readonly secondsLeft: number;
}

/** Turns steps into progress reports. */
export class ProgressMeter {
  readonly #report: ((progress: Progress) => void) | undefined;
  readonly #epochs: number;
  readonly #steps: number;
  readonly #first: number;
  readonly #begin = performance.now();
  #stepsDone = 0;
  /** Steps of the first epoch that were done before. */
  readonly #skipped: number;
  #last = performance.now();
  #framesPerSecond = 0;
  #validationLoss: number;

  constructor(
    report: ((progress: Progress) => void) | undefined,
    epochs: number,
    steps: number,
    firstEpoch: number,
    validationLoss: number,
    firstStep = 0,
  ) {
    this.#report = report;
    this.#epochs = epochs;
    this.#steps = steps;
    this.#first = firstEpoch;
    this.#validationLoss = validationLoss;
    this.#skipped = firstStep;
  }

  /** @param frames in the step's batch */
  stepped(epoch: number, step: number, frames: number, loss: number, learningRate: number): void {
    const now = performance.now();
    const speed = (frames * 1000) / Math.max(1e-3, now - this.#last);
    this.#framesPerSecond = this.#framesPerSecond === 0 ? speed : 0.9 * this.#framesPerSecond + 0.1 * speed;
    this.#last = now;
    this.#stepsDone += 1;
    // Time per step over everything so far, so that validation is in it.
    const perStep = (now - this.#begin) / this.#stepsDone;
    const left = (this.#epochs - this.#first) * this.#steps - this.#skipped - this.#stepsDone;
    this.#report?.({
      epoch: epoch + 1,
      epochs: this.#epochs,
      step,
      steps: this.#steps,
      loss,
      learningRate,
      validationLoss: this.#validationLoss,
      framesPerSecond: this.#framesPerSecond,
      secondsLeft: (left * perStep) / 1000,
    });
  }

  epochEnded(record: EpochRecord): void {
    this.#validationLoss = record.validationLoss;
    this.#last = performance.now();
  }
}
