import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { log } from '../maths/deterministic.ts';

/** Where a stream stands: four 32-bit integers. */
export type StreamState = readonly number[];

/** A named source of chance. Streams of different names or seeds are independent of each other. */
export interface RandomStream {
  readonly name: string;
  /** A number in [min, max), 53 random bits. */
  uniform(min?: number, max?: number): number;
  /** A normally distributed number. @param std standard deviation, not negative */
  normal(mean?: number, std?: number): number;
  /** A whole number in [min, max], both included. */
  integer(min: number, max: number): number;
  /** One of the items. @throws RangeError when there are none */
  pick<T>(items: readonly T[]): T;
  /** The stream `name` below this one; does not depend on what was drawn before, and draws nothing. */
  fork(name: string): RandomStream;
  state(): StreamState;
  /** Goes back to where `state()` was taken. */
  restore(state: StreamState): void;
}

/**
 * The stream for one purpose. The same seed and name give the same numbers in every engine.
 * @param seed any finite number
 * @param name what the numbers are for, e.g. `track`, `wind`
 */
export function createStream(seed: number, name: string): RandomStream {
  return streamAt(seed, [name]);
}

function streamAt(seed: number, path: readonly string[]): RandomStream {
  let generator = xoroshiro128plusFromState(initialState(seed, path));

  const uniform = (min = 0, max = 1): number => min + (max - min) * uniformFloat64(generator);

  return {
    name: path.join('/'),
    uniform,
    // Marsaglia's polar method (1964). Its second number is thrown away, so that the state is the generator's alone.
    normal(mean = 0, std = 1) {
      for (;;) {
        const u = uniform(-1, 1);
        const v = uniform(-1, 1);
        const s = u * u + v * v;
        if (s > 0 && s < 1) return mean + std * u * Math.sqrt((-2 * log(s)) / s);
      }
    },
    integer: (min, max) => uniformInt(generator, min, max),
    pick(items) {
      if (items.length === 0) throw new RangeError('nothing to pick from');
      return items[uniformInt(generator, 0, items.length - 1)]!;
    },
    fork: (name) => streamAt(seed, [...path, name]),
    state: () => [...generator.getState()],
    restore(state) {
      generator = xoroshiro128plusFromState(state);
    },
  };
}

/** 128 bits of a hash of seed and path; JSON keeps the parts apart, so that no two paths look alike. */
function initialState(seed: number, path: readonly string[]): number[] {
  const digest = sha256(utf8ToBytes(JSON.stringify([seed, ...path])));
  const view = new DataView(digest.buffer, digest.byteOffset);
  return [0, 4, 8, 12].map((offset) => view.getInt32(offset, true));
}
