import { describe, expect, it } from 'vitest';
import { RunView } from './active-run.ts';

const progress = {
  epoch: 1,
  epochs: 2,
  step: 10,
  learningRate: 1e-3,
  steps: 20,
  validationLoss: NaN,
  framesPerSecond: 100,
  secondsLeft: 9,
};
const record = { epoch: 1, loss: 0.4, gradientNorm: 1, validationLoss: 0.5, learningRate: 1e-3, tensors: 3 };
const plan = {
  parameters: 1,
  multiplyAdds: 1,
  layers: [],
  windows: { training: 1, validation: 1, test: 1 },
  smoothed: [],
  notes: [],
  backend: 'wasm',
  adapter: null,
};

describe('RunView', () => {
  it('follows a run from start to model', () => {
    const run = new RunView('r', 'My run', 'starting');
    const finding = { code: 'sign', severity: 'error' as const, message: 'It is wrong.', advice: 'Turn it round.' };
    run.take({ type: 'findings', findings: [{ recording: 'Rain', ...finding }] });
    expect(run.findings.value).toMatchObject([{ recording: 'Rain', code: 'sign' }]);
    run.take({ type: 'plan', plan });
    expect(run.phase.value).toBe('running');
    run.take({ type: 'progress', progress: { ...progress, loss: 0.8 }, step: 10 });
    run.take({ type: 'epoch', record, step: 20 });
    run.take({ type: 'paused' });
    expect(run.phase.value).toBe('paused');
    run.take({ type: 'resumed' });
    run.take({ type: 'done', model: 'my-run', stopped: 'early', test: null, untested: null });
    expect(run.phase.value).toBe('finished');
    expect(run.model.value).toBe('my-run');
    expect(run.losses.columns().map((column) => [...column])).toEqual([[10], [0.8]]);
    expect(run.validation.columns().map((column) => [...column])).toEqual([[20], [0.5]]);
  });

  it('keeps the model of a run whose test failed, and says why', () => {
    const run = new RunView('r', 'My run', 'running');
    run.take({ type: 'done', model: 'my-run', stopped: 'finished', test: null, untested: 'picture 9 is torn' });
    expect(run.phase.value).toBe('failed');
    expect(run.model.value).toBe('my-run');
    expect(run.failure.value).toMatch(/picture 9 is torn/);
  });

  it('shows curves from before a reload, and goes over the part that was lost once more', () => {
    const run = new RunView('r', 'My run', 'starting');
    run.takeMetrics([
      { kind: 'plan', ...plan },
      { kind: 'step', epoch: 1, step: 10, loss: 1 },
      { kind: 'step', epoch: 1, step: 20, loss: 0.9 },
      { kind: 'epoch', step: 20, ...record, loss: 0.95, validationLoss: Number.NaN },
      { kind: 'step', epoch: 2, step: 30, loss: 0.8 },
    ]);
    expect(run.plan.value).toMatchObject(plan);
    run.take({ type: 'progress', progress: { ...progress, loss: 0.7 }, step: 30 });
    run.take({ type: 'epoch', record: { ...record, epoch: 2 }, step: 40 });
    expect(run.losses.columns().map((column) => [...column])).toEqual([
      [10, 20, 30],
      [1, 0.9, 0.7],
    ]);
    expect(run.history.value.map(({ epoch }) => epoch)).toEqual([1, 2]);
    expect(run.history.value[0]!.validationLoss).toBeNaN();
  });

  it('keeps examinations from before a reload, goes over old ground again, and thins out a long run', () => {
    const run = new RunView('r', 'My run', 'starting');
    const examination = (step: number) => ({
      epoch: 1,
      step,
      learningRate: 1e-3,
      layers: [{ layer: 'c', rms: 1, dead: 0, variation: 1, histogram: [step] }],
      variables: [],
      outputs: [],
    });
    run.takeMetrics([
      { kind: 'examination', ...examination(10) },
      { kind: 'examination', ...examination(20) },
    ]);
    expect(run.examinations.value.map(({ at }) => at)).toEqual([10, 20]);
    run.take({ type: 'examined', examination: examination(20), step: 20 });
    expect(run.examinations.value.map(({ at, layers }) => [at, layers[0]!.histogram])).toEqual([
      [10, [10]],
      [20, [20]],
    ]);
    for (let step = 30; step <= 10_000; step += 10) {
      run.take({ type: 'examined', examination: examination(step), step });
    }
    const kept = run.examinations.value.map(({ at }) => at);
    expect(kept.length).toBeLessThanOrEqual(241);
    expect(kept.length).toBeGreaterThan(120);
    expect([kept[0], kept.at(-1)]).toEqual([10, 10_000]);
  });

  it('says why it failed', () => {
    const run = new RunView('r', 'My run', 'running');
    run.take({ type: 'failed', message: 'the loss is NaN' });
    expect([run.phase.value, run.failure.value]).toEqual(['failed', 'the loss is NaN']);
  });
});
