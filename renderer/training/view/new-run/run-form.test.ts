import { describe, expect, it } from 'vitest';
import { runConfigSchema } from '../../run/run-config.ts';
import { firstForm, type RunForm, readForm } from './run-form.ts';

const form = (part: Partial<RunForm> = {}): RunForm => ({ ...firstForm(['one', 'two']), ...part });

describe('the form of a new run', () => {
  it('begins with the defaults of the command line, in shorter epochs', () => {
    const { config } = readForm(form());
    expect(runConfigSchema.parse(config)).toEqual(config);
    expect(config).toMatchObject({ architecture: 'cnn-lstm', time: 4, stride: 4, split: 'time-block', testTail: 0.1 });
    expect(config!.training).toMatchObject({ batch: 16, learningRate: 2e-3, epochs: 20, patience: 8, averaging: 0 });
  });

  it('takes every training option as JSON, over the fields', () => {
    const options = '{"averaging": 0.99, "learnHeadWeights": true, "schedule": {"kind": "constant"}, "carry": 4}';
    const { config, optionsProblem } = readForm(form({ options }));
    expect(optionsProblem).toBeUndefined();
    expect(config!.training).toMatchObject({
      averaging: 0.99,
      learnHeadWeights: true,
      schedule: { kind: 'constant' },
      carry: 4,
      batch: 16,
    });
    for (const [text, words] of [
      ['{"averagin": 1}', /averagin/],
      ['{"batch": 0}', /batch/],
      ['{', /not JSON/],
    ] as const) {
      const wrong = readForm(form({ options: text }));
      expect(wrong.config).toBeNull();
      expect(wrong.optionsProblem).toMatch(words);
    }
  });

  it('reads the names of frozen layers', () => {
    expect(readForm(form({ frozen: ' convolution-1 ,dense-1,' })).config!.training.freeze).toEqual([
      'convolution-1',
      'dense-1',
    ]);
    expect(readForm(form()).config!.training.freeze).toEqual([]);
  });

  it('gives a network what its loss needs', () => {
    const { training } = firstForm([]);
    const { config } = readForm(form({ training: { ...training, loss: 'gaussian' } }));
    expect(config!.network).toEqual({ uncertainty: true });
  });

  it('refuses to split one recording by recording, a crop that leaves nothing, and no recording at all', () => {
    const { data } = firstForm([]);
    const byRecording = { ...data, split: 'recording' as const };
    expect(readForm(form({ data: byRecording })).config).not.toBeNull();
    const one = readForm(form({ data: byRecording, recordings: ['one'] }));
    expect([one.config, one.dataProblem]).toEqual([null, expect.stringMatching(/second one, or split by blocks/)]);
    const cropped = readForm(form({ data: { ...data, crop: { top: 0.6, bottom: 0.5, left: 0, right: 0 } } }));
    expect([cropped.config, cropped.dataProblem]).toEqual([null, expect.stringMatching(/crop leaves nothing/)]);
    expect(readForm(form({ recordings: [] })).config).toBeNull();
  });
});
