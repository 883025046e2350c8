import { describe, expect, it } from 'vitest';
import { trainingOptions } from '../../training/options.ts';
import type { EpochRecord } from '../../training/records.ts';
import { diagnoseTraining } from './diagnose-training.ts';
import type { SeenTraining } from './seen-training.ts';

/** Epochs by training loss and the steering's loss in validation, where its mean costs 0.5. */
function history(losses: readonly (readonly [number, number])[]): EpochRecord[] {
  return losses.map(([loss, steering], i) => ({
    epoch: i + 1,
    loss,
    validationLoss: steering,
    gradientNorm: 1,
    learningRate: 1e-3,
    tensors: 10,
    ...(Number.isFinite(steering) && { heads: { steeringAngle: { loss: steering, mean: 0.5 } } }),
  }));
}

const FALLING = history([
  [1, 0.6],
  [0.5, 0.2],
  [0.3, 0.15],
  [0.2, 0.14],
  [0.2, 0.14],
]);
const STILL = history([
  [1, 0.5],
  [0.99, 0.5],
  [0.99, 0.5],
  [0.98, 0.5],
]);
const BY_HEART = history([
  [1, 0.5],
  [0.6, 0.2],
  [0.4, 0.3],
  [0.2, 0.4],
  [0.1, 0.5],
]);
const score = (rmse: number, mean: number, correlation: number | null = null) => ({
  rmse,
  correlation,
  baselines: { zero: { rmse: mean + 0.1 }, mean: { rmse: mean } },
});

function words(seen: Partial<Omit<SeenTraining, 'options'>> & { readonly options?: object }): string {
  const options = trainingOptions(seen.options);
  return diagnoseTraining({ history: FALLING, stopped: 'finished', test: null, ...seen, options }).join(' ');
}

describe('the verdict on a training', () => {
  it('follows the score against the truth as it was taught', () => {
    const good = words({ test: { steeringAngle: score(0.24, 0.75, 0.955) } });
    expect(good).toMatch(/off by 0\.24 rad .* 0\.75 \(r = 0\.95\)\. It has learned to steer: let it drive/);
    expect(good).not.toMatch(/record more|by heart/i);
    expect(words({ test: { steeringAngle: score(0.62, 0.7, 0.5) } })).toMatch(/learned something/);
    expect(words({ test: { steeringAngle: score(0.62, 0.51, 0.3) } })).toMatch(/has not learned to steer/);
    // An error next to that of the mean may come from predictions that have nothing to do with the truth.
    expect(words({ test: { steeringAngle: score(0.6, 0.64, 0.05) } })).toMatch(/has not learned to steer/);
  });

  it('follows the validation where nothing is tested, and says nothing where nothing validates', () => {
    expect(words({})).toMatch(/In validation .* 0\.14 .* 0\.5\. It has learned/);
    expect(
      words({
        history: history([
          [1, Number.NaN],
          [0.5, Number.NaN],
          [0.4, Number.NaN],
        ]),
      }),
    ).toBe('');
  });

  it('names the heads that are no better than their mean', () => {
    const test = { steeringAngle: score(0.24, 0.75, 0.955), speed: score(2.6, 2.5, 0.1), torque: score(0.1, 1, 0.9) };
    const found = words({ test });
    expect(found).toMatch(/No better than always saying their mean: the speed \(2\.6 beside 2\.5 m\/s\)/);
    expect(found).not.toMatch(/torque/);
    const headWeights = { steeringAngle: 1, speed: 0, torque: 0.3 };
    expect(words({ test, options: { headWeights } })).not.toMatch(/the speed/);
  });
});

describe('divergence', () => {
  it.each([
    [{ learningRate: 10 }, /Lower the learning rate: it is 10, the default is 0\.002/],
    [{ learningRate: 1e6, optimiser: 'sgd' }, /Lower the learning rate: it is 1000000/],
    [{ gradientClipping: 0 }, /Limit the gradients/],
    [{ optimiser: 'sgd' }, /--learning-rate 0\.0005\), or train with adam rather than sgd/],
  ])('is told, and nothing else is, at %o', (options, mend) => {
    for (const loss of [2.9e6, Number.NaN]) {
      const lost = history([
        [2 * loss, 55],
        [1.5 * loss, 55],
        [loss, 55],
      ]);
      const found = words({ history: lost, options, test: { steeringAngle: score(55, 0.5, 0.9) } });
      expect(found).toMatch(/^It has diverged: its steering is off by 55 rad .* 0\.5\. Do not use this model\./);
      expect(found).toMatch(mend);
      expect(found).not.toMatch(/is learning|raise|go on/);
    }
  });

  it('is told while it goes on', () => {
    expect(
      words({
        history: history([
          [1e3, 9],
          [900, 9],
        ]),
        stopped: null,
      }),
    ).toMatch(/diverged: the loss is 900/);
  });

  it('is no learning by heart', () => {
    expect(words({ history: BY_HEART, test: { steeringAngle: score(2, 0.5, 0.1) } })).not.toMatch(/diverged/);
  });
});

describe('advice', () => {
  it('names what is not the default already', () => {
    expect(words({ history: BY_HEART })).toMatch(/by heart: epoch 2 .* kept\. What helps is more recordings\./);
    expect(words({ history: BY_HEART, options: { mirror: 0 } })).toMatch(/or mirroring \(--mirror 0\.5\)/);
    const test = { steeringAngle: score(0.62, 0.51, 0.3) };
    expect(words({ test })).not.toMatch(/balance/);
    expect(words({ test, options: { balance: 0 } })).toMatch(/--balance 0\.5/);
    expect(words({ history: STILL })).toMatch(/wheelhouse inspect/);
    expect(words({ history: STILL })).not.toMatch(/learning rate/);
    expect(words({ history: STILL, options: { learningRate: 1e-5 } })).toMatch(/raise the learning rate/);
    expect(words({ history: STILL, options: { learningRate: 0.1 } })).toMatch(/lower the learning rate/);
  });

  it('asks for as many epochs as by default before it asks for more recordings', () => {
    const test = { steeringAngle: score(0.62, 0.51, 0.3) };
    const short = words({ test, options: { epochs: 5 } });
    expect(short).toMatch(/little after 5 epochs: train longer \(--epochs 20/);
    expect(short).not.toMatch(/record more/);
    expect(words({ test, options: { epochs: 5 }, stopped: 'early' })).toMatch(/record more/);
  });

  it('tells nobody to let a training go on that is over', () => {
    expect(words({ stopped: null })).toMatch(/is learning|levelled off/);
    for (const stopped of ['finished', 'early', 'aborted'] as const) {
      expect(words({ stopped })).not.toMatch(/go on|Stop it/);
    }
    const improving = history([
      [1, 0.5],
      [0.5, 0.4],
      [0.4, 0.3],
      [0.3, 0.2],
      [0.2, 0.1],
    ]);
    expect(words({ history: improving, options: { epochs: 5 } })).toMatch(/--epochs 10/);
    expect(words({ history: improving, stopped: 'aborted' })).not.toMatch(/--epochs/);
  });

  it('waits for three epochs while it goes on', () => {
    expect(words({ history: FALLING.slice(0, 2), stopped: null })).toBe('');
    expect(words({ history: FALLING.slice(0, 3), stopped: null })).toMatch(/is learning/);
  });
});
