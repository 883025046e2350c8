import { expect, it } from 'vitest';
import { layerRows } from './layer-rows.ts';

it('adds up the norms of a layer’s variables, and keeps layers that have none', () => {
  const rows = layerRows({
    epoch: 1,
    step: 1,
    learningRate: 1e-3,
    layers: [
      { layer: 'convolution-1', rms: 0.5, dead: 0.25, variation: 1, histogram: [] },
      { layer: 'pool', rms: 0.7, dead: 0, variation: 1, histogram: [] },
    ],
    variables: [
      { variable: 'convolution-1/filter', gradientNorm: 3, weightNorm: 6, histogram: [] },
      { variable: 'convolution-1/bias', gradientNorm: 4, weightNorm: 8, histogram: [] },
      { variable: 'head/weights', gradientNorm: 1, weightNorm: 2, histogram: [] },
    ],
    outputs: [],
  });
  expect(rows).toEqual([
    { layer: 'convolution-1', gradientNorm: 5, weightNorm: 10, rms: 0.5, dead: 0.25 },
    { layer: 'head', gradientNorm: 1, weightNorm: 2, rms: null, dead: null },
    { layer: 'pool', gradientNorm: null, weightNorm: null, rms: 0.7, dead: 0 },
  ]);
});
