import type { Examination } from '../training/examination/examination.ts';
import { type TrainingOptions, trainingOptions } from '../training/options.ts';

/** Where an examination gets worrying. Rules of thumb, in the order of magnitude that textbooks give. */
const LIMITS = {
  /** A gradient this much smaller than the largest, relative to the weights it moves, does not learn beside it. */
  vanishing: 1e-5,
  /** Relative gradient beyond which a step overturns what was learned. */
  exploding: 100,
  /** Share of a layer's units that may be silent: of half of them a training at the usual rate does not suffer. */
  dead: 0.9,
  /** Variation of an output relative to that of its labels, below which it is constant. */
  constant: 0.02,
  /** Variation of a layer's outputs over frames below which it does not see. */
  blind: 1e-4,
} as const;

/** Epochs in which an output may still be next to constant. */
const FIRST_EPOCHS = 3;

/** One finding in plain words. */
export interface Finding {
  readonly kind: 'vanishing' | 'exploding' | 'dead' | 'constant' | 'blind';
  /** Layer, variable or output that is meant. */
  readonly where: string;
  readonly text: string;
}

/** What the advice of a finding hangs on: only what would change something is advised. */
export type Circumstances = Pick<TrainingOptions, 'learningRate' | 'balance' | 'gradientClipping'>;

const DEFAULTS: Circumstances = trainingOptions();

/**
 * What is wrong with a network that was examined, if anything, and what to do about it.
 * @param outputNames in the order of the outputs
 * @param options what it is trained with
 */
export function diagnose(
  examination: Examination,
  outputNames: readonly string[],
  options: Circumstances = DEFAULTS,
): Finding[] {
  return [
    ...vanishing(examination),
    ...exploding(examination, options),
    ...silent(examination, options),
    ...constant(examination, outputNames, options),
  ];
}

/** Gradient of a variable relative to its weights; biases begin at 0 and tell nothing. */
function relative({ variables }: Examination): { variable: string; size: number }[] {
  return variables
    .filter(({ weightNorm, variable }) => weightNorm > 0 && !variable.endsWith('/bias'))
    .map(({ variable, gradientNorm, weightNorm }) => ({ variable, size: gradientNorm / weightNorm }));
}

function vanishing(examination: Examination): Finding[] {
  const sizes = relative(examination);
  const largest = Math.max(0, ...sizes.map(({ size }) => size));
  return sizes
    .filter(({ size }) => largest > 0 && size < LIMITS.vanishing * largest)
    .map(({ variable, size }) => ({
      kind: 'vanishing',
      where: variable,
      text:
        `the gradient of ${variable} vanishes (${(size / largest).toExponential(0)} of the largest): it hardly learns; ` +
        'try relu, another initialiser, a normalisation before it, or fewer layers',
    }));
}

function exploding(examination: Examination, { gradientClipping }: Circumstances): Finding[] {
  const clip =
    gradientClipping === 0
      ? `limit the gradients (--gradient-clipping ${DEFAULTS.gradientClipping})`
      : 'lower the clipping norm';
  return relative(examination)
    .filter(({ size }) => !(size < LIMITS.exploding))
    .map(({ variable, size }) => ({
      kind: 'exploding',
      where: variable,
      text:
        `the gradient of ${variable} explodes (${size.toPrecision(2)} times its weights): ` +
        `lower the learning rate, or ${clip}`,
    }));
}

function silent({ layers }: Examination, { learningRate }: Circumstances): Finding[] {
  return layers.flatMap(({ layer, dead, variation, rms }): Finding[] => {
    if (dead > LIMITS.dead) {
      const share = `${Math.round(100 * dead)} % of the units of ${layer}`;
      const slower = learningRate > DEFAULTS.learningRate ? `lower the learning rate (it is ${learningRate}), or ` : '';
      const mend = `${slower}try leaky-relu or elu`;
      return [{ kind: 'dead', where: layer, text: `${share} are dead (0 for every frame): ${mend}` }];
    }
    if (rms > 0 && variation < LIMITS.blind) {
      const text = `${layer} gives the same for every frame: what comes before it is lost`;
      return [{ kind: 'blind', where: layer, text }];
    }
    return [];
  });
}

function constant(
  { outputs, epoch }: Examination,
  names: readonly string[],
  { learningRate, balance }: Circumstances,
): Finding[] {
  // Every training begins with the mean.
  if (epoch < FIRST_EPOCHS) return [];
  const helps = [
    'train longer',
    ...(learningRate < DEFAULTS.learningRate ? ['raise the learning rate'] : []),
    ...(balance === 0 ? [`balance the steering angles (--balance ${DEFAULTS.balance})`] : []),
  ];
  return outputs.flatMap(({ spread, labelSpread }, i): Finding[] => {
    if (!(labelSpread > 0) || !(spread < LIMITS.constant * labelSpread)) return [];
    const name = names[i] ?? `output ${i + 1}`;
    const text =
      `${name} is nearly constant while its labels are not: the network has only learned their mean so far; ` +
      helps.join(', or ');
    return [{ kind: 'constant', where: name, text }];
  });
}
