import { useComputed, useSignal } from '@preact/signals';
import { Select } from '../../design/field.tsx';
import { FrameCanvas } from '../../design/frame-canvas.tsx';
import { HeadRow } from '../../design/head-row.tsx';
import { Panel } from '../../design/panel.tsx';
import type { RunView } from '../run/active-run.ts';
import styles from '../train-page.module.css';
import { HistogramPanel } from './histogram-panel.tsx';
import { activationPicture, filterPicture } from './layer-pictures.ts';
import { layerRows } from './layer-rows.ts';

/** Decades of a gradient's norm that its bar shows. */
const DECADES = 6;

/** What goes on in the layers of a network that is being trained, drawn anew after each epoch. */
export function InsidePanel({ run }: { run: RunView }) {
  return (
    <>
      {run.inside.value && (
        <div class={styles.charts}>
          <FirstFilters run={run} />
          <Activations run={run} />
        </div>
      )}
      {run.examinations.value.length > 0 && (
        <>
          <HistogramPanel run={run} />
          <Layers run={run} />
        </>
      )}
    </>
  );
}

function FirstFilters({ run }: { run: RunView }) {
  const picture = useComputed(() => {
    const filters = run.inside.value?.filters;
    return filters ? filterPicture(filters) : null;
  });
  const filters = run.inside.value?.filters;
  if (!filters) {
    return (
      <Panel title="First filters">
        <p>This network does not begin with filters that look at the picture.</p>
      </Panel>
    );
  }
  const { outputs, height, width, layer } = filters;
  return (
    <Panel title="First filters">
      <FrameCanvas class={styles.tiles} frame={picture} label={`The ${outputs} filters of ${layer}`} />
      <p>
        {outputs} filters of {height} × {width} in {layer}. Edges and patches of colour are good signs; noise that stays
        means that it has not learned to look.
      </p>
    </Panel>
  );
}

function Activations({ run }: { run: RunView }) {
  const chosen = useSignal('');
  const activation = useComputed(() => {
    const activations = run.inside.value?.activations ?? [];
    return activations.find(({ layer }) => layer === chosen.value) ?? activations[0] ?? null;
  });
  const picture = useComputed(() => (activation.value ? activationPicture(activation.value) : null));
  const frame = useComputed(() => run.inside.value?.frame ?? null);
  const names = [...new Set(run.inside.value?.activations.map(({ layer }) => layer))];
  return (
    <Panel title="What a layer makes of a frame held back">
      <div class={styles.looking}>
        <FrameCanvas class={styles.tiles} frame={frame} label="The frame that was held back" />
        <Select
          label="Layer"
          value={activation.value?.layer ?? ''}
          options={names.map((name) => ({ value: name, label: name }))}
          onChange={(layer) => {
            chosen.value = layer;
          }}
        />
      </div>
      {activation.value && (
        <FrameCanvas
          class={styles.tiles}
          frame={picture}
          label={`${activation.value.channels} maps of ${activation.value.layer}`}
        />
      )}
    </Panel>
  );
}

function Layers({ run }: { run: RunView }) {
  const examination = run.examinations.value.at(-1)!;
  const rows = layerRows(examination);
  const largest = Math.max(...rows.map(({ gradientNorm }) => gradientNorm ?? 0));
  return (
    <Panel title={`Layers after epoch ${examination.epoch}`}>
      <div class={styles.scroll}>
        <table class={styles.table}>
          <HeadRow names={['Layer', 'Gradient norm', '', 'Weight norm', 'Activation RMS', 'Silent units']} />
          <tbody>
            {rows.map(({ layer, gradientNorm, weightNorm, rms, dead }) => (
              <tr key={layer}>
                <td>{layer}</td>
                <td>{short(gradientNorm)}</td>
                <td class={styles.norm}>
                  <div style={{ width: `${(100 * share(gradientNorm, largest)).toFixed(0)}%` }} />
                </td>
                <td>{short(weightNorm)}</td>
                <td>{short(rms)}</td>
                <td>{dead === null ? '–' : `${(100 * dead).toFixed(0)} %`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

/** Length of the bar of a norm, logarithmic: the longest stands for the largest, none for a millionth of it. */
function share(norm: number | null, largest: number): number {
  if (norm === null || norm <= 0 || largest <= 0) return 0;
  return Math.max(0, 1 + Math.log10(norm / largest) / DECADES);
}

function short(value: number | null): string {
  return value === null || !Number.isFinite(value) ? '–' : value.toPrecision(2);
}
