import type { FileStorage } from '../../datasets/storage/storage.ts';
import { METRICS_FILE } from './layout.ts';
import type { MetricLine } from './metric-lines.ts';

/** Lines are written together at most this often [ms]. */
const INTERVAL = 1000;
/** After a failure it is tried again this much later [ms]. */
const RETRY = 3000;

/** Writes what a run measures, in order, without ever making the training wait. */
export class MetricsLog {
  readonly #storage: FileStorage;
  /** Bytes that are in the file for sure. */
  #written: number;
  #waiting: Uint8Array[] = [];
  #writing: Promise<void> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param bytes of the file that count; what stands behind them is cut off */
  constructor(storage: FileStorage, bytes: number) {
    this.#storage = storage;
    this.#written = bytes;
  }

  /** Length of the file when everything is written [bytes]. */
  get bytes(): number {
    return this.#waiting.reduce((sum, { length }) => sum + length, this.#written);
  }

  /** Numbers that are not finite become null. */
  add(line: MetricLine): void {
    this.#waiting.push(new TextEncoder().encode(`${JSON.stringify(line)}\n`));
    this.#timer ??= setTimeout(() => this.#now(), INTERVAL);
  }

  /** Resolves when everything is on the disk. @throws what the storage does; the lines are kept, and tried again */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const written = this.#writing.then(() => this.#write());
    this.#writing = written.catch(() => undefined);
    return written;
  }

  #now(): void {
    this.flush().catch(() => {
      this.#timer ??= setTimeout(() => this.#now(), RETRY);
    });
  }

  async #write(): Promise<void> {
    const lines = [...this.#waiting];
    if (lines.length === 0) return;
    // An attempt that failed may have left some of them, or all.
    const file = await this.#storage.openAppend(METRICS_FILE, { truncateTo: this.#written });
    try {
      await file.append(joined(lines));
      await file.sync();
    } finally {
      await file.close();
    }
    this.#waiting = this.#waiting.slice(lines.length);
    this.#written += lines.reduce((sum, { length }) => sum + length, 0);
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
