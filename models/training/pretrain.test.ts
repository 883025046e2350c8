import { beforeAll, describe, expect, it } from 'vitest';
import type { WindowSource } from '../../datasets/windows/window-source.ts';
import { readWeights } from '../network/weights.ts';
import { openForTests } from '../testing/open-for-tests.ts';
import * as tf from '../tf.ts';
import { createNetwork, createSpec } from '../zoo/zoo.ts';
import { pretrain } from './pretrain.ts';
import { transferWeights } from './transfer.ts';

const shape = { time: 4, height: 20, width: 32 };

/** Windows without a single label: a bright bar that wanders to the right by two pixels a frame. */
const unlabelled: WindowSource = {
  length: 24,
  async load(indices) {
    const { time, height, width } = shape;
    const batch = indices.length;
    const frames = new Uint8Array(batch * time * height * width * 3);
    for (const [row, window] of indices.entries()) {
      for (let t = 0; t < time; t++) {
        for (let y = 0; y < height; y++) {
          for (let i = 0; i < 8; i++) {
            const x = (window + 2 * t + i) % width;
            const at = (((row * time + t) * height + y) * width + x) * 3;
            frames.fill(255, at, at + 3);
          }
        }
      }
    }
    const empty = () => new Float32Array(batch * time * 3);
    return { frames, targets: empty(), mask: empty(), speed: new Float32Array(batch * time), batch, time };
  },
};

function small(options: Record<string, unknown> = {}, seed = 1, input = shape) {
  const trunk = { convolutions: [{ filters: 6, kernel: 5, stride: 2 }], dense: [16], units: 16 };
  return createNetwork(createSpec('cnn-lstm', { input, options: { ...trunk, ...options } }), seed);
}

describe('pre-training without labels', () => {
  beforeAll(() => openForTests('wasm'));

  it('learns what the next frame looks like, better than their mean does, and leaves the heads alone', async () => {
    const network = small();
    const before = await readWeights(network);
    const tensors = tf.memory().numTensors;
    const options = { epochs: 60, batch: 6, learningRate: 1e-2, mirror: 0, jitter: 0 };
    const history = await pretrain({ network, source: unlabelled, options });
    expect(tf.memory().numTensors).toBe(tensors);
    expect(history).toHaveLength(60);
    const last = history.at(-1)!;
    expect(last.loss).toBeLessThan(0.5 * last.meanPicture);
    expect(history[0]!.loss).toBeGreaterThan(0.8 * history[0]!.meanPicture);
    const after = await readWeights(network);
    for (const [name, values] of after) {
      const moved = values.some((value, i) => value !== before.get(name)![i]);
      expect([name, moved]).toEqual([name, !name.startsWith('heads/')]);
    }
    // Another network takes all but what does not fit.
    const other = small({ units: 8 }, 2);
    expect(transferWeights(other, after).taken).toContain('convolution-1/filter');
    for (const one of [network, other]) one.dispose();
  });

  it('comes to the same weights again, and stops when told to', async () => {
    const run = async (signal?: AbortSignal) => {
      const network = small();
      const options = { epochs: 2, batch: 6 };
      const history = await pretrain({ network, source: unlabelled, options, ...(signal && { signal }) });
      const weights = await readWeights(network);
      network.dispose();
      return { history, weights };
    };
    const [first, second] = [await run(), await run()];
    expect(second).toEqual(first);
    expect((await run(AbortSignal.abort())).history).toEqual([]);
  });

  it('is refused for windows of one frame', async () => {
    const network = small({}, 1, { ...shape, time: 1 });
    await expect(pretrain({ network, source: unlabelled })).rejects.toThrow(/T: a window of one frame/);
    network.dispose();
  });
});
