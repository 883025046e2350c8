/** What a person should know about a recording under way. */
export interface RecorderWarning {
  /** `lost`: samples were dropped; `little-space`: the disk is nearly full; `slow`: samples wait to be written. */
  readonly code: 'lost' | 'little-space' | 'slow';
  /** One line: what, and what to do about it. */
  readonly message: string;
}

export interface RecorderWatchOptions {
  /** Samples that may wait. */
  readonly maxPending: number;
  /** Free space where the recording goes [bytes]; absent or undefined where nobody knows. */
  readonly freeBytes?: (() => Promise<number | undefined>) | undefined;
  /** Called when another warning holds than before; null when none does any more. */
  readonly onWarning?: ((warning: RecorderWarning | null) => void) | undefined;
  /** Clock [ms]. */
  readonly now?: () => number;
}

/** The queue is slow above this share of what may wait, and quick again below half of that. */
const SLOW_SHARE = 0.5;
/** Time between two looks at the free space [ms]. */
const SPACE_PERIOD = 5000;
/** Space is little below this [bytes], or when it lasts for less than this [s]. */
const LITTLE_BYTES = 256e6;
const LITTLE_SECONDS = 120;

const FASTER = 'record to a faster disk, or fewer or smaller pictures';

/** Watches whether a recorder keeps up and has room. */
export class RecorderWatch {
  /** The warning that holds now, the gravest when there are several. */
  warning: RecorderWarning | null = null;
  readonly #options: RecorderWatchOptions;
  readonly #now: () => number;
  readonly #start: number;
  #lost = 0;
  #losing = false;
  #slow: number | null = null;
  #space: string | null = null;
  #bytes = 0;
  #looked = Number.NEGATIVE_INFINITY;

  constructor(options: RecorderWatchOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#start = this.#now();
  }

  /** Tells how many samples wait. */
  queued(pending: number): void {
    const limit = SLOW_SHARE * this.#options.maxPending;
    if (pending >= limit) this.#slow = pending;
    else if (pending < limit / 2) {
      this.#slow = null;
      this.#losing = false;
    }
    this.#judge();
  }

  /** Tells that a sample found no room in the queue. */
  lost(): void {
    this.#lost++;
    this.#losing = true;
    this.#judge();
  }

  /** Tells how much was written, and looks at the free space now and then; does not wait for the answer. */
  written(bytes: number): void {
    this.#bytes += bytes;
    if (this.#options.freeBytes === undefined || this.#now() - this.#looked < SPACE_PERIOD) return;
    this.#looked = this.#now();
    this.#options.freeBytes().then(
      (free) => {
        this.#space = free === undefined ? null : this.#spaceProblem(free);
        this.#judge();
      },
      // Not to know is no reason to stop.
      () => undefined,
    );
  }

  #spaceProblem(free: number): string | null {
    const seconds = (free * (this.#now() - this.#start)) / 1000 / this.#bytes;
    if (free >= LITTLE_BYTES && !(seconds < LITTLE_SECONDS)) return null;
    const lasts = Number.isFinite(seconds) ? `, for about ${Math.floor(seconds)} s more` : '';
    return `the disk has ${Math.floor(free / 1e6)} MB left${lasts}; free some space, or record to another disk`;
  }

  #judge(): void {
    const before = this.warning?.code;
    this.warning = this.#gravest();
    if (this.warning?.code !== before) this.#options.onWarning?.(this.warning);
  }

  #gravest(): RecorderWarning | null {
    if (this.#losing) {
      const lost = this.#lost === 1 ? '1 sample was' : `${this.#lost} samples were`;
      return { code: 'lost', message: `writing does not keep up, ${lost} lost; ${FASTER}` };
    }
    if (this.#space !== null) return { code: 'little-space', message: this.#space };
    if (this.#slow !== null) {
      return { code: 'slow', message: `writing does not keep up, ${this.#slow} samples wait; ${FASTER}` };
    }
    return null;
  }
}
