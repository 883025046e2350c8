import { lookOf } from '../../../../models/training/option-table/by-architecture.ts';
import { listModels } from '../../../../models/zoo/zoo.ts';
import { CodeField, Select } from '../../../design/field.tsx';
import { Panel } from '../../../design/panel.tsx';
import styles from '../../train-page.module.css';
import { LayerTable } from '../layer-table.tsx';
import { SEEN_OPTIONS } from './form-layout.ts';
import { NetworkCheckPanel } from './network-check-panel.tsx';
import { OptionFields } from './option-fields.tsx';
import type { FormReading, RunForm } from './run-form.ts';

export interface FormPanelProps {
  readonly form: RunForm;
  readonly reading: FormReading;
  readonly change: (part: Partial<RunForm>) => void;
}

/** Which network, what it looks at, and its layers. */
export function NetworkPanel({ form, reading, change }: FormPanelProps) {
  const { network, config } = reading;
  const entry = listModels().find((known) => known.name === form.architecture)!;
  return (
    <Panel title="Network">
      <Select
        label="Architecture"
        value={form.architecture}
        options={listModels().map((known) => ({ value: known.name, label: known.name }))}
        hint={entry.summary}
        onChange={(architecture) => change({ architecture, data: { ...form.data, ...lookOf(architecture) } })}
      />
      <details class={styles.more}>
        <summary>Edit the network</summary>
        <CodeField
          label={'Options of the network, or { "layers": […] }, as JSON'}
          lines={4}
          placeholder={'{ "units": 64 }'}
          value={form.network}
          problem={'problem' in network ? network.problem : undefined}
          onChange={(text) => change({ network: text })}
        />
        {!('problem' in network) && <LayerTable layers={network.layers} />}
        {config && <NetworkCheckPanel config={config} />}
      </details>
      <details class={styles.more}>
        <summary>What it sees of a frame</summary>
        <OptionFields options={SEEN_OPTIONS} form={form} change={change} />
      </details>
      {!('problem' in network) && (
        <p class="numbers">
          {network.parameters.toLocaleString()} parameters, {(network.multiplyAdds / 1e6).toFixed(1)} million
          multiply-adds a frame
        </p>
      )}
    </Panel>
  );
}
