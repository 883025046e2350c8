import type { WindowSource } from '../../../datasets/windows/window-source.ts';

/** A gate that work passes through, and that a person can shut for a while. */
export class Gate {
  #open: (() => void) | null = null;
  #waiting: Promise<void> = Promise.resolve();

  get shut(): boolean {
    return this.#open !== null;
  }

  pause(): void {
    if (this.#open !== null) return;
    this.#waiting = new Promise((resolve) => {
      this.#open = resolve;
    });
  }

  resume(): void {
    this.#open?.();
    this.#open = null;
  }

  /** Resolves when the gate is open. */
  pass(): Promise<void> {
    return this.#waiting;
  }
}

/** The same windows, loaded in another way. */
export function withLoad({ length, steering, next }: WindowSource, load: WindowSource['load']): WindowSource {
  return { length, ...(steering && { steering }), ...(next && { next }), load };
}

/** The same windows, handed out only while the gate is open: training that waits for data is training that pauses. */
export function behindGate(source: WindowSource, gate: Gate): WindowSource {
  return withLoad(source, async (indices) => {
    await gate.pass();
    return source.load(indices);
  });
}
