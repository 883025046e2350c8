import type { WindowBatch } from '../../../datasets/windows/window-source.ts';
import type { Network } from '../../network/network.ts';
import type { TrainingOptions } from '../options.ts';
import type { Examination } from './examination.ts';
import { examine } from './examine.ts';

/** Examines a network now and then while it is trained. What it found is read back while the training goes on. */
export class Examiner {
  readonly #network: Network;
  readonly #options: TrainingOptions;
  readonly #tell: (examination: Examination) => void | Promise<void>;
  #reading: Promise<void> = Promise.resolve();

  constructor(network: Network, options: TrainingOptions, tell: (examination: Examination) => void | Promise<void>) {
    this.#network = network;
    this.#options = options;
    this.#tell = tell;
  }

  /**
   * Call after each step.
   * @param last of its epoch
   */
  async stepped(batch: WindowBatch, epoch: number, step: number, last: boolean, learningRate: number): Promise<void> {
    const { examineEvery } = this.#options;
    if (examineEvery === 0 ? !last : step % examineEvery !== 0) return;
    // The one before, that they are told in order and do not pile up.
    await this.#reading;
    const found = examine(this.#network, batch, this.#options, { epoch, step, learningRate });
    this.#reading = found.then((examination) => this.#tell(examination));
    // A failure is reported by whoever waits next.
    this.#reading.catch(() => {});
  }

  /** Resolves when everything that was examined has been told. @throws what an examination or its listener threw */
  settled(): Promise<void> {
    return this.#reading;
  }
}
