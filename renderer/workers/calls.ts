import { Refusal } from '../../sim/refusal.ts';

/** What a worker answers to: named functions of one argument. */
export type Calls = Readonly<Record<string, (argument: never) => unknown>>;

interface Question {
  readonly id: number;
  readonly name: string;
  readonly argument: unknown;
}

type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: { readonly message: string; readonly code: string | null } };

/** In a worker: answers questions with these functions, in order of arrival as far as they wait for each other. */
export function answerCalls(calls: Calls): void {
  addEventListener('message', async ({ data }: MessageEvent<Question>) => {
    const call = calls[data.name] as ((argument: unknown) => unknown) | undefined;
    let answer: Answer;
    try {
      if (call === undefined) throw new Error(`the worker has no ${data.name}`);
      answer = { id: data.id, value: await call(data.argument) };
    } catch (error) {
      const code = error instanceof Refusal ? error.code : null;
      answer = { id: data.id, error: { message: error instanceof Error ? error.message : String(error), code } };
    }
    postMessage(answer);
  });
}

/** In a page: asks a worker. Refusals arrive as refusals. */
export class Caller<C extends Calls> {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  #next = 0;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => this.#answered(data));
    worker.addEventListener('error', (event) => this.#broken(event.message || 'the worker did not start'));
  }

  call<N extends keyof C & string>(
    name: N,
    argument: Parameters<C[N]>[0],
    transfer: Transferable[] = [],
  ): Promise<Awaited<ReturnType<C[N]>>> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.#worker.postMessage({ id, name, argument } satisfies Question, transfer);
    });
  }

  /** Ends the worker; what waits for it fails. */
  end(): void {
    this.#worker.terminate();
    this.#broken('the worker was ended');
  }

  #answered(answer: Answer): void {
    if (answer === null || typeof answer !== 'object' || !('id' in answer)) return;
    const waiting = this.#waiting.get(answer.id);
    if (waiting === undefined) return;
    this.#waiting.delete(answer.id);
    if ('value' in answer) {
      waiting.resolve(answer.value);
      return;
    }
    const { message, code } = answer.error;
    waiting.reject(code === null ? new Error(message) : refusal(code, message));
  }

  #broken(message: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(message));
    this.#waiting.clear();
  }
}

/** A refusal whose message is complete already. */
function refusal(code: string, message: string): Refusal {
  const made = new Refusal(code, '', '', '');
  made.message = message;
  return made;
}
