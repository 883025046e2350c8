import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openForTests } from '../testing/open-for-tests.ts';
import * as tf from '../tf.ts';
import type { Architecture } from '../zoo/architecture.ts';
import { findArchitecture } from '../zoo/zoo.ts';
import { checkArchitecture } from './check-architecture.ts';

beforeAll(() => openForTests('wasm'));

const linear = findArchitecture('linear');
const input = { width: 16, height: 8 };

/** The smallest network of the zoo, under a name that is not in it, with something wrong. */
async function faults(changes: Partial<Architecture>): Promise<string[]> {
  const mine: Architecture = { ...linear, name: 'mine', ...changes };
  const { checks, subject } = await checkArchitecture(mine, { input });
  expect(subject).toBe('mine');
  for (const { passed, mend } of checks) expect(mend === '').toBe(passed);
  return checks.filter(({ passed }) => !passed).map(({ name, what }) => `${name}: ${what}`);
}

/** Its layers, with another `apply`. */
const applying = (change: (body: ReturnType<Architecture['build']>) => ReturnType<Architecture['build']>['apply']) => ({
  build: (...given: Parameters<Architecture['build']>) => {
    const body = linear.build(...given);
    return { ...body, initialState: (batch: number) => body.initialState(batch), apply: change(body) };
  },
});

describe('checkArchitecture', () => {
  it('finds nothing wrong with one that the zoo does not know', async () => {
    expect(await faults({})).toEqual([]);
  });

  it('says what is wrong with names and shapes', async () => {
    expect((await faults({ source: '' }))[0]).toBe('made: it does not say what it is, or where it comes from');
    const flat = applying((body) => (frames, options) => {
      const { outputs, state } = body.apply(frames, options);
      return { outputs: tf.slice(outputs, [0, 0, 0], [-1, -1, 2]) as tf.Tensor3D, state };
    });
    expect((await faults(flat))[0]).toBe('outputs: two windows of 5 frames give [2,5,2]');
  });

  it('says what is wrong with a gradient', async () => {
    const twice = tf.customGrad((x) => {
      const value = (x as tf.Tensor).clone();
      return { value, gradFunc: (dy: tf.Tensor) => tf.mul(dy, 2) };
    });
    const doubled = applying((body) => (frames, options) => {
      const { outputs, state } = body.apply(frames, options);
      return { outputs: twice(outputs) as tf.Tensor3D, state };
    });
    expect(await faults(doubled)).toEqual([expect.stringMatching(/^gradients: the gradient of \S+ is .*, and finite/)]);
  });

  it('says what is wrong with what looks at the whole window', async () => {
    const looksAhead = applying((body) => (frames, options) => {
      const { outputs, state } = body.apply(frames, options);
      return { outputs: tf.add(outputs, tf.mean(outputs, 1, true)) as tf.Tensor3D, state };
    });
    expect(await faults(looksAhead)).toEqual([expect.stringMatching(/^streams: at frame 0 \w+ is /)]);
  });

  it('says what is left behind', async () => {
    const leaking = applying((body) => (frames, options) => {
      const { outputs, state } = body.apply(frames, options);
      tf.keep(outputs.clone());
      return { outputs, state };
    });
    expect(await faults(leaking)).toEqual([expect.stringMatching(/^leaves-nothing: \d+ tensors are left/)]);
  });
});

afterAll(() => tf.disposeVariables());
