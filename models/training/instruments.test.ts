import { beforeAll, describe, expect, test } from 'vitest';
import { createStream } from '../../sim/random/stream.ts';
import { frameTensor } from '../input/frame-tensor.ts';
import { checkNetwork } from '../inspection/check-network.ts';
import { diagnose } from '../inspection/diagnosis.ts';
import { checkGradients } from '../inspection/gradient-check.ts';
import { overfitTinyBatch } from '../inspection/overfit.ts';
import { syntheticWindows } from '../inspection/synthetic-windows.ts';
import { dropout } from '../layers/dropout.ts';
import type { ApplyOptions, Network } from '../network/network.ts';
import { readWeights, writeWeights } from '../network/weights.ts';
import { openForTests } from '../testing/open-for-tests.ts';
import * as tf from '../tf.ts';
import { createNetwork, createSpec } from '../zoo/zoo.ts';
import { CarriedMemory } from './carried-memory.ts';
import { type Examination, examinationSchema } from './examination/examination.ts';
import { examine } from './examination/examine.ts';
import { loss, lossTargets } from './loss.ts';
import { trainingOptions } from './options.ts';
import { chains, epochOrder } from './order.ts';
import { train } from './train.ts';
import { transferWeights } from './transfer.ts';
import { WeightAverage } from './weight-average.ts';

const shape = { time: 3, height: 20, width: 32 };
const windows = syntheticWindows({ windows: 24, ...shape, seed: 1 });
const validation = syntheticWindows({ windows: 8, ...shape, seed: 2 });
const outputs = [
  { name: 'steeringAngle' as const, unit: 'rad', scale: 0.4, offset: 0 },
  { name: 'speed' as const, unit: 'm/s', scale: 3, offset: 9 },
  { name: 'torque' as const, unit: 'N·m', scale: 2, offset: 0 },
];

function small(options: Record<string, unknown> = {}, seed = 1): Network {
  const trunk = { convolutions: [{ filters: 6, kernel: 5, stride: 2 }], dense: [12], units: 8 };
  return createNetwork(createSpec('cnn-lstm', { input: shape, outputs, options: { ...trunk, ...options } }), seed);
}

beforeAll(() => openForTests('wasm'));

describe('the gaussian head', () => {
  test('its loss is (d²/σ² + ln σ²)/2, and its gradient is right', async () => {
    const target = { targets: Float32Array.of(1, 2, 3), weights: Float32Array.of(1, 0.5, 0) };
    const value = tf.tidy(() =>
      loss(
        tf.tensor3d([3, 2, 9], [1, 1, 3]),
        target,
        { loss: 'gaussian', huberDelta: 1 },
        {
          logVariance: tf.tensor3d([Math.log(4), 1, 5], [1, 1, 3]),
        },
      ),
    );
    expect((await value.data())[0]).toBeCloseTo((4 / 4 + Math.log(4)) / 2 + 0.5 * 0.5, 5);

    const network = small({ uncertainty: true, activation: 'tanh' });
    const batch = await windows.load([0, 1]);
    const options = trainingOptions({ loss: 'gaussian' });
    const frames = frameTensor(batch.frames, batch.batch, batch.time, network.spec.input);
    const targets = lossTargets(batch, outputs, options);
    const checks = await checkGradients(() => {
      const { outputs: made, logVariance } = network.apply(frames, { training: false });
      return loss(made, targets, options, { logVariance: logVariance! });
    }, network.variables);
    for (const check of checks) expect(check.relativeError, check.variable).toBeLessThan(2e-2);
    tf.dispose([value, frames]);
    network.dispose();
  });

  test('learns how wrong it is where labels cannot be foreseen', async () => {
    // Bright windows have labels of ±0.4 by chance, dark ones always 0.
    const size = { time: 2, height: 8, width: 16 };
    const plain = syntheticWindows({ windows: 16, ...size, seed: 3 });
    const noisy = {
      length: plain.length,
      async load(indices: readonly number[]) {
        const batch = await plain.load(indices);
        const pixels = batch.frames.length / indices.length;
        for (const [row, window] of indices.entries()) {
          const random = createStream(7, `noise/${window}`);
          const bright = window % 2 === 1;
          batch.frames.fill(bright ? 200 : 10, row * pixels, (row + 1) * pixels);
          for (let t = 0; t < size.time; t++) {
            batch.targets.set([bright ? random.pick([-0.4, 0.4]) : 0, 9, 0], (row * size.time + t) * 3);
          }
        }
        return batch;
      },
    };
    const options = { units: [8], uncertainty: true };
    const network = createNetwork(createSpec('mlp', { input: size, outputs, options }), 1);
    const plainly = { mirror: 0, jitter: 0, balance: 0, patience: 0 };
    const given = { loss: 'gaussian' as const, epochs: 150, batch: 8, learningRate: 1e-2, ...plainly };
    await train({ network, training: noisy, validation: noisy, options: given });
    const batch = await noisy.load([0, 1]);
    const frames = frameTensor(batch.frames, 2, batch.time, network.spec.input);
    const values = await network.apply(frames, { training: false }).logVariance!.data();
    const [dark, bright] = [values[0]!, values[size.time * 3]!];
    // The noise has the variance 1 in scaled units.
    expect(Math.abs(bright)).toBeLessThan(0.5);
    expect(dark).toBeLessThan(bright - 1.5);
    network.dispose();
  });

  test('is refused for a network that predicts none', async () => {
    const network = small();
    const options = { loss: 'gaussian' as const };
    await expect(train({ network, training: windows, validation, options })).rejects.toThrow(
      /loss: a gaussian.*uncertainty/,
    );
    network.dispose();
  });
});

