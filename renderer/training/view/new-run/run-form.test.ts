import { describe, expect, it } from 'vitest';
import { runConfigSchema } from '../../../../models/runs/run-config.ts';
import { namesIn } from '../../../../models/training/option-table/option.ts';
import { firstForm, type RunForm, readForm, withOption } from './run-form.ts';

const form = (part: Partial<RunForm> = {}): RunForm => ({ ...firstForm(['one', 'two']), ...part });

describe('the form of a new run', () => {
  it('begins with the defaults of the command line, in shorter epochs', () => {
    const { config } = readForm(form());
    expect(runConfigSchema.parse(config)).toEqual(config);
    expect(config).toMatchObject({ architecture: 'cnn-lstm', time: 4, stride: 4, split: 'time-block', testTail: 0.1 });
    expect(config!.training).toMatchObject({ batch: 16, learningRate: 2e-3, epochs: 20, patience: 8, ema: 0 });
  });

  it('takes every training option as JSON, over the fields', () => {
    const options =
      '{"ema": 0.99, "learnHeadWeights": true, "schedule": {"kind": "constant"}, "tbptt": 4, "stride": 2}';
    const { config, optionsProblem } = readForm(form({ options }));
    expect(optionsProblem).toBeUndefined();
    expect(config!.training).toMatchObject({
      ema: 0.99,
      learnHeadWeights: true,
      schedule: { kind: 'constant' },
      tbptt: 4,
      batch: 16,
    });
    expect(config).toMatchObject({ stride: 2, time: 4 });
    for (const [text, words] of [
      ['{"emo": 1}', /emo.*did you mean ema\?/],
      ['{"batch": 0}', /batch/],
      ['{', /not JSON/],
    ] as const) {
      const wrong = readForm(form({ options: text }));
      expect(wrong.config).toBeNull();
      expect(wrong.optionsProblem).toMatch(words);
    }
  });

  it('reads options under the names that they had before, and says what they are called now', () => {
    const { config, notes } = readForm(form({ options: '{"averaging": 0.99, "carry": 4, "clip": 1, "decay": 0.1}' }));
    expect(config!.training).toMatchObject({ ema: 0.99, tbptt: 4, gradientClipping: 1, weightDecay: 0.1 });
    expect(notes).toHaveLength(4);
    expect(notes[0]).toMatch(/averaging is called ema now/);
    expect(readForm(form()).notes).toEqual([]);
  });

  it('reads the names of frozen layers', () => {
    const frozen = withOption(form(), 'freeze', namesIn(' convolution-1 ,dense-1,'));
    expect(readForm(form(frozen)).config!.training.freeze).toEqual(['convolution-1', 'dense-1']);
    expect(readForm(form()).config!.training.freeze).toEqual([]);
  });

  it('gives a network what its loss needs', () => {
    const { training } = firstForm([]);
    const { config } = readForm(form({ training: { ...training, loss: 'gaussian' } }));
    expect(config!.networkOptions).toEqual({ uncertainty: true });
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
