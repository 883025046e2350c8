import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import styles from './field.module.css';
import { Icon, type IconName } from './icon.tsx';

interface Labelled {
  readonly label: string;
  readonly hint?: ComponentChildren;
  /** What is wrong with the value, in words. */
  readonly problem?: string | undefined;
}

interface Option<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly icon?: IconName;
}

interface SelectProps<T extends string> extends Labelled {
  readonly value: T;
  readonly options: readonly Option<T>[];
  readonly onChange: (value: T) => void;
  readonly disabled?: boolean;
}

export function Select<T extends string>(props: SelectProps<T>) {
  const id = useId();
  return (
    <div class={styles.field}>
      <label class={styles.label} for={id}>
        {props.label}
      </label>
      <select
        id={id}
        class={styles.input}
        value={props.value}
        disabled={props.disabled}
        onChange={(event) => props.onChange(event.currentTarget.value as T)}
      >
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Notes {...props} />
    </div>
  );
}

interface NumberProps extends Labelled {
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly onChange: (value: number) => void;
}

/** A range may be open, and the value may be left open where `onClear` is given. */
interface NumberFieldProps extends Labelled {
  readonly value: number | undefined;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  /** Shown while there is no value. */
  readonly placeholder?: string;
  readonly onChange: (value: number) => void;
  readonly onClear?: () => void;
}

/** Takes whole or decimal numbers; what is outside the range is shown as a problem and not handed on. */
export function NumberField(props: NumberFieldProps) {
  const id = useId();
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = props;
  return (
    <div class={styles.field}>
      <label class={styles.label} for={id}>
        {props.label}
      </label>
      <input
        id={id}
        class={styles.input}
        type="number"
        inputMode="decimal"
        value={props.value ?? ''}
        placeholder={props.placeholder}
        min={props.min}
        max={props.max}
        step={props.step ?? 'any'}
        aria-invalid={props.problem !== undefined}
        onInput={(event) => {
          const { value: text, valueAsNumber: value, validity } = event.currentTarget;
          if (text === '' && !validity.badInput) props.onClear?.();
          if (Number.isFinite(value) && value >= min && value <= max) props.onChange(value);
        }}
      />
      <Notes {...props} />
    </div>
  );
}

interface TextProps extends Labelled {
  readonly value: string;
  readonly placeholder?: string;
  readonly onChange: (value: string) => void;
  /** Lines that it shows; one line is entered in a field, more in an area. */
  readonly lines?: number;
}

/** Takes text that a program reads, in a typewriter's letters. */
export function CodeField(props: TextProps) {
  const id = useId();
  const { value, placeholder, lines = 1 } = props;
  const common = {
    id,
    value,
    placeholder,
    spellcheck: false,
    'aria-invalid': props.problem !== undefined,
    class: `${styles.input} ${styles.code}`,
    onInput: (event: { readonly currentTarget: { readonly value: string } }) =>
      props.onChange(event.currentTarget.value),
  };
  return (
    <div class={styles.field}>
      <label class={styles.label} for={id}>
        {props.label}
      </label>
      {lines === 1 ? <input {...common} /> : <textarea rows={lines} {...common} />}
      <Notes {...props} />
    </div>
  );
}

interface SliderProps extends NumberProps {
  /** How the value is shown. */
  readonly format: (value: number) => string;
}

export function Slider(props: SliderProps) {
  const id = useId();
  return (
    <div class={styles.field}>
      <label class={styles.label} for={id}>
        {props.label} <span class={styles.value}>{props.format(props.value)}</span>
      </label>
      <input
        id={id}
        class={styles.range}
        type="range"
        value={props.value}
        min={props.min}
        max={props.max}
        step={props.step ?? 'any'}
        aria-valuetext={props.format(props.value)}
        onInput={(event) => props.onChange(event.currentTarget.valueAsNumber)}
      />
      <Notes {...props} />
    </div>
  );
}

interface CheckProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
}

export function Check(props: CheckProps) {
  return (
    <label class={styles.check}>
      <input
        type="checkbox"
        checked={props.checked}
        disabled={props.disabled}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      {props.label}
    </label>
  );
}

interface SegmentsProps<T extends string> {
  /** What is chosen here, for screen readers. */
  readonly label: string;
  readonly value: T;
  readonly options: readonly Option<T>[];
  readonly onChange: (value: T) => void;
}

/** A few choices of which one holds; arrow keys move between them. */
export function Segments<T extends string>({ label, value, options, onChange }: SegmentsProps<T>) {
  const move = (event: KeyboardEvent, index: number) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = (index + step + options.length) % options.length;
    onChange(options[next]!.value);
    const group = (event.currentTarget as HTMLElement).parentElement!;
    (group.children[next] as HTMLElement).focus();
  };
  return (
    <div class={styles.segments} role="radiogroup" aria-label={label}>
      {options.map((option, index) => (
        // biome-ignore lint/a11y/useSemanticElements: a native radio cannot hold an icon and a label in one box
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          tabIndex={option.value === value ? 0 : -1}
          onClick={() => onChange(option.value)}
          onKeyDown={(event) => move(event, index)}
        >
          {option.icon && <Icon name={option.icon} size={16} />}
          {option.label}
        </button>
      ))}
    </div>
  );
}

function Notes({ hint, problem }: { hint?: ComponentChildren; problem?: string | undefined }) {
  if (problem !== undefined) {
    return (
      <span class={styles.problem} role="alert">
        {problem}
      </span>
    );
  }
  return hint === undefined ? null : <span class={styles.hint}>{hint}</span>;
}
