import type { RandomStream } from '../random/stream.ts';

/** How long a driver feels the same [s]. */
const LASTS = [5, 14] as const;
/** Share of the speed that the road allows. */
const PACE = [0.55, 0.95] as const;
/** Sometimes a driver stops for a moment [s]. */
const STOP_CHANCE = 0.12;
const STOPS = [2, 4] as const;
/** At first everybody moves off. */
const FIRST_PACE = 0.85;

/** How fast a driver wants to go from time to time, so that following it takes attention. */
export class Mood {
  readonly #stream: RandomStream;
  #until: number;
  #pace = FIRST_PACE;

  constructor(stream: RandomStream) {
    this.#stream = stream;
    this.#until = stream.uniform(...LASTS);
  }

  /** Share of the possible speed that is wanted; times must not fall from call to call [s]. */
  paceAt(time: number): number {
    while (time >= this.#until) {
      const stops = this.#pace > 0 && this.#stream.uniform() < STOP_CHANCE;
      this.#pace = stops ? 0 : this.#stream.uniform(...PACE);
      this.#until += this.#stream.uniform(...(stops ? STOPS : LASTS));
    }
    return this.#pace;
  }
}
