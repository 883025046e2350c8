import { listModels } from '../../../../models/zoo/zoo.ts';
import { CodeField, NumberField, Select } from '../../../design/field.tsx';
import { Panel } from '../../../design/panel.tsx';
import styles from '../../train-page.module.css';
import { LayerTable } from '../layer-table.tsx';
import { NetworkCheckPanel } from './network-check-panel.tsx';
import { type FormReading, lookOf, type RunForm } from './run-form.ts';

export interface FormPanelProps {
  readonly form: RunForm;
  readonly reading: FormReading;
  readonly change: (part: Partial<RunForm>) => void;
}

/** Which network, what it looks at, and its layers. */
export function NetworkPanel({ form, reading, change }: FormPanelProps) {
  const { network, config } = reading;
  const entry = listModels().find((known) => known.name === form.architecture)!;
  const setData = (part: Partial<RunForm['data']>) => change({ data: { ...form.data, ...part } });
  const setCrop = (part: Partial<RunForm['data']['crop']>) => setData({ crop: { ...form.data.crop, ...part } });
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
        <div class={styles.pairs}>
          <NumberField
            label="Width"
            value={form.data.width}
            min={8}
            max={4096}
            step={1}
            hint="px"
            onChange={(width) => setData({ width })}
          />
          <NumberField
            label="Height"
            value={form.data.height}
            min={8}
            max={4096}
            step={1}
            hint="px"
            onChange={(height) => setData({ height })}
          />
          {(['top', 'bottom', 'left', 'right'] as const).map((side) => (
            <NumberField
              key={side}
              label={`Crop ${side}`}
              value={Math.round(form.data.crop[side] * 100)}
              min={0}
              max={99}
              step={1}
              hint="% of the frame"
              onChange={(percent) => setCrop({ [side]: percent / 100 })}
            />
          ))}
        </div>
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