test('learned head weights settle where e^s is twice the loss of the head', async () => {
  // Minimum of e^(−s)·L + s/2: L·e^(−s) = 1/2.
  const s = tf.variable(tf.zeros([3]));
  const target = { targets: new Float32Array(3), weights: Float32Array.of(1, 1, 1) };
  const optimiser = tf.train.sgd(0.1);
  for (let i = 0; i < 400; i++) {
    optimiser.minimize(() =>
      loss(
        tf.tensor3d([0.5, 1, 2], [1, 1, 3]),
        target,
        { loss: 'mse', huberDelta: 1 },
        { headLogVariance: s as never },
      ),
    );
  }
  const learned = await s.data();
  for (const [i, error] of [0.25, 1, 4].entries()) expect(learned[i]).toBeCloseTo(Math.log(2 * error), 2);
  s.dispose();
});

test('averaged weights are the exponential average of those that were', async () => {
  const network = small();
  const average = new WeightAverage(network, 0.5);
  const first = await readWeights(network);
  const name = 'heads/bias';
  let expected = first.get(name)![0]!;
  for (let step = 1; step <= 4; step++) {
    writeWeights(network, new Map([...first, [name, Float32Array.of(step, step, step)]]));
    average.follow();
    const kept = Math.min(0.5, (1 + step) / (10 + step));
    expected = kept * expected + (1 - kept) * step;
  }
  expect((await average.read()).get(name)![0]).toBeCloseTo(expected, 5);
  average.dispose();
  network.dispose();
});

describe('carried memory', () => {
  const following = { ...windows, next: Int32Array.from({ length: 24 }, (_, i) => (i % 12 === 11 ? -1 : i + 1)) };

  test('windows come in chains, each once before any comes again', () => {
    expect(chains(following, 5).map((chain) => chain.length)).toEqual([5, 5, 2, 5, 5, 2]);
    const order = epochOrder(following, new Float64Array(24), { batch: 3, tbptt: 5, seed: 1 }, 8, 0);
    expect(order.map(({ windows: picked }) => picked.length)).toEqual(Array(8).fill(3));
    for (const [step, { windows: picked, begun }] of order.entries()) {
      for (const [row, window] of picked.entries()) {
        if (begun![row]! < step) expect(window).toBe(following.next[order[step - 1]!.windows[row]!]);
      }
    }
  });

  test('two windows after each other give what one of twice the length gives', async () => {
    const network = small();
    const batch = await windows.load([0, 1]);
    const frames = frameTensor(batch.frames, 1, 2 * shape.time, network.spec.input);
    const whole = tf.tidy(() => network.apply(frames, { training: false }).outputs);
    const memory = new CarriedMemory(network);
    const halves = tf.split(frames, 2, 1).map((half, i) => {
      const state = memory.take([i === 0]);
      return tf.tidy(() => {
        const applied = network.apply(half as tf.Tensor5D, { training: false, state });
        memory.keep(applied.state);
        return applied.outputs;
      });
    });
    const difference = tf.max(tf.abs(tf.sub(tf.concat(halves, 1), whole)));
    expect((await difference.data())[0]).toBeLessThan(1e-5);
    // A row that begins anew has the state of a fresh start, though there is one to carry.
    for (const tensor of memory.take([true])) expect(Math.max(...(await tensor.data()).map(Math.abs))).toBe(0);
    memory.dispose();
    network.dispose();
  });

  test('is refused where no window follows another, and for a network without memory', async () => {
    const network = small();
    await expect(train({ network, training: windows, validation, options: { tbptt: 4 } })).rejects.toThrow(
      /tbptt: no window/,
    );
    const forgetful = createNetwork(createSpec('mlp', { input: { width: 16, height: 8 } }), 1);
    const options = { tbptt: 4 };
    await expect(train({ network: forgetful, training: following, validation, options })).rejects.toThrow(
      /mlp has no memory/,
    );
    for (const made of [network, forgetful]) made.dispose();
  });
});

