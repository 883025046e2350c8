import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refusal } from '../refusal.ts';
import { answerCalls, handOver } from './answer-calls.ts';
import { Caller } from './caller.ts';
import type { Peer, Port } from './port.ts';

/** One end of a channel, as a port whose other side may go. */
function portOf(end: MessagePort): Peer {
  return {
    post: (message, transfer = []) => end.postMessage(message, [...transfer]),
    listen(onMessage, onEnd) {
      end.addEventListener('message', ({ data }) => onMessage(data));
      end.addEventListener('close', () => onEnd(new Error('the channel was closed')));
      end.start();
    },
    end: () => end.close(),
  };
}

const pixels = new Uint8Array([1, 2, 3]);
const calls = {
  add: (a: number, b: number) => a + b,
  nothing: () => undefined,
  later: async (name: string) => `hello ${name}`,
  never: () => new Promise<void>(() => undefined),
  picture: () => handOver({ pixels }, [pixels.buffer]),
  refuse: () => {
    throw new Refusal('bad-thing', 'a.json', 'it is bad', 'mend it');
  },
  fail: async () => {
    throw new TypeError('a fault of ours');
  },
};

let there: Port & Peer;
let words: unknown[];
let caller: Caller<typeof calls>;
beforeEach(() => {
  const { port1, port2 } = new MessageChannel();
  there = portOf(port2);
  answerCalls(there, calls);
  words = [];
  caller = new Caller(portOf(port1), (word) => words.push(word));
});
afterEach(() => caller.end());

describe('calls over a port', () => {
  it('are answered, each with its own result', async () => {
    expect(await Promise.all([caller.call('later', 'a'), caller.call('add', 1, 2), caller.call('nothing')])).toEqual([
      'hello a',
      3,
      undefined,
    ]);
  });

  it('bring refusals as refusals, and faults with the stack of where they were thrown', async () => {
    const refused = await caller.call('refuse').catch((error) => error);
    expect(refused).toBeInstanceOf(Refusal);
    expect(refused).toMatchObject({ code: 'bad-thing', message: 'a.json: it is bad; mend it' });
    const failed = await caller.call('fail').catch((error) => error);
    expect(failed).not.toBeInstanceOf(Refusal);
    expect(failed).toMatchObject({ message: 'a fault of ours', stack: expect.stringContaining('calls.test.ts') });
  });

  it('reach nothing but what is offered', async () => {
    await expect(caller.call('toString' as 'add', 1, 2)).rejects.toThrow('there is no toString to be called');
  });

  it('hand over the buffers that were marked', async () => {
    const { pixels: received } = await caller.call('picture');
    expect([...received]).toEqual([1, 2, 3]);
    expect(pixels.byteLength).toBe(0);
  });

  it('let the other side say what nobody asked for', async () => {
    there.post({ done: 0.5 });
    await caller.call('nothing');
    expect(words).toEqual([{ done: 0.5 }]);
  });

  it('fail when the other side is gone, those that wait and those to come', async () => {
    const waiting = caller.call('never');
    there.end();
    await expect(waiting).rejects.toThrow('the channel was closed');
    await expect(caller.call('add', 1, 2)).rejects.toThrow('the channel was closed');
  });

  it('fail with the reason that the other side is ended for', async () => {
    const waiting = caller.call('never');
    caller.end(new Error('no longer needed'));
    await expect(waiting).rejects.toThrow('no longer needed');
    await expect(caller.call('add', 1, 2)).rejects.toThrow('no longer needed');
  });
});
