import type { MetricLine } from '../../../host-api/contract.ts';
import { host } from '../../host/host.ts';

/** Lines are sent together at most this often [ms]. */
const INTERVAL = 1000;

/** Sends what a run measures to the host, in order, without ever making the training wait. */
export class MetricsLog {
  readonly #run: string;
  #lines: MetricLine[] = [];
  #sending: Promise<void> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(run: string) {
    this.#run = run;
  }

  /** @param line goes out as JSON, where a number that does not exist becomes null */
  add(line: Readonly<Record<string, unknown>>): void {
    this.#lines.push(line as MetricLine);
    this.#timer ??= setTimeout(() => void this.flush(), INTERVAL);
  }

  /** Resolves when everything was sent; what a lost host did not take is sent with the next lines. */
  flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#sending = this.#sending.then(async () => {
      const lines = this.#lines;
      if (lines.length === 0) return;
      this.#lines = [];
      try {
        await host.appendMetrics(this.#run, lines);
      } catch {
        this.#lines = [...lines, ...this.#lines];
        this.#timer ??= setTimeout(() => void this.flush(), 3 * INTERVAL);
      }
    });
    return this.#sending;
  }
}