test('frozen layers stay until they are thawed, and a wrong name is refused with the right ones', async () => {
  const network = small();
  const before = await readWeights(network);
  const options = { epochs: 1, freeze: ['convolution-1', 'dense-1'] };
  await train({ network, training: windows, validation, options });
  const after = await readWeights(network);
  for (const [name, numbers] of after) {
    const frozen = name.startsWith('convolution-1/') || name.startsWith('dense-1/');
    expect(Buffer.from(numbers.buffer).equals(Buffer.from(before.get(name)!.buffer)), name).toBe(frozen);
  }
  await train({ network, training: windows, validation, options: { ...options, epochs: 2, unfreezeAfter: 1 } });
  expect((await readWeights(network)).get('dense-1/weights')).not.toEqual(after.get('dense-1/weights'));
  await expect(train({ network, training: windows, validation, options: { freeze: ['convolution'] } })).rejects.toThrow(
    /freeze: cnn-lstm has no layer "convolution"; its layers are convolution-1, dense-1, lstm, heads/,
  );
  network.dispose();
});

test('a trunk goes over to another network where it fits', async () => {
  const from = await readWeights(small({}, 5));
  const other = small({ units: 10 }, 6);
  const { taken, fresh } = transferWeights(other, from);
  expect(taken).toEqual([
    'convolution-1/filter',
    'convolution-1/bias',
    'dense-1/weights',
    'dense-1/bias',
    'heads/bias',
  ]);
  expect(fresh).toEqual(['lstm/weights', 'lstm/recurrent', 'lstm/bias', 'heads/weights']);
  expect((await readWeights(other)).get('dense-1/weights')).toEqual(from.get('dense-1/weights'));
  expect(() => transferWeights(other, new Map())).toThrow(/no layer of the other model fits/);
});

test('dropout of a window has one mask for all its frames', async () => {
  const layer = dropout('dropout', [50], 0.5, 'window');
  const random = createStream(1, 'test');
  const dropped = layer.apply(tf.ones([6, 50]), { training: true, random, time: 3 });
  const rows = (await dropped.array()) as number[][];
  expect(rows[1]).toEqual(rows[0]);
  expect(rows[2]).toEqual(rows[0]);
  expect(rows[3]).not.toEqual(rows[0]);
  expect(new Set(rows[0])).toEqual(new Set([0, 2]));
});

test('a sound network passes its check, a broken one does not, and neither is changed by it', async () => {
  const network = small({ activation: 'tanh' });
  const before = await readWeights(network);
  const { wrong, overfit } = await checkNetwork(network, windows);
  expect(wrong).toEqual([]);
  expect(overfit).toMatchObject({ passed: true });
  expect(overfit.after).toBeLessThan(overfit.before / 100);
  expect(await readWeights(network)).toEqual(before);
  // An output that hangs on nothing.
  const deaf = {
    ...network,
    apply: (frames: tf.Tensor5D, options: ApplyOptions) => {
      const applied = network.apply(frames, options);
      return { ...applied, outputs: tf.mul(applied.outputs, 0) as tf.Tensor3D };
    },
  };
  expect(await overfitTinyBatch(deaf, windows, [0, 1], { steps: 20 })).toMatchObject({ passed: false, steps: 20 });
  network.dispose();
});

