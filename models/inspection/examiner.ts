import type { WindowBatch } from '../../datasets/windows/window-source.ts';
import type { TrainingOptions } from '../training/options.ts';
import type { Network } from '../zoo/network.ts';
import { type Examination, examine } from './examine.ts';

/** Examines a network now and then while it is trained. */
export class Examiner {
  readonly #network: Network;
  readonly #options: TrainingOptions;
  readonly #tell: (examination: Examination) => void | Promise<void>;

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
    await this.#tell(await examine(this.#network, batch, this.#options, { epoch, step, learningRate }));
  }
}
