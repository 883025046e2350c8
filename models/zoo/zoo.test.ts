import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkArchitecture } from '../inspection/check-architecture.ts';
import { createPolicy } from '../policy/policy.ts';
import type { ModelSpec } from '../spec.ts';
import { openForTests } from '../testing/open-for-tests.ts';
import * as tf from '../tf.ts';
import { createNetwork, createSpec, findArchitecture, listModels } from './zoo.ts';

const SMALL_TRUNK = {
  convolutions: [
    { filters: 6, kernel: 5, stride: 3 },
    { filters: 8, kernel: 3, stride: 2 },
  ],
  dense: [12],
  activation: 'tanh',
};

/** Each kind of network, as small as it can be made, and smooth where it can be: a kink spoils finite differences. */
const SMALL: Record<string, { options?: Record<string, unknown>; width?: number; height?: number }> = {
  linear: { options: { speedInput: true }, width: 16, height: 8 },
  mlp: { options: { units: [12, 8], activation: 'tanh', speedInput: true }, width: 16, height: 8 },
  deeptesla: { options: { filters: [4, 5, 6], activation: 'tanh' }, width: 32, height: 24 },
  pilotnet: { options: { activation: 'tanh' }, width: 80, height: 66 },
  'cnn-rnn': { options: { ...SMALL_TRUNK, units: 8 } },
  'cnn-gru': { options: { ...SMALL_TRUNK, units: 8, speedInput: true } },
  'cnn-lstm': { options: { ...SMALL_TRUNK, units: 8, speedInput: true } },
  'cnn-bilstm': { options: { ...SMALL_TRUNK, units: 8 } },
  'conv-lstm': { options: { convolutions: [4, 6], filters: 4, dense: 8, activation: 'tanh' } },
  komanda: { options: { filters: [5, 5, 5, 5], features: 12, units: 8, dropout: 0, activation: 'tanh' } },
  'resnet-lstm': { options: { stem: 4, blocks: [5, 6], dense: 10, units: 8, activation: 'tanh' } },
  transformer: { options: { ...SMALL_TRUNK, features: 12, blocks: 2, heads: 3, context: 4, speedInput: true } },
  layers: {
    options: {
      layers: [
        { type: 'causal-convolution', depth: 2, filters: 5, kernel: 5, stride: 3, activation: 'elu' },
        { type: 'batch-norm' },
        { type: 'residual', filters: 5, activation: 'tanh' },
        { type: 'max-pool', size: 2 },
        { type: 'flatten' },
        { type: 'dense', units: 10, activation: 'sigmoid' },
        { type: 'speed' },
        { type: 'gru', units: 8 },
        { type: 'layer-norm' },
      ],
    },
  },
};

const TIME = 5;

function smallSpec(name: string): ModelSpec {
  const { options = {}, width = 48, height = 32 } = SMALL[name]!;
  return createSpec(name, { options, input: { width, height, time: TIME } });
}

beforeAll(() => openForTests('wasm'));

test('every model of the zoo is tested here, and says what it is', () => {
  const models = listModels();
  expect(models.map(({ name }) => name).sort()).toEqual(Object.keys(SMALL).sort());
  for (const { name, parameters, multiplyAdds, summary, source, time } of models) {
    expect(parameters, name).toBeGreaterThan(1000);
    expect(multiplyAdds, name).toBeGreaterThan(1000);
    expect(time, name).toBeGreaterThanOrEqual(1);
    expect(summary.length * source.length, name).toBeGreaterThan(0);
  }
  expect(models.find(({ name }) => name === 'pilotnet')!.parameters).toBe(252_219);
  expect(models.filter(({ canDrive }) => !canDrive).map(({ name }) => name)).toEqual(['cnn-bilstm']);
});

test.each(Object.keys(SMALL))(
  '%s: gradients as finite differences say, learns two windows by heart, streams as it sees windows, saves the same',
  async (name) => {
    const { options = {}, width = 48, height = 32 } = SMALL[name]!;
    const { checks } = await checkArchitecture(findArchitecture(name), {
      options,
      input: { width, height },
      tolerance: 1e-3,
      // Pooling has a kink wherever two pixels of a window are equal: one picture has few near, ten have some for any step.
      ...(name === 'deeptesla' && { gradientsOver: [1, 1] as const }),
      ...(name === 'pilotnet' && { learningRate: 1e-3 }),
    });
    expect(checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(checks.map((check) => check.name)).toEqual([
      'made',
      'outputs',
      'gradients',
      'learns',
      'streams',
      'saved',
      'leaves-nothing',
    ]);
    expect(checks[4]!.what).toMatch(name === 'cnn-bilstm' ? /^not tried: it cannot drive/ : /^5 frames one by one/);
  },
);

test('a network that needs the future refuses to drive and says why', () => {
  const network = createNetwork(smallSpec('cnn-bilstm'), 1);
  expect(() => createPolicy(network)).toThrow(/cnn-bilstm: it cannot drive: it looks at the frames after/);
  network.dispose();
});

test('a file of layers that do not fit is refused by layer', () => {
  const spec = (...layers: unknown[]) => createSpec('layers', { options: { layers } });
  const wide = { type: 'convolution', filters: 4, kernel: 31 };
  expect(() => spec({ type: 'dense', units: 4 })).toThrow(
    /layer 1 \(dense\): it needs features.*put a flatten between/,
  );
  expect(() => spec({ type: 'flatten' }, wide)).toThrow(/layer 2 \(convolution\): it needs an image/);
  expect(() => spec(wide, wide, wide)).toThrow(/layer 3 \(convolution\):.*does not fit into/);
  expect(() => spec(wide)).toThrow(/the heads need features/);
  expect(() => spec({ type: 'flatten' }, { type: 'dens', units: 4 })).toThrow(/layers.1/);
  expect(() => spec({ type: 'flatten' }, { type: 'dense', unit: 4 })).toThrow(/layers.1/);
});

afterAll(() => {
  expect(tf.memory().numTensors).toBe(0);
});
