import { type LoaderAnswers, type LoaderCall, type LoaderPort, type LoaderReply, unpackError } from './messages.ts';

interface Waiting {
  resolve(answer: never): void;
  reject(error: Error): void;
}

/** Calls into a loader thread, each answered or refused; all that wait are refused when the thread dies. */
export class ThreadCalls {
  readonly #port: LoaderPort;
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;
  #ended: Error | undefined;

  constructor(port: LoaderPort) {
    this.#port = port;
    port.listen(
      (message) => {
        const reply = message as LoaderReply;
        const waiting = this.#waiting.get(reply.id);
        this.#waiting.delete(reply.id);
        if ('error' in reply) waiting?.reject(unpackError(reply.error));
        else waiting?.resolve(reply.answer as never);
      },
      (error) => {
        this.#ended = error;
        for (const waiting of this.#waiting.values()) waiting.reject(error);
        this.#waiting.clear();
      },
    );
  }

  call<C extends LoaderCall>(call: C): Promise<LoaderAnswers[C['kind']]> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) return reject(this.#ended);
      const id = this.#next++;
      this.#waiting.set(id, { resolve, reject });
      this.#port.post({ ...call, id }, []);
    });
  }
}
