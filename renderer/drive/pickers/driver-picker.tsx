import { Icon, type IconName } from '../../design/icon.tsx';
import { models } from '../../host/library.ts';
import { useListing } from '../../host/listing.ts';
import styles from './pickers.module.css';

interface DriverPickerProps {
  readonly value: string;
  readonly onChange: (driver: string) => void;
}

/** Who drives: the person, the expert, or a model of the library. */
export function DriverPicker({ value, onChange }: DriverPickerProps) {
  const list = useListing(models);
  const known = list.items.value ?? [];
  return (
    <div class={styles.drivers} role="radiogroup" aria-label="Driver">
      <Choice icon="hand" name="You" hint="keys, mouse, wheel" id="human" value={value} onChange={onChange} />
      <Choice icon="wheel" name="Expert" hint="knows the road" id="expert" value={value} onChange={onChange} />
      {known.map((model) => (
        <Choice
          key={model.id}
          icon="learn"
          name={model.name}
          hint={model.builtin ? 'comes along' : 'yours'}
          id={`model:${model.id}`}
          value={value}
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
