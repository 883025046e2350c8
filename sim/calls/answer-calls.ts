import { type Answer, type Calls, packError, type Question } from './calls.ts';
import type { Port } from './port.ts';

const handedOver = new WeakMap<object, readonly ArrayBuffer[]>();

/** Marks a result of a call: these buffers of it are handed over instead of copied, and are empty on this side then. */
export function handOver<T extends object>(result: T, buffers: readonly ArrayBuffer[]): T {
  handedOver.set(result, buffers);
  return result;
}

/** Answers questions with these functions, in the order in which they are done. What else is sent here is ignored. */
export function answerCalls(port: Port, calls: Calls): void {
  const answer = async ({ asks, name, args }: Question): Promise<void> => {
    try {
      if (!Object.hasOwn(calls, name)) throw new Error(`there is no ${name} to be called`);
      const value = await (calls[name] as (...given: readonly unknown[]) => unknown)(...args);
      const transfer = typeof value === 'object' && value !== null ? handedOver.get(value) : undefined;
      port.post({ answers: asks, value } satisfies Answer, transfer);
    } catch (error) {
      port.post({ answers: asks, error: packError(error) } satisfies Answer);
    }
  };
  port.listen(
    (message) => {
      if (typeof message === 'object' && message !== null && 'asks' in message) void answer(message as Question);
    },
    () => undefined,
  );
}
