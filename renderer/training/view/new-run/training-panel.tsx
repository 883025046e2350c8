import { NumberField } from '../../../design/field.tsx';
import { Notice } from '../../../design/notice.tsx';
import { Panel } from '../../../design/panel.tsx';
import styles from '../../train-page.module.css';
import { MoreOptions } from './more-options.tsx';
import type { FormPanelProps } from './network-panel.tsx';
import type { RunForm } from './run-form.ts';

/** How long and how fast it learns; the rest under “More options”. */
export function TrainingPanel(props: FormPanelProps) {
  const { form, reading, change } = props;
  const { training, data } = form;
  const set = (part: Partial<RunForm['training']>) => change({ training: { ...training, ...part } });
  const setData = (part: Partial<RunForm['data']>) => change({ data: { ...data, ...part } });
  return (
    <Panel title="Training">
      <div class={styles.pairs}>
        <NumberField
          label="Epochs"
          value={training.epochs}
          min={1}
          max={100_000}
          step={1}
          onChange={(epochs) => set({ epochs })}
        />
        <NumberField
          label="Steps an epoch"
          value={training.stepsPerEpoch!}
          min={1}
          max={100_000}
          step={1}
          hint="at most"
          onChange={(stepsPerEpoch) => set({ stepsPerEpoch })}
        />
        <NumberField
          label="Learning rate"
          value={training.learningRate}
          min={1e-7}
          max={1}
          onChange={(learningRate) => set({ learningRate })}
        />
        <NumberField
          label="Batch size"
          value={training.batch}
          min={1}
          max={4096}
          step={1}
          hint="windows a step"
          onChange={(batch) => set({ batch })}
        />
        <NumberField
          label="T"
          value={data.time}
          min={1}
          max={512}
          step={1}
          hint="frames in a window"
          onChange={(time) => setData({ time })}
        />
        <NumberField
          label="Stride"
          value={data.stride}
          min={1}
          max={512}
          step={1}
          hint="samples between windows"
          onChange={(stride) => setData({ stride })}
        />
      </div>
      <MoreOptions {...props} />
      {reading.dataProblem !== undefined && <Notice kind="danger">{reading.dataProblem}</Notice>}
    </Panel>
  );
}
