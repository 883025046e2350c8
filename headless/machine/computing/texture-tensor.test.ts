import { afterAll, describe, expect, test } from 'vitest';
import { frameTensor } from '../../../models/input/frame-tensor.ts';
import { useWebgpuKernels } from '../../../models/kernels/webgpu/register.ts';
import { textureTensor } from '../../../models/kernels/webgpu/texture-tensor.ts';
import { createPolicy } from '../../../models/policy/policy.ts';
import * as tf from '../../../models/tf.ts';
import { createNetwork, createSpec } from '../../../models/zoo/zoo.ts';
import type { DrawnFrame } from '../../../sim/frame.ts';
import { createStream } from '../../../sim/random/stream.ts';
import { openTestGpu } from '../gpu/testing/open-test-gpu.ts';
import { openComputing } from './open-computing.ts';

const { gpu, reason } = await openTestGpu();
const [WIDTH, HEIGHT] = [60, 40];

/** A picture of noise, as bytes and as a camera leaves it on the device. */
function picture(seed: number): { pixels: Uint8Array; drawn: DrawnFrame } {
  const random = createStream(seed, 'picture');
  const rgba = Uint8Array.from({ length: WIDTH * HEIGHT * 4 }, () => random.integer(0, 255));
  const pixels = rgba.filter((_, i) => i % 4 !== 3);
  const usage = GPUTextureUsage.COPY_DST | GPUTextureUsage.COPY_SRC | GPUTextureUsage.RENDER_ATTACHMENT;
  const texture = gpu!.device.createTexture({ size: [WIDTH, HEIGHT], format: 'rgba8unorm-srgb', usage });
  gpu!.device.queue.writeTexture({ texture }, rgba, { bytesPerRow: WIDTH * 4 }, [WIDTH, HEIGHT]);
  const size = { width: WIDTH, height: HEIGHT, time: 0 };
  const drawn = { ...size, device: gpu!.device, texture, read: async () => ({ ...size, pixels }), release() {} };
  return { pixels, drawn };
}

describe.skipIf(!gpu)(`a frame stays on the GPU${reason}`, () => {
  afterAll(() => gpu!.close());

  test.each(['rgb', 'grey', 'yuv'] as const)(
    'and gives the numbers that its bytes give, in %s',
    async (colourSpace) => {
      await openComputing('webgpu', gpu);
      const { pixels, drawn } = picture(1);
      const normalisation = { mean: [120, 130, 110], std: [60, 50, 70] };
      const size = { width: WIDTH, height: HEIGHT, time: 1, colourSpace, normalisation };
      const { input } = createSpec('cnn-lstm', { input: size as never });
      const [near, far] = [textureTensor(drawn, input), frameTensor(pixels, 1, 1, input)];
      expect(near.shape).toEqual(far.shape);
      const [values, expected] = [await near.data(), await far.data()];
      for (const [i, value] of expected.entries()) expect(Math.abs(values[i]! - value)).toBeLessThan(1e-5);
      tf.dispose([near, far]);
      drawn.texture.destroy();
    },
  );

  test('and makes a policy say the same, frame after frame, keeping nothing', async () => {
    await openComputing('webgpu', gpu);
    const spec = createSpec('cnn-lstm', {
      input: { width: WIDTH, height: HEIGHT, time: 2 },
      options: {
        convolutions: [
          { filters: 8, kernel: 5, stride: 2 },
          { filters: 8, kernel: 3, stride: 2 },
        ],
        dense: [12],
        units: 8,
      },
    });
    const network = createNetwork(spec, 3);
    const [near, far] = [createPolicy(network), createPolicy(network)];
    const surface = { device: gpu!.device, width: WIDTH, height: HEIGHT };
    expect(near.takesDrawn!(surface)).toBe(true);
    expect(near.takesDrawn!({ ...surface, width: WIDTH + 1 })).toBe(false);
    expect(near.takesDrawn!({ ...surface, device: {} as GPUDevice })).toBe(false);
    useWebgpuKernels('stock');
    expect(near.takesDrawn!(surface)).toBe(false);
    useWebgpuKernels('ours');
    let tensors = 0;
    for (let seed = 0; seed < 3; seed++) {
      const { pixels, drawn } = picture(seed);
      const said = await near.step(drawn, 9);
      const expected = await far.step({ width: WIDTH, height: HEIGHT, time: 0, pixels }, 9);
      for (const key of ['steeringAngle', 'speed', 'torque'] as const) expect(said[key]).toBeCloseTo(expected[key], 5);
      drawn.texture.destroy();
      if (seed > 0) expect(tf.memory().numTensors).toBe(tensors);
      tensors = tf.memory().numTensors;
    }
    near.dispose();
    far.dispose();
    network.dispose();
  });
});
