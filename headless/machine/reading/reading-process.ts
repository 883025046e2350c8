import { fileURLToPath } from 'node:url';
import { Refusal } from '../../../sim/refusal.ts';
import { type Child, forkChild, type LaunchChild } from '../processes/child.ts';
import { cpuTime } from './cpu-time.ts';
import { type Answers, BEAT, type Question, type Word } from './messages.ts';

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

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A process that reads recordings and can be ended. A damaged file may send a parser round in circles, which nothing but the
 * end of it stops, or crash native code, which ends the whole process. Once ended, it refuses everything.
 */
export class ReadingProcess {
  readonly #child: Child;
  readonly #waiting = new Map<number, Waiting>();
  #ended: Error | undefined;
  #asked = 0;
  /** Since the last sign of life: beats, and the processor time used until then [ms]. */
  #silence = 0;
  #usedBefore: number | undefined;
  #bytes = 0;
  #at = '';
  #watch: NodeJS.Timeout | undefined;

  private constructor(launch: LaunchChild) {
    // From its sources the process needs the TypeScript loader first; the packaged app has it as JavaScript.
    const isSource = import.meta.url.endsWith('.ts');
    const module = new URL(`./answer.${isSource ? 'ts' : 'js'}`, import.meta.url);
    this.#child = isSource
      ? launch(fileURLToPath(new URL('../processes/from-source.mjs', import.meta.url)), [module.href])
      : launch(fileURLToPath(module), []);
    this.#child.onMessage((word) => this.#hear(word as Word));
    this.#child.onExit((how) => {
      const what = `reading it ended its process (${how}), so it must be damaged`;
      // Before the first question there is nothing to blame it on.
      this.#end(this.#asked > 0 ? this.#refusal(what) : new Error(`the reading process did not start (${how})`));
    });
  }

  /** Resolves when it can be asked. */
  static async start(launch: LaunchChild = forkChild): Promise<ReadingProcess> {
    const process = new ReadingProcess(launch);
    await new Promise((resolve, reject) => process.#waiting.set(0, { resolve, reject }));
    return process;
  }

  get ended(): boolean {
    return this.#ended !== undefined;
  }

  /**
   * Asks and waits for the answer.
   * @returns the answer, and the number of the question
   * @throws Refusal of the reader, or `no-end` when it is stuck or died
   */
  async ask<K extends Question['kind']>(
    question: Extract<Question, { kind: K }> | (Question & { readonly kind: K }),
  ): Promise<{ readonly id: number; readonly value: Answers[K] }> {
    if (this.#ended !== undefined) throw this.#ended;
    const id = ++this.#asked;
    const answered = new Promise<Answers[K]>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#child.hold(true);
    this.#breathe();
    this.#watch ??= setInterval(() => this.#listen(), BEAT);
    this.#child.send({ id, question });
    return { id, value: await answered };
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
    this.#breathe();
    switch (word.kind) {
      case 'beat':
        this.#bytes = word.bytes;
        return;
      case 'at':
        this.#at = word.file;
        return;
      case 'ready':
        this.#settle(0)?.resolve(undefined as never);
        return;
      case 'answer':
        this.#settle(word.id)?.resolve(word.value as never);
        return;
      case 'refused':
        this.#settle(word.id)?.reject(Refusal.repeated(word.code, word.message));
        return;
      case 'failed':
        this.#settle(word.id)?.reject(new Error(word.message));
        return;
    }
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) {
      clearInterval(this.#watch);
      this.#watch = undefined;
      // A recording that is open must not keep this process alive.
      this.#child.hold(false);
    }
    return waiting;
  }

  #refusal(what: string): Refusal {
    return new Refusal('no-end', this.#at, what, 'restore the file, or leave it out');
  }

  #end(reason: Error): void {
    this.#ended ??= reason;
    this.#child.kill();
    for (const id of [...this.#waiting.keys()]) this.#settle(id)?.reject(this.#ended);
  }
}
