import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/**
 * A running SHA-256 over the world's state. Two drives with the same hash went through the same states, to the last bit.
 */
export class StateHash {
  readonly #hash = sha256.create();
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  /** @param length how many numbers a state has */
  constructor(length: number) {
    this.#bytes = new Uint8Array(length * 8);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** Adds one state. Little-endian whatever the machine, so that hashes compare across machines. */
  add(state: Float64Array): void {
    for (let i = 0; i < state.length; i++) this.#view.setFloat64(i * 8, state[i]!, true);
    this.#hash.update(this.#bytes);
  }

  /** Hash of all states so far: 32 hexadecimal digits (the first half of SHA-256). */
  digest(): string {
    return bytesToHex(this.#hash.clone().digest()).slice(0, 32);
  }
}
