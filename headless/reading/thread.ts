import { Worker } from 'node:worker_threads';
import { Refusal } from '../../sim/refusal.ts';
import { type Answers, BEAT, type Question, type Word } from './messages.ts';

/** A thread without a sign of life for so many beats is stuck: 1.2 s. */
const PATIENCE = 12;
/** Bytes of input that excuse another beat of silence: large files are parsed in large pieces. */
const BYTES_PER_BEAT = 1e6;
/** Nothing excuses more: 30 s. */
const LONGEST_PATIENCE = 300;
/** A file that makes its reader ask for more is damaged [MB]. */
const LARGEST_HEAP = 4096;

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A thread that reads recordings and can be ended: a damaged file may send a parser round in circles, and in JavaScript
 * nothing but the end of its thread stops that. Once stuck, it is ended and refuses everything.
 */
export class ReadingThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #ended: Error | undefined;
  #asked = 0;
  #silence = 0;
  #bytes = 0;
  #at = '';
  #watch: NodeJS.Timeout | undefined;

  private constructor() {
    // From its sources a thread needs the TypeScript loader first; the packaged app has it as JavaScript.
    const isSource = import.meta.url.endsWith('.ts');
    const module = new URL(`./reading-thread.${isSource ? 'ts' : 'js'}`, import.meta.url);
    this.#worker = new Worker(isSource ? new URL('../host/jobs/from-source.mjs', import.meta.url) : module, {
      argv: [module.href],
      resourceLimits: { maxOldGenerationSizeMb: LARGEST_HEAP },
      // What libraries print there must not reach the results on our own stdout.
      stdout: true,
    });
    this.#worker.stdout.pipe(process.stderr);
    this.#worker.on('message', (word: Word) => this.#hear(word));
    this.#worker.on('error', (error: NodeJS.ErrnoException) => {
      this.#end(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? this.#refusal('reading it takes more memory than there is') : error,
      );
    });
    this.#worker.on('exit', (code) => this.#end(new Error(`the reading thread ended early (${code})`)));
  }

  get ended(): boolean {
    return this.#ended !== undefined;
  }

  /** Resolves when the thread can be asked. */
  static async start(): Promise<ReadingThread> {
    const thread = new ReadingThread();
    await new Promise((resolve, reject) => thread.#waiting.set(0, { resolve, reject }));
    return thread;
  }

  /**
   * Asks and waits for the answer.
   * @returns the answer, and the number of the question
   * @throws Refusal of the reader, or `no-end` when it is stuck
   */
  async ask<K extends Question['kind']>(
    question: Extract<Question, { kind: K }> | (Question & { readonly kind: K }),
  ): Promise<{ readonly id: number; readonly value: Answers[K] }> {
    if (this.#ended !== undefined) throw this.#ended;
    const id = ++this.#asked;
    const answered = new Promise<Answers[K]>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#worker.ref();
    this.#silence = 0;
    // Counted in beats of this thread and not in seconds: a machine that is busy elsewhere holds up both.
    this.#watch ??= setInterval(() => this.#listen(), BEAT);
    this.#worker.postMessage({ id, question });
    return { id, value: await answered };
  }

  /** Ends the thread, whatever it is doing. */
  async end(): Promise<void> {
    this.#end(new Error('the recording is closed'));
    await this.#worker.terminate();
  }

  #listen(): void {
    const excused = Math.min(LONGEST_PATIENCE, PATIENCE + this.#bytes / BYTES_PER_BEAT);
    if (this.#silence++ < excused) return;
    this.#end(this.#refusal('reading it comes to no end, so it must be damaged'));
  }

  #hear(word: Word): void {
    this.#silence = 0;
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
      // A recording that is open must not keep the process alive.
      this.#worker.unref();
    }
    return waiting;
  }

  #refusal(what: string): Refusal {
    return new Refusal('no-end', this.#at, what, 'restore the file, or leave it out');
  }

  #end(reason: Error): void {
    this.#ended ??= reason;
    void this.#worker.terminate();
    for (const id of [...this.#waiting.keys()]) this.#settle(id)?.reject(this.#ended);
  }
}
