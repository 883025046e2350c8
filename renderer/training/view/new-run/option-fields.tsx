import type { OptionTable } from '../../../../models/training/option-table/option.ts';
import styles from '../../train-page.module.css';
import { OptionField } from './option-field.tsx';
import { type ChosenOptions, chosenOptions, type RunForm, withOption } from './run-form.ts';

interface OptionFieldsProps {
  readonly options: OptionTable;
  readonly form: RunForm;
  readonly change: (part: ChosenOptions) => void;
}

/** Fields for options of the training table, side by side. */
export function OptionFields({ options, form, change }: OptionFieldsProps) {
  const chosen = chosenOptions(form);
  return (
    <div class={styles.pairs}>
      {Object.entries(options).map(([name, option]) => (
        <OptionField
          key={name}
          option={option}
          value={chosen[name]}
          onChange={(value) => change(withOption(form, name, value))}
        />
      ))}
    </div>
  );
}
