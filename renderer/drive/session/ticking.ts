import { CONTROL_PERIOD } from '../../../sim/episode/spec.ts';
import type { Pacer } from './pacer.ts';

/** Lets time pass, and begins the world's next tick when it is due; one at a time. */
export class Ticking {
  readonly #pacer: Pacer;
  readonly #isRunning: () => boolean;
  readonly #tick: () => Promise<void>;
  #busy = false;
  #advanced = 0;

  /** @param tick must not fail */
  constructor(pacer: Pacer, isRunning: () => boolean, tick: () => Promise<void>) {
    this.#pacer = pacer;
    this.#isRunning = isRunning;
    this.#tick = tick;
  }

  /** Whether a tick is under way. */
  get busy(): boolean {
    return this.#busy;
  }

  /** Called for every picture and after every tick, so that a slow display does not slow the world down. */
  advance(): void {
    const now = performance.now();
    const elapsed = (now - this.#advanced) / 1000;
    this.#advanced = now;
    if (!this.#isRunning()) return;
    const due = this.#pacer.advance(elapsed, CONTROL_PERIOD);
    if (due && !this.#busy) void this.#run();
  }

  async #run(): Promise<void> {
    this.#busy = true;
    try {
      await this.#tick();
    } finally {
      this.#busy = false;
    }
    this.advance();
  }
}
