import { readFileSync } from 'node:fs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { dataSettings, dataSettingsSchema, type TrainingOptions, trainingOptions, trainingSchema } from '../options.ts';
import { optionsDocument } from './document.ts';
import { knownOptions } from './names.ts';
import { defaultOf, shapeOf } from './option.ts';
import { DATA_TABLE, OPTION_GROUPS, OPTION_TABLE, TRAINING_TABLE } from './table.ts';
import { SAMPLE_GROUP } from './testing/sample-option.ts';
import { defaultWords, valueWords } from './words.ts';

describe('the table of training options', () => {
  it('has every option in one group, under one name and one label', () => {
    const grouped = OPTION_GROUPS.flatMap(({ options }) => Object.keys(options));
    expect([...grouped].sort()).toEqual(Object.keys(OPTION_TABLE).sort());
    expect(new Set(grouped).size).toBe(grouped.length);
    expect(Object.keys(OPTION_TABLE)).toHaveLength(Object.keys(TRAINING_TABLE).length + Object.keys(DATA_TABLE).length);
    const options = Object.values(OPTION_TABLE);
    expect(new Set(options.map(({ label }) => label)).size).toBe(options.length);
    const names = [...grouped, ...options.flatMap(({ formerly }) => formerly ?? [])];
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(Object.entries(OPTION_TABLE))('%s explains itself in a line and has a default that it takes', (_, option) => {
    expect(option.help).toMatch(/^[a-z].*[^.]$/);
    expect(option.help).not.toContain('\n');
    expect(valueWords(option)).not.toMatch(/undefined|NaN/);
    const value = defaultOf(option);
    if (value === undefined) expect(option.absent).toBeDefined();
    else expect(option.schema.parse(value)).toEqual(value);
    expect(defaultWords(option)).not.toMatch(/undefined|object/);
  });

  it('holds the one set of defaults', () => {
    expect(trainingOptions()).toEqual({
      epochs: 20,
      batch: 16,
      learningRate: 2e-3,
      patience: 8,
      seed: 1,
      optimiser: 'adam',
      schedule: { kind: 'cosine', floor: 0.01 },
      warmUp: 0.25,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-7,
      gradientClipping: 5,
      ema: 0,
      loss: 'huber',
      huberDelta: 1,
      headWeights: { steeringAngle: 1, speed: 0.3, torque: 0.3 },
      learnHeadWeights: false,
      ignoreFirst: 0,
      tbptt: 1,
      freeze: [],
      unfreezeAfter: 0,
      l1: 0,
      l2: 0,
      weightDecay: 0.01,
      mirror: 0.5,
      lateralShift: 0,
      rotation: 0,
      jitter: 0.4,
      gamma: 0,
      shadow: 0,
      noise: 0,
      blur: 0,
      erase: 0,
      balance: 0.5,
      reportEvery: 10,
      examineEvery: 0,
    });
    expect(dataSettings()).toEqual({
      stride: 4,
      sideCameras: 0,
      smoothing: 'auto',
      labelShift: 0,
      split: 'time-block',
      validationShare: 0.1,
      testTail: 0.1,
    });
  });

  it('keeps the types of its options', () => {
    expectTypeOf<TrainingOptions['loss']>().toEqualTypeOf<'huber' | 'mse' | 'mae' | 'gaussian'>();
    expectTypeOf<TrainingOptions['epochs']>().toEqualTypeOf<number>();
    expectTypeOf<TrainingOptions['stepsPerEpoch']>().toEqualTypeOf<number | undefined>();
    expectTypeOf<TrainingOptions['headWeights']>().toEqualTypeOf<
      Record<'steeringAngle' | 'speed' | 'torque', number>
    >();
    expectTypeOf(dataSettings().smoothing).toEqualTypeOf<number | 'auto'>();
    expectTypeOf(dataSettings().split).toEqualTypeOf<'time-block' | 'recording'>();
  });
});

describe('names of options', () => {
  it('that they had before are read, with a note', () => {
    const old = { clip: 1, decay: 0.1, averaging: 0.9, carry: 3 };
    const today = { gradientClipping: 1, weightDecay: 0.1, ema: 0.9, tbptt: 3 };
    const notes: string[] = [];
    expect(knownOptions({ ...old, batch: 2 }, (line) => notes.push(line))).toEqual({ ...today, batch: 2 });
    expect(notes).toHaveLength(4);
    expect(notes[0]).toBe('the training option clip is called gradientClipping now');
    expect(trainingSchema.parse(old)).toEqual(trainingOptions(today));
  });

  it.each([
    [{ clip: 1, gradientClipping: 2 }, /"clip" is called gradientClipping now, and that is given, too; remove one/],
    [{ learningrate: 1 }, /no option "learningrate"; did you mean learningRate\?/],
    [{ toString: 1 }, /no option "toString"/],
  ])('%j is refused', (given, message) => {
    expect(() => knownOptions(given)).toThrow(message);
    expect(() => trainingOptions(given)).toThrow(message);
  });

  it('are told where a value is out of its range', () => {
    expect(() => trainingOptions({ batch: 0 })).toThrow(/^training option batch: .*>=1; correct or remove it$/);
    expect(() => dataSettings({ crop: { top: 2, bottom: 0, left: 0, right: 0 } })).toThrow(/option crop\.top: .*<1/);
    expect(dataSettingsSchema.safeParse({ strid: 1 }).success).toBe(false);
  });
});

describe('an option that is added to the table', () => {
  it('is read with its range and its default', () => {
    const schema = z.strictObject(shapeOf(SAMPLE_GROUP.options));
    expectTypeOf<z.infer<typeof schema>>().toEqualTypeOf<{ labelNoise: number }>();
    expect(schema.parse({})).toEqual({ labelNoise: 0.25 });
    expect(schema.safeParse({ labelNoise: 1 }).success).toBe(false);
  });

  it('has a line in the documentation', () => {
    expect(optionsDocument([SAMPLE_GROUP]).split('\n')).toContain(
      '| `labelNoise` | `--label-noise` | number from 0 to below 1 [rad] | 0.25 | largest noise on the steering that is learned (Nobody 2026) |',
    );
  });
});

it('docs/training-options.md is what `npm run docs:options` writes', () => {
  const page = readFileSync(new URL('../../../docs/training-options.md', import.meta.url), 'utf8');
  expect(page).toBe(optionsDocument());
});
