import { decimal } from '../option.ts';

const SHARE = { range: { min: 0, max: 1 }, unit: 'share' };

/** What keeps a network from learning by heart: small weights, and pictures that never look the same twice. */
export const REGULARISATION = {
  l1: decimal({
    range: { min: 0 },
    default: 0,
    label: 'L1 regularisation',
    help: 'share of each weight’s sign that is added to its gradient',
  }),
  l2: decimal({
    range: { min: 0 },
    default: 0,
    label: 'L2 regularisation',
    help: 'share of each weight that is added to its gradient',
  }),
  weightDecay: decimal({
    range: { min: 0 },
    default: 0.01,
    label: 'Weight decay',
    help: 'share of each weight that a step takes off, times the learning rate; for adamw alone',
    source: 'Loshchilov & Hutter 2019',
    formerly: 'decay',
  }),
  mirror: decimal({
    ...SHARE,
    default: 0.5,
    slider: { max: 0.5, step: 0.05 },
    label: 'Mirroring',
    help: 'probability that a window is mirrored, with angle and torque negated',
  }),
  lateralShift: decimal({
    range: { min: 0, max: 2 },
    default: 0,
    unit: 'm',
    slider: { max: 1, step: 0.1, eitherWay: true },
    label: 'Sideways shift',
    help: 'windows are shown as if the car stood up to this far beside its line, with steering that leads back',
    source: 'Bojarski et al. 2016',
  }),
  rotation: decimal({
    range: { min: 0, max: 0.3 },
    default: 0,
    unit: 'rad',
    slider: { max: 0.1, step: 0.005, eitherWay: true },
    label: 'Rotation',
    help: 'largest rotation of the picture, either way; the labels stay',
  }),
  jitter: decimal({
    ...SHARE,
    default: 0.4,
    slider: { max: 0.6, step: 0.05 },
    label: 'Colour jitter',
    help: 'largest change of brightness and of a colour channel’s share',
  }),
  gamma: decimal({
    range: { min: 0, max: 2 },
    unit: 'share',
    default: 0,
    slider: { max: 1, step: 0.05 },
    label: 'Gamma',
    help: 'light is spread differently: an exponent between 1 / (1 + gamma) and 1 + gamma',
  }),
  shadow: decimal({
    ...SHARE,
    default: 0,
    slider: { max: 1, step: 0.05 },
    label: 'Shadow',
    help: 'probability that a band of shadow lies over a window',
  }),
  noise: decimal({
    range: { min: 0, max: 64 },
    default: 0,
    unit: 'levels',
    slider: { max: 32, step: 1, eitherWay: true },
    label: 'Noise',
    help: 'largest standard deviation of noise on a window, of 255 levels',
  }),
  blur: decimal({
    ...SHARE,
    default: 0,
    slider: { max: 1, step: 0.05 },
    label: 'Blur',
    help: 'probability that a window is blurred by its neighbouring pixels',
  }),
  erase: decimal({
    ...SHARE,
    default: 0,
    slider: { max: 1, step: 0.05 },
    label: 'Covered patch',
    help: 'probability that a patch of a window is covered',
    source: 'random erasing, Zhong et al. 2020',
  }),
  balance: decimal({
    ...SHARE,
    default: 0.5,
    slider: { max: 1, step: 0.05 },
    label: 'Balance of angles',
    help: 'windows are drawn so that all steering angles are seen about equally often: 0 as recorded, 1 fully',
  }),
};
