import { OPTIMISERS } from '../../../../models/kernels/optimiser-rules.ts';
import type { TrainingOptions } from '../../../../models/training/options.ts';
import { SPLITS } from '../../../../models/training/train-settings.ts';
import { Check, CodeField, NumberField, Select, Slider } from '../../../design/field.tsx';
import { models } from '../../../host/library.ts';
import { useListing } from '../../../host/listing.ts';
import styles from '../../train-page.module.css';
import { percent } from './amounts.ts';
import { AugmentationFields } from './augmentation-fields.tsx';
import type { FormPanelProps } from './network-panel.tsx';
import { BACKENDS, type RunForm } from './run-form.ts';

const LOSSES = ['huber', 'mse', 'mae', 'gaussian'] as const satisfies readonly TrainingOptions['loss'][];
const SPLIT_WORDS = { 'time-block': 'blocks of time', recording: 'whole recordings' } as const;

/** Schedules with their usual settings; others are written as JSON. */
const SCHEDULES = {
  cosine: { kind: 'cosine', floor: 0.01 },
  constant: { kind: 'constant' },
  step: { kind: 'step', epochs: 5, factor: 0.5 },
  exponential: { kind: 'exponential', factor: 0.9 },
} as const satisfies Record<TrainingOptions['schedule']['kind'], TrainingOptions['schedule']>;

/** Everything else that can be chosen about a training. */
export function MoreOptions({ form, reading, change }: FormPanelProps) {
  const { training, data } = form;
  const set = (part: Partial<TrainingOptions>) => change({ training: { ...training, ...part } });
  const setData = (part: Partial<RunForm['data']>) => change({ data: { ...data, ...part } });
  const known = useListing(models).items.value ?? [];
  return (
    <details class={styles.more}>
      <summary>More options</summary>
      <h3>Optimisation</h3>
      <div class={styles.pairs}>
        <Select
          label="Optimiser"
          value={training.optimiser}
          options={plain(OPTIMISERS)}
          onChange={(optimiser) => set({ optimiser })}
        />
        <Select
          label="Schedule"
          value={training.schedule.kind}
          options={plain(Object.keys(SCHEDULES) as (keyof typeof SCHEDULES)[])}
          hint="of the learning rate"
          onChange={(kind) => set({ schedule: SCHEDULES[kind] })}
        />
        <NumberField
          label="Warm-up"
          value={training.warmUp}
          min={0}
          max={1000}
          hint="epochs"
          onChange={(warmUp) => set({ warmUp })}
        />
        <NumberField
          label="Gradient clipping"
          value={training.clip}
          min={0}
          max={1000}
          hint="largest norm, 0 for none"
          onChange={(clip) => set({ clip })}
        />
        <NumberField
          label="Early stopping"
          value={training.patience}
          min={0}
          max={1000}
          step={1}
          hint="epochs of patience, 0 never"
          onChange={(patience) => set({ patience })}
        />
        <NumberField
          label="Weight averaging"
          value={training.averaging}
          min={0}
          max={0.99999}
          hint="share a step keeps, 0 for none"
          onChange={(averaging) => set({ averaging })}
        />
        <NumberField
          label="Carried windows"
          value={training.carry}
          min={1}
          max={10_000}
          step={1}
          hint="share one memory (TBPTT)"
          onChange={(carry) => set({ carry })}
        />
        <NumberField
          label="Seed"
          value={training.seed}
          min={0}
          max={999_999}
          step={1}
          onChange={(seed) => set({ seed })}
        />
      </div>
      <h3>Loss</h3>
      <div class={styles.pairs}>
        <Select label="Loss" value={training.loss} options={plain(LOSSES)} onChange={(loss) => set({ loss })} />
        {(['steeringAngle', 'speed', 'torque'] as const).map((head) => (
          <NumberField
            key={head}
            label={HEAD_WORDS[head]}
            value={training.headWeights[head]}
            min={0}
            max={1000}
            hint="share in the loss"
            onChange={(share) => set({ headWeights: { ...training.headWeights, [head]: share } })}
          />
        ))}
        <Check
          label="Learn the head weights"
          checked={training.learnHeadWeights}
          onChange={(learnHeadWeights) => set({ learnHeadWeights })}
        />
      </div>
      <AugmentationFields training={training} set={set} />
      <h3>Data</h3>
      <div class={styles.pairs}>
        <Select
          label="Split by"
          value={data.split}
          options={SPLITS.map((value) => ({ value, label: SPLIT_WORDS[value] }))}
          onChange={(split) => setData({ split })}
        />
        <Select
          label="Steering smoothed over"
          value={String(data.smoothing)}
          options={SMOOTHINGS}
          hint="before it is learned"
          onChange={(text) => setData({ smoothing: text === 'auto' ? 'auto' : Number(text) })}
        />
        <NumberField
          label="Label shift"
          value={data.labelShift}
          min={-5}
          max={5}
          hint="s later than the frame"
          onChange={(labelShift) => setData({ labelShift })}
        />
        <NumberField
          label="Side cameras"
          value={data.sideCameras}
          min={0}
          max={5}
          hint="m from the middle, 0: not learned from"
          onChange={(sideCameras) => setData({ sideCameras })}
        />
        <Slider
          label="Validation"
          value={data.validationShare}
          min={0}
          max={0.4}
          step={0.05}
          format={percent}
          onChange={(validationShare) => setData({ validationShare })}
        />
        <Slider
          label="Held back at the end"
          value={data.testTail}
          min={0}
          max={0.4}
          step={0.05}
          format={percent}
          onChange={(testTail) => setData({ testTail })}
        />
        <NumberField
          label="Look inside every"
          value={training.examineEvery}
          min={0}
          max={100_000}
          step={1}
          hint="steps; 0: at the end of an epoch"
          onChange={(examineEvery) => set({ examineEvery })}
        />
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
        <CodeField
          label="Frozen layers"
          placeholder="convolution-1, dense-1"
          value={form.frozen}
          onChange={(frozen) => change({ frozen })}
        />
        <Select
          label="Compute on"
          value={form.backend}
          options={plain(BACKENDS)}
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
        onChange={(options) => change({ options })}
      />
    </details>
  );
}

const SMOOTHINGS = [
  { value: 'auto', label: 'as needed: pulses only' },
  { value: '0', label: 'nothing' },
  ...[0.2, 0.4, 0.8, 1.6].map((seconds) => ({ value: String(seconds), label: `${seconds} s` })),
];

const HEAD_WORDS = { steeringAngle: 'Steering angle', speed: 'Speed', torque: 'Torque' } as const;

function plain<T extends string>(values: readonly T[]) {
  return values.map((value) => ({ value, label: value }));
}
