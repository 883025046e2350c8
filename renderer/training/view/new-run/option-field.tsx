import { useSignal } from '@preact/signals';
import { namesIn, type TrainingOption } from '../../../../models/training/option-table/option.ts';
import type { NumberRange } from '../../../../sim/number-range.ts';
import { Check, CodeField, NumberField, Select, Slider } from '../../../design/field.tsx';
import { amountIn } from './amounts.ts';

/** An option to be drawn; its value is one that its schema takes. */
interface OptionFieldProps<O extends TrainingOption = TrainingOption> {
  readonly option: O;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}
type Kind<K extends TrainingOption['kind']> = OptionFieldProps<Extract<TrainingOption, { kind: K }>>;

/** The field of a training option: its label, unit, range and explanation are the table's. */
export function OptionField({ option, value, onChange }: OptionFieldProps) {
  const words = { label: labelOf(option), hint: option.help };
  switch (option.kind) {
    case 'number':
      return numberOption({ option, value, onChange });
    case 'choice': {
      const options = option.values.map((name) => ({ value: name, label: option.labels?.[name] ?? name }));
      return <Select {...words} value={value as string} options={options} onChange={onChange} />;
    }
    case 'switch':
      return <Check label={option.label} checked={value as boolean} onChange={onChange} />;
    case 'names':
      return <NamesField option={option} value={value} onChange={onChange} />;
    case 'numbers':
      return <NumbersFields option={option} value={value} onChange={onChange} />;
    case 'variant': {
      const options = option.kinds.map((kind) => ({ value: kind, label: kind }));
      const { kind } = value as { kind: string };
      // The settings of the kind that is chosen begin with their usual values.
      const choose = (chosen: string) => onChange(option.schema.parse({ kind: chosen }));
      return <Select {...words} value={kind} options={options} onChange={choose} />;
    }
  }
}

function numberOption({ option, value, onChange }: Kind<'number'>) {
  const words = { label: labelOf(option), hint: option.help };
  const { range, whole, word, slider, unit } = option;
  if (word !== undefined) {
    const numbers = word.suggestions.map((number) => ({ value: String(number), label: `${number} ${unit ?? ''}` }));
    return (
      <Select
        {...words}
        value={String(value)}
        options={[word, ...numbers]}
        onChange={(text) => onChange(text === word.value ? text : Number(text))}
      />
    );
  }
  if (slider !== undefined) {
    const { max, step, eitherWay } = slider;
    const format = amountIn(unit, step, eitherWay);
    const common = { label: option.label, hint: option.help, value: value as number, max, step, format };
    return <Slider {...common} min={range.min ?? 0} onChange={onChange} />;
  }
  const isOptional = option.absent !== undefined;
  return (
    <NumberField
      {...words}
      {...closedBounds(range)}
      {...(whole && { step: 1 })}
      {...(isOptional && { placeholder: option.absent, onClear: () => onChange(undefined) })}
      value={value as number | undefined}
      onChange={onChange}
    />
  );
}

/** Some numbers with a field each; shares are shown as parts of a hundred. */
function NumbersFields({ option, value, onChange }: Kind<'numbers'>) {
  const numbers = value as Readonly<Record<string, number>>;
  const scale = option.unit === 'share' ? 100 : 1;
  const { min, max } = closedBounds(option.range);
  return (
    <>
      {Object.entries(option.parts).map(([part, name]) => (
        <NumberField
          key={part}
          label={`${option.label}: ${name}`}
          value={scale === 1 ? numbers[part]! : Math.round(numbers[part]! * scale)}
          {...(min !== undefined && { min: min * scale })}
          {...(max !== undefined && { max: max * scale })}
          hint={scale === 1 ? option.help : `% of the frame; ${option.help}`}
          onChange={(number) => onChange({ ...numbers, [part]: number / scale })}
        />
      ))}
    </>
  );
}

/** Names with commas between; the text stays as it is typed. */
function NamesField({ option, value, onChange }: Kind<'names'>) {
  const text = useSignal((value as readonly string[]).join(', '));
  return (
    <CodeField
      label={option.label}
      hint={option.help}
      placeholder={option.example}
      value={text.value}
      onChange={(typed) => {
        text.value = typed;
        onChange(namesIn(typed));
      }}
    />
  );
}

/** With its unit, where the explanation does not name it. */
function labelOf({ label, unit, help }: TrainingOption): string {
  const words = `${label} ${help}`.toLowerCase().split(/\W+/);
  const isNamed = unit === undefined || unit === 'share' || words.includes(unit);
  return isNamed ? label : `${label} [${unit}]`;
}

/** The least and the largest number of a range, for a field that takes its bounds themselves. */
function closedBounds({ min, max, above, below }: NumberRange): { readonly min?: number; readonly max?: number } {
  const least = min ?? (above === undefined ? undefined : above + beside(above));
  const largest = max ?? (below === undefined ? undefined : below - beside(below));
  return { ...(least !== undefined && { min: least }), ...(largest !== undefined && { max: largest }) };
}

/** Distance to a number beside `value` that is told apart from it. */
function beside(value: number): number {
  return Math.max(Number.MIN_VALUE, Math.abs(value) * Number.EPSILON);
}
