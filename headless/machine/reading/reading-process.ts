import { Caller } from '../../../sim/calls/caller.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { type Child, forkChild, type LaunchChild, peerOf } from '../processes/child.ts';
import type { ReadingCalls } from './answer.ts';
import { cpuTime } from './cpu-time.ts';
import { BEAT, type Word } from './messages.ts';

/** Processor time without a sign of life after which a process is stuck [ms]. */
const PATIENCE = 1000;
/** More of it for each megabyte that was read: large files are parsed in large pieces [ms]. */
const PATIENCE_PER_MEGABYTE = 100;
/** Nothing excuses more [ms]. */
const LONGEST_PATIENCE = 30_000;
/**
 * A process may be silent without using the processor, waiting for the disk or for its turn, so many times longer. Where
 * its processor time is not known, the clock is taken for it.
 */
const WAITING = 10;

/**
 * A process that reads recordings and can be ended. A damaged file may send a parser round in circles, which nothing but the
 * end of it stops, or crash native code, which ends the whole process. Once ended, it refuses everything.
 */
export class ReadingProcess {
  readonly #child: Child;
  readonly #calls: Caller<ReadingCalls>;
  #ended = false;
  #asked = 0;
  #unanswered = 0;
  /** Since the last sign of life: beats, and the processor time used until then [ms]. */
  #silence = 0;
  #usedBefore: number | undefined;
  #bytes = 0;
  #at = '';
  #watch: NodeJS.Timeout | undefined;

  private constructor(launch: LaunchChild) {
    this.#child = launch(new URL('./answer.ts', import.meta.url));
    const peer = peerOf(this.#child, (how) => {
      this.#ended = true;
      const what = `reading it ended its process (${how}), so it must be damaged`;
      // Before the first question there is nothing to blame it on.
      return this.#asked > 0 ? this.#refusal(what) : new Error(`the reading process did not start (${how})`);
    });
    this.#calls = new Caller(peer, (word) => this.#hear(word as Word));
    this.#child.onMessage(() => this.#breathe());
  }

  /** Resolves when it can be asked. */
  static async start(launch: LaunchChild = forkChild): Promise<ReadingProcess> {
    const process = new ReadingProcess(launch);
    await process.#calls.call('ready');
    process.#child.hold(false);
    return process;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /**
   * Asks and waits for the answer.
   * @throws Refusal of the reader, or `no-end` when it is stuck or died
   */
  async ask<N extends keyof ReadingCalls>(
    name: N,
    ...args: Parameters<ReadingCalls[N]>
  ): Promise<Awaited<ReturnType<ReadingCalls[N]>>> {
    this.#asked++;
    this.#unanswered++;
    this.#child.hold(true);
    this.#breathe();
    this.#watch ??= setInterval(() => this.#listen(), BEAT);
    try {
      return await this.#calls.call(name, ...args);
    } finally {
      if (--this.#unanswered === 0) this.#rest();
    }
  }

  /** Ends it, whatever it is doing. */
  end(): void {
    this.#end(new Error('the recording is closed'));
  }

  #listen(): void {
    const patience = Math.min(LONGEST_PATIENCE, PATIENCE + (this.#bytes / 1e6) * PATIENCE_PER_MEGABYTE);
    const waited = ++this.#silence * BEAT;
    const used = cpuTime(this.#child.pid);
    const worked = used === undefined || this.#usedBefore === undefined ? waited : used - this.#usedBefore;
    if (worked < patience && waited < WAITING * patience) return;
    this.#end(this.#refusal('reading it comes to no end, so it must be damaged'));
  }

  #breathe(): void {
    this.#silence = 0;
    this.#usedBefore = cpuTime(this.#child.pid);
  }

  #hear(word: Word): void {
    if (word.kind === 'beat') this.#bytes = word.bytes;
    else this.#at = word.file;
  }

  /** Nothing is asked: a recording that is open must not keep this process alive. */
  #rest(): void {
    clearInterval(this.#watch);
    this.#watch = undefined;
    this.#child.hold(false);
  }

  #refusal(what: string): Refusal {
    return new Refusal('no-end', this.#at, what, 'restore the file, or leave it out');
  }

  #end(reason: Error): void {
    this.#ended = true;
    this.#calls.end(reason);
  }
}
