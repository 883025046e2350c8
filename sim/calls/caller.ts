import { type Answer, type Calls, type Question, unpackError } from './calls.ts';
import type { Peer } from './port.ts';

interface Waiting {
  resolve(value: never): void;
  reject(error: Error): void;
}

/** Asks the other side, which `answerCalls`. Refusals arrive as refusals; when the other side is gone, all that wait fail. */
export class Caller<C extends Calls> {
  readonly #peer: Peer;
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;
  #ended: Error | undefined;

  /** @param onWord hears what the other side says and nobody asked for, such as its progress */
  constructor(peer: Peer, onWord: (word: unknown) => void = () => undefined) {
    this.#peer = peer;
    peer.listen(
      (message) => {
        if (typeof message === 'object' && message !== null && 'answers' in message) this.#take(message as Answer);
        else onWord(message);
      },
      (error) => this.#fail(error),
    );
  }

  /**
   * @throws what the function throws there, by message; the reason when the other side is gone
   */
  call<N extends keyof C & string>(name: N, ...args: Parameters<C[N]>): Promise<Awaited<ReturnType<C[N]>>> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) return reject(this.#ended);
      const asks = this.#next++;
      this.#waiting.set(asks, { resolve, reject });
      this.#peer.post({ asks, name, args } satisfies Question);
    });
  }

  /** Ends the other side at once; what waits for it, and what is asked from now on, fails with the reason. */
  end(reason = new Error('it was ended')): void {
    this.#fail(reason);
    this.#peer.end();
  }

  #take(answer: Answer): void {
    const waiting = this.#waiting.get(answer.answers);
    this.#waiting.delete(answer.answers);
    if ('error' in answer) waiting?.reject(unpackError(answer.error));
    else waiting?.resolve(answer.value as never);
  }

  #fail(reason: Error): void {
    this.#ended ??= reason;
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}
