import { Icon, type IconName } from '../../design/icon.tsx';
import { models } from '../../host/library.ts';
import { useListing } from '../../host/listing.ts';
import { DRIVERS_BY_WORD, isPerson, modelOf } from '../drivers/page-drivers.ts';
import styles from './pickers.module.css';

interface DriverPickerProps {
  readonly value: string;
  readonly onChange: (driver: string) => void;
}

/** Who drives: the person, a driver that needs no model, or a model of the library. */
export function DriverPicker({ value, onChange }: DriverPickerProps) {
  const list = useListing(models);
  const known = list.items.value ?? [];
  const model = modelOf(value);
  const others = DRIVERS_BY_WORD.some(({ name }) => name === value) || model !== null ? [] : [value];
  return (
    <div class={styles.drivers} role="radiogroup" aria-label="Driver">
      {DRIVERS_BY_WORD.map(({ name, label, hint }) => (
        <Choice
          key={name}
          icon={isPerson(name) ? 'hand' : 'wheel'}
          name={label}
          hint={hint}
          id={name}
          value={value}
          onChange={onChange}
        />
      ))}
      {others.map((other) => (
        <Choice key={other} icon="wheel" name={other} hint="by its name" id={other} value={value} onChange={onChange} />
      ))}
      {known.map(({ id, name, builtin }) => (
        <Choice
          key={id}
          icon="learn"
          name={name}
          hint={builtin ? 'comes along' : 'yours'}
          id={`model:${id}`}
          value={model === null ? value : `model:${model}`}
          onChange={onChange}
        />
      ))}
    </div>
  );
}

interface ChoiceProps extends DriverPickerProps {
  readonly icon: IconName;
  readonly name: string;
  readonly hint: string;
  readonly id: string;
}

function Choice({ icon, name, hint, id, value, onChange }: ChoiceProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a native radio cannot hold an icon and two texts in one box
    <button type="button" role="radio" aria-checked={id === value} class={styles.driver} onClick={() => onChange(id)}>
      <Icon name={icon} size={18} />
      <span>{name}</span>
      <small>{hint}</small>
    </button>
  );
}
