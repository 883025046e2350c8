import { CodeField, Select } from '../../../design/field.tsx';
import { models } from '../../../host/library.ts';
import { useListing } from '../../../host/listing.ts';
import styles from '../../train-page.module.css';
import { MORE_OPTIONS } from './form-layout.ts';
import type { FormPanelProps } from './network-panel.tsx';
import { OptionFields } from './option-fields.tsx';
import { BACKENDS } from './run-form.ts';

/** Everything else that can be chosen about a training. */
export function MoreOptions({ form, reading, change }: FormPanelProps) {
  const known = useListing(models).items.value ?? [];
  return (
    <details class={styles.more}>
      <summary>More options</summary>
      {MORE_OPTIONS.map(({ title, options }) => (
        <section key={title}>
          <h3>{title}</h3>
          <OptionFields options={options} form={form} change={change} />
        </section>
      ))}
      <h3>Start</h3>
      <div class={styles.pairs}>
        <Select
          label="Begin with"
          value={form.from}
          options={[
            { value: '', label: 'fresh weights' },
            ...known.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          hint="weights that fit are taken over"
          onChange={(from) => change({ from })}
        />
        <Select
          label="Compute on"
          value={form.backend}
          options={BACKENDS.map((value) => ({ value, label: value }))}
          hint="auto takes the quickest"
          onChange={(backend) => change({ backend })}
        />
      </div>
      <CodeField
        label="Any training option as JSON; it wins over the fields"
        lines={4}
        placeholder={'{ "schedule": { "kind": "step", "epochs": 5, "factor": 0.5 } }'}
        value={form.options}
        problem={reading.optionsProblem}
        hint={reading.notes.length === 0 ? undefined : reading.notes.join('; ')}
        onChange={(options) => change({ options })}
      />
    </details>
  );
}
