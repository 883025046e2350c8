import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { OPTION_TABLE } from '../../../models/training/option-table/table.ts';
import { SAMPLE_GROUP } from '../../../models/training/option-table/testing/sample-option.ts';
import { addTrainingFlags, optionsFromFlags } from './training-flags.ts';

const program = (...args: Parameters<typeof addTrainingFlags> extends [unknown, ...infer More] ? More : never) =>
  addTrainingFlags(
    new Command('train')
      .exitOverride()
      .configureHelp({ helpWidth: 400 })
      .configureOutput({ writeErr: () => {} }),
    ...args,
  );
const given = (...words: string[]) => optionsFromFlags(program().parse(words, { from: 'user' }).opts());

describe('the flags of training options', () => {
  it('say nothing when nothing is given', () => {
    expect(given()).toEqual({});
  });

  it.each([
    ['--epochs 3 --learning-rate 1e-3 --jitter 0', { epochs: 3, learningRate: 1e-3, jitter: 0 }],
    ['--gradient-clipping 1 --weight-decay 0.1', { gradientClipping: 1, weightDecay: 0.1 }],
    [
      '--optimiser adamw --split recording --validation 0.2',
      { optimiser: 'adamw', split: 'recording', validationShare: 0.2 },
    ],
    ['--schedule step --learn-head-weights', { schedule: { kind: 'step' }, learnHeadWeights: true }],
    [
      '--size 160x64 --crop 0.35,0.15,0,0',
      { width: 160, height: 64, crop: { top: 0.35, bottom: 0.15, left: 0, right: 0 } },
    ],
    ['--head-weights 1,0,0', { headWeights: { steeringAngle: 1, speed: 0, torque: 0 } }],
    ['--freeze convolution-1,dense-1', { freeze: ['convolution-1', 'dense-1'] }],
    ['--smoothing 0.4', { smoothing: 0.4 }],
    ['--smoothing auto --label-shift -0.1', { smoothing: 'auto', labelShift: -0.1 }],
  ])('%s', (words, options) => {
    const chosen = given(...words.split(' '));
    expect(chosen).toEqual(options);
    for (const [name, value] of Object.entries(chosen)) OPTION_TABLE[name]!.schema.parse(value);
  });

  it.each([
    ['--epochs 0', /--epochs <epochs>.*a whole number from 1 to 100000/],
    ['--learning-rate 0', /a number above 0/],
    ['--optimiser adamm', /Allowed choices are sgd, momentum/],
    ['--schedule slow', /Allowed choices are cosine/],
    ['--crop 0.35,0.15', /4 numbers from 0 to below 1, as 0\.35,0\.15,0,0/],
    ['--crop 0,0,0,1', /4 numbers from 0 to below 1/],
    ['--size 9', /Write it as 160x64/],
    ['--smoothing much', /a number from 0 to 10/],
    ['--gradient-cliping 1', /Did you mean --gradient-clipping\?/],
  ])('%s is refused', (words, message) => {
    expect(() => given(...words.split(' '))).toThrow(message);
  });

  it('explain every option, in groups, with the default', () => {
    const help = program().helpInformation();
    const flagged = Object.values(OPTION_TABLE).filter(({ flag }) => flag !== null);
    for (const { help: words } of flagged) expect(help).toContain(words);
    expect(help).toMatch(/^Regularisation and augmentation:$/m);
    expect(help).toMatch(/^ {2}--batch <windows> +windows a step \(default: 16\)$/m);
    expect(help).not.toMatch(/undefined|\[object/);
  });

  it('are made of an option that is added to the table', () => {
    const command = program([SAMPLE_GROUP]);
    expect(command.helpInformation()).toMatch(/Samples:\n +--label-noise <rad> +largest noise .*\(default: 0\.25\)/);
    const { options } = SAMPLE_GROUP;
    expect(optionsFromFlags(command.parse(['--label-noise', '0.5'], { from: 'user' }).opts(), options)).toEqual({
      labelNoise: 0.5,
    });
    expect(() => program([SAMPLE_GROUP]).parse(['--label-noise', '1'], { from: 'user' })).toThrow(/from 0 to below 1/);
  });
});
