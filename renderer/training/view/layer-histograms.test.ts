import { expect, it } from 'vitest';
import { layerHistograms } from './layer-histograms.ts';

it('adds up the gradients of a layer’s variables, and leaves gaps where a layer was not seen', () => {
  const examination = (step: number, counts: number[]) => ({
    epoch: 1,
    step,
    learningRate: 1e-3,
    layers: [{ layer: 'pool', rms: 1, dead: 0, variation: 1, histogram: counts }],
    variables: [
      { variable: 'conv/filter', gradientNorm: 1, weightNorm: 1, histogram: counts },
      { variable: 'conv/bias', gradientNorm: 1, weightNorm: 1, histogram: [0, 1] },
    ],
    outputs: [],
  });
  const later = { ...examination(2, [3, 3]), layers: [] };
  expect(layerHistograms([examination(1, [5, 2]), later])).toEqual([
    {
      layer: 'conv',
      gradients: [
        [5, 3],
        [3, 4],
      ],
      outputs: null,
    },
    { layer: 'pool', gradients: null, outputs: [[5, 2], []] },
  ]);
});
