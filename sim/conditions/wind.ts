import { cos, exp, sin } from '../maths/deterministic.ts';
import { createStream, type RandomStream } from '../random/stream.ts';
import type { WindConditions } from './conditions.ts';

/** How long a gust lasts [s]: eddies of some 50 m pass a car at 15 m/s. */
const GUST_TIME = 3;
/** Gusts across the wind over those along it, near the ground (J. Counihan, Atmospheric Environment 9, 1975). */
const ACROSS = 0.75;

/** Velocity of the air over the ground [m/s]. */
export interface Air {
  readonly x: number;
  readonly y: number;
}

/** The wind of an episode, from tick to tick: a mean and gusts that decay exponentially (first-order Gauss-Markov). */
export class Wind {
  readonly #mean: Air;
  readonly #cos: number;
  readonly #sin: number;
  readonly #gust: number;
  readonly #kept: number;
  readonly #stream: RandomStream;
  #along: number;
  #across: number;

  /**
   * @param seed of the episode
   * @param period time between two ticks [s]
   */
  constructor(wind: WindConditions, seed: number, period: number) {
    this.#cos = cos(wind.direction);
    this.#sin = sin(wind.direction);
    this.#mean = { x: wind.speed * this.#cos, y: wind.speed * this.#sin };
    this.#gust = wind.gust;
    this.#kept = exp(-period / GUST_TIME);
    this.#stream = createStream(seed, 'wind');
    this.#along = wind.gust === 0 ? 0 : this.#stream.normal(0, wind.gust);
    this.#across = wind.gust === 0 ? 0 : this.#stream.normal(0, ACROSS * wind.gust);
  }

  /** The air of this tick; each call is a tick later. */
  next(): Air {
    if (this.#gust === 0) return this.#mean;
    const air = {
      x: this.#mean.x + this.#along * this.#cos - this.#across * this.#sin,
      y: this.#mean.y + this.#along * this.#sin + this.#across * this.#cos,
    };
    // The new part is as large as keeps the standard deviation.
    const fresh = this.#gust * Math.sqrt(1 - this.#kept * this.#kept);
    this.#along = this.#kept * this.#along + this.#stream.normal(0, fresh);
    this.#across = this.#kept * this.#across + this.#stream.normal(0, ACROSS * fresh);
    return air;
  }
}

/** The wind of these conditions, or null where the air stands still. */
export function windOf(wind: WindConditions, seed: number, period: number): Wind | null {
  return wind.speed === 0 && wind.gust === 0 ? null : new Wind(wind, seed, period);
}