describe('the diagnosis', () => {
  const names = outputs.map(({ name }) => name);
  const look = async (network: Network): Promise<Examination> =>
    examine(network, await windows.load([0, 1, 2, 3, 4, 5]), trainingOptions(), {
      epoch: 3,
      step: 1,
      learningRate: 1e-3,
    });

  test('finds nothing in a network that learns', async () => {
    const network = small();
    const options = { epochs: 10, batch: 4, learningRate: 5e-3, mirror: 0 };
    const seen: Examination[] = [];
    await train({ network, training: windows, validation, options, onExamination: (found) => void seen.push(found) });
    expect(seen.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(diagnose(seen.at(-1)!, names)).toEqual([]);
    expect(seen[0]!.layers.map(({ layer }) => layer)).toEqual(['convolution-1', 'dense-1', 'lstm', 'heads']);
    network.dispose();
  });

  test('counts every output and every gradient in a bin, and survives being kept as JSON', async () => {
    const network = small();
    const found = await look(network);
    const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
    const sizes = new Map([...network.variables].map(([name, { size }]) => [name, size]));
    for (const { variable, histogram } of found.variables) expect(sum(histogram)).toBe(sizes.get(variable));
    const frames = 6 * shape.time;
    // A 5 × 5 filter in steps of 2 fits 8 × 14 times into 20 × 32, for 6 maps.
    expect(found.layers.map(({ histogram }) => sum(histogram) / frames)).toEqual([8 * 14 * 6, 12, 8, 3]);
    const kept = examinationSchema.parse(JSON.parse(JSON.stringify(found)));
    expect(kept).toEqual(found);
    network.dispose();
  });

  test('examines between steps while the training goes on, tells in order, and changes nothing about it', async () => {
    const options = { epochs: 2, batch: 4, examineEvery: 2, mirror: 0 };
    const plain = small();
    await train({ network: plain, training: windows, validation, options });
    const network = small();
    const seen: string[] = [];
    await train({
      network,
      training: windows,
      validation,
      options,
      onExamination: ({ epoch, step }) => void seen.push(`${epoch}/${step}`),
    });
    expect(seen).toEqual(['1/2', '1/4', '1/6', '2/2', '2/4', '2/6']);
    expect(await readWeights(network)).toEqual(await readWeights(plain));
    for (const one of [plain, network]) one.dispose();
  });

  test('finds dead units, a constant output, vanishing and exploding gradients', async () => {
    const network = small();
    const weights = new Map(await readWeights(network));
    writeWeights(network, new Map(weights).set('dense-1/bias', new Float32Array(12).fill(-1e4)));
    const dead = diagnose(await look(network), names);
    expect(dead.map(({ kind, where }) => `${kind} ${where}`)).toContain('dead dense-1');
    expect(dead.find(({ kind }) => kind === 'dead')!.text).toMatch(/100 % of the units of dense-1 are dead/);
    expect(dead.find(({ kind }) => kind === 'dead')!.text).not.toMatch(/learning rate/);
    const fast = diagnose(await look(network), names, { ...trainingOptions(), learningRate: 0.1 });
    expect(fast.find(({ kind }) => kind === 'dead')!.text).toMatch(/lower the learning rate \(it is 0\.1\)/);
    const faint = weights.get('dense-1/weights')!.map((weight) => 1e-8 * weight);
    writeWeights(network, new Map(weights).set('dense-1/weights', faint));
    expect(diagnose(await look(network), names).map(({ kind, where }) => `${kind} ${where}`)).toContain(
      'vanishing convolution-1/filter',
    );
    writeWeights(network, new Map(weights).set('heads/weights', new Float32Array(24)));
    expect(diagnose(await look(network), names).map(({ kind, where }) => `${kind} ${where}`)).toContain(
      'constant steeringAngle',
    );
    writeWeights(network, new Map(weights).set('heads/weights', new Float32Array(24).fill(1e6)));
    expect(diagnose(await look(network), names).map(({ kind }) => kind)).toContain('exploding');
    network.dispose();
  });
});
