import type { TrainingOptions } from '../../../../models/training/options.ts';
import { NumberField, Slider } from '../../../design/field.tsx';
import styles from '../../train-page.module.css';
import { percent, upTo } from './amounts.ts';

const SLIDERS = [
  { option: 'mirror', label: 'Mirroring', max: 0.5, step: 0.05, format: percent },
  {
    option: 'lateralShift',
    label: 'Sideways shift',
    max: 1,
    step: 0.1,
    format: (metres: number) => upTo(metres, 1, 'm'),
  },
  {
    option: 'rotation',
    label: 'Rotation',
    max: 0.1,
    step: 0.005,
    format: (angle: number) => upTo((angle * 180) / Math.PI, 1, '°'),
  },
  { option: 'jitter', label: 'Colour jitter', max: 0.6, step: 0.05, format: percent },
  { option: 'gamma', label: 'Gamma', max: 1, step: 0.05, format: percent },
  { option: 'shadow', label: 'Shadow', max: 1, step: 0.05, format: percent },
  { option: 'noise', label: 'Noise', max: 32, step: 1, format: (levels: number) => upTo(levels, 0, 'of 255') },
  { option: 'blur', label: 'Blur', max: 1, step: 0.05, format: percent },
  { option: 'erase', label: 'Covered patch', max: 1, step: 0.05, format: percent },
  { option: 'balance', label: 'Balance of angles', max: 1, step: 0.05, format: percent },
] as const;

export interface AugmentationFieldsProps {
  readonly training: TrainingOptions;
  readonly set: (part: Partial<TrainingOptions>) => void;
}

/** What keeps a network from learning by heart: small weights, and pictures that never look the same twice. */
export function AugmentationFields({ training, set }: AugmentationFieldsProps) {
  return (
    <>
      <h3>Regularisation and augmentation</h3>
      <div class={styles.pairs}>
        <NumberField label="L1 regularisation" value={training.l1} min={0} max={10} onChange={(l1) => set({ l1 })} />
        <NumberField label="L2 regularisation" value={training.l2} min={0} max={10} onChange={(l2) => set({ l2 })} />
        {SLIDERS.map(({ option, label, max, step, format }) => (
          <Slider
            key={option}
            label={label}
            value={training[option]}
            min={0}
            max={max}
            step={step}
            format={format}
            onChange={(amount) => set({ [option]: amount })}
          />
        ))}
      </div>
    </>
  );
}
