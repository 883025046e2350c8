import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { BACKEND_NAMES } from '../../../models/backend/open-backend.ts';
import { OPTIMISERS } from '../../../models/training/optimiser-rules.ts';
import { trainingOptions } from '../../../models/training/options.ts';
import { findArchitecture, listModels } from '../../../models/zoo/zoo.ts';
import { Button, LinkButton } from '../../design/button.tsx';
import { NumberField, Select, Slider } from '../../design/field.tsx';
import { Empty, Notice } from '../../design/notice.tsx';
import { Panel } from '../../design/panel.tsx';
import { host } from '../../host/host.ts';
import { recordings } from '../../host/library.ts';
import { useListing } from '../../host/listing.ts';
import { go, route, routeTo } from '../../shell/route.ts';
import { tellFailure } from '../../shell/toasts.tsx';
import { startRun } from '../run/runs-store.ts';
import styles from '../train-page.module.css';
import { LayerTable } from './layer-table.tsx';
import { readNetwork } from './network-editor.ts';

/** Steps of an epoch, so that curves, checkpoints and the held-back clip move every few seconds. */
const STEPS_PER_EPOCH = 100;
/** The network that the form begins with: small, quick, and it has a memory. */
const FIRST_CHOICE = 'cnn-lstm';
/** Defaults that the form begins with. */
const DEFAULTS = trainingOptions({ stepsPerEpoch: STEPS_PER_EPOCH });

/** Choose recordings and a network, and start. */
export function NewRun() {
  const list = useListing(recordings);
  const asked = route.value.options.get('recordings')?.split(',').filter(Boolean) ?? [];
  const chosen = useSignal<readonly string[]>(asked);
  const name = useSignal('');
  const architecture = useSignal(FIRST_CHOICE);
  const text = useSignal('');
  const options = useSignal(DEFAULTS);
  const shape = useSignal({
    time: findArchitecture(architecture.value).input.time,
    stride: 2,
    validation: 0.15,
    testTail: 0.15,
  });
  const backend = useSignal<'auto' | (typeof BACKEND_NAMES)[number]>('auto');
  const starting = useSignal(false);
  const network = useMemo(() => readNetwork(architecture.value, text.value), [architecture.value, text.value]);

  const readable = (list.items.value ?? []).filter(({ metadata, problem }) => metadata !== null && problem === null);
  if (list.items.value !== null && readable.length === 0) {
    return (
      <Empty
        icon="film"
        title="There is nothing to learn from yet"
        actions={
          <>
            <LinkButton kind="primary" icon="record" iconFilled href={routeTo('drive', null, { driver: 'expert' })}>
              Record a drive
            </LinkButton>
            <LinkButton icon="import" href={routeTo('recordings')}>
              Import a recording
            </LinkButton>
          </>
        }
      >
        A network learns from recordings. Drive two laps yourself or let the expert drive while you record, or import
        somebody’s recording.
      </Empty>
    );
  }

  const set = (part: Partial<typeof DEFAULTS>) => {
    options.value = { ...options.value, ...part };
  };
  const start = async () => {
    if ('problem' in network) return;
    starting.value = true;
    try {
      const { time, stride, validation, testTail } = shape.value;
      const id = await startRun(name.value.trim() || `${architecture.value}, ${new Date().toLocaleString()}`, {
        architecture: architecture.value,
        network: network.options,
        recordings: [...chosen.value],
        time,
        stride,
        validation,
        testTail,
        backend: backend.value,
        training: options.value,
      });
      go('train', id);
    } catch (error) {
      tellFailure(error);
    } finally {
      starting.value = false;
    }
  };

  const entry = listModels().find((known) => known.name === architecture.value)!;
  return (
    <>
      <div class={styles.head}>
        <h1>Train a network</h1>
        <Button
          kind="primary"
          size="large"
          icon="play"
          iconFilled
          disabled={chosen.value.length === 0 || 'problem' in network || starting.value}
          onClick={() => void start()}
        >
          Start training
        </Button>
      </div>
      {chosen.value.length === 0 && <Notice>Choose at least one recording to learn from; then start.</Notice>}
      <div class={styles.form}>
        <div class={styles.column}>
          <Panel title="Recordings">
            <div class={styles.choices}>
              {readable.map(({ id, name: title, metadata, bytes, pictured }) => (
                <label key={id} class={styles.choice}>
                  <input
                    type="checkbox"
                    checked={chosen.value.includes(id)}
                    onChange={(event) => {
                      chosen.value = event.currentTarget.checked
                        ? [...chosen.value, id]
                        : chosen.value.filter((other) => other !== id);
                    }}
                  />
                  {pictured && <img src={host.thumbnailAddress(id)} alt="" loading="lazy" />}
                  <span>
                    <b>{title}</b>
                    <small class={styles.detail}>
                      {metadata!.driver ?? metadata!.format}, {(bytes / 1e6).toFixed(1)} MB
                    </small>
                  </span>
                </label>
              ))}
            </div>
          </Panel>
          <Panel title="Network">
            <Select
              label="Architecture"
              value={architecture.value}
              options={listModels().map((known) => ({ value: known.name, label: known.name }))}
              hint={entry.summary}
              onChange={(value) => {
                architecture.value = value;
                shape.value = { ...shape.value, time: findArchitecture(value).input.time };
              }}
            />
            <details class={styles.more}>
              <summary>Edit the network</summary>
              <label>
                <span class="visually-hidden">Options of the network, as JSON</span>
                <textarea
                  class={styles.code}
                  spellcheck={false}
                  placeholder={'{ "units": 64 }'}
                  value={text.value}
                  aria-invalid={'problem' in network}
                  onInput={(event) => {
                    text.value = event.currentTarget.value;
                  }}
                />
              </label>
              {'problem' in network ? (
                <Notice kind="danger">{network.problem}</Notice>
              ) : (
                <LayerTable layers={network.layers} />
              )}
            </details>
            {!('problem' in network) && (
              <p class="numbers">
                {network.parameters.toLocaleString()} parameters, {(network.multiplyAdds / 1e6).toFixed(1)} million
                multiply-adds a frame
              </p>
            )}
          </Panel>
        </div>
        <div class={styles.column}>
          <Panel title="Training">
            <div class={styles.pairs}>
              <NumberField
                label="Epochs"
                value={options.value.epochs}
                min={1}
                max={100_000}
                step={1}
                onChange={(epochs) => set({ epochs })}
              />
              <NumberField
                label="Steps an epoch"
                value={options.value.stepsPerEpoch ?? STEPS_PER_EPOCH}
                min={1}
                max={100_000}
                step={1}
                onChange={(stepsPerEpoch) => set({ stepsPerEpoch })}
              />
              <NumberField
                label="Learning rate"
                value={options.value.learningRate}
                min={1e-7}
                max={1}
                onChange={(learningRate) => set({ learningRate })}
              />
              <NumberField
                label="Batch size"
                value={options.value.batch}
                min={1}
                max={4096}
                step={1}
                hint="windows a step"
                onChange={(batch) => set({ batch })}
              />
              <NumberField
                label="T"
                value={shape.value.time}
                min={1}
                max={512}
                step={1}
                hint="frames in a window"
                onChange={(time) => {
                  shape.value = { ...shape.value, time };
                }}
              />
              <NumberField
                label="Stride"
                value={shape.value.stride}
                min={1}
                max={512}
                step={1}
                hint="samples between windows"
                onChange={(stride) => {
                  shape.value = { ...shape.value, stride };
                }}
              />
            </div>
            <details class={styles.more}>
              <summary>More options</summary>
              <div class={styles.pairs}>
                <Select
                  label="Optimiser"
                  value={options.value.optimiser}
                  options={OPTIMISERS.map((value) => ({ value, label: value }))}
                  onChange={(optimiser) => set({ optimiser })}
                />
                <Select
                  label="Loss"
                  value={options.value.loss}
                  options={(['huber', 'mse', 'mae'] as const).map((value) => ({ value, label: value }))}
                  onChange={(loss) => set({ loss })}
                />
                <NumberField
                  label="L2 regularisation"
                  value={options.value.l2}
                  min={0}
                  max={10}
                  onChange={(l2) => set({ l2 })}
                />
                <NumberField
                  label="Gradient clipping"
                  value={options.value.clip}
                  min={0}
                  max={1000}
                  hint="largest norm, 0 for none"
                  onChange={(clip) => set({ clip })}
                />
                <NumberField
                  label="Early stopping"
                  value={options.value.patience}
                  min={0}
                  max={1000}
                  step={1}
                  hint="epochs of patience, 0 never"
                  onChange={(patience) => set({ patience })}
                />
                <NumberField
                  label="Seed"
                  value={options.value.seed}
                  min={0}
                  max={999_999}
                  step={1}
                  onChange={(seed) => set({ seed })}
                />
                <Slider
                  label="Mirroring"
                  value={options.value.mirror}
                  min={0}
                  max={0.5}
                  step={0.05}
                  format={percent}
                  onChange={(mirror) => set({ mirror })}
                />
                <Slider
                  label="Colour jitter"
                  value={options.value.jitter}
                  min={0}
                  max={0.6}
                  step={0.05}
                  format={percent}
                  onChange={(jitter) => set({ jitter })}
                />
                <Slider
                  label="Balance of angles"
                  value={options.value.balance}
                  min={0}
                  max={1}
                  step={0.05}
                  format={percent}
                  onChange={(balance) => set({ balance })}
                />
                <Slider
                  label="Validation"
                  value={shape.value.validation}
                  min={0}
                  max={0.4}
                  step={0.05}
                  format={percent}
                  onChange={(validation) => {
                    shape.value = { ...shape.value, validation };
                  }}
                />
                <Slider
                  label="Held back at the end"
                  value={shape.value.testTail}
                  min={0}
                  max={0.4}
                  step={0.05}
                  format={percent}
                  onChange={(testTail) => {
                    shape.value = { ...shape.value, testTail };
                  }}
                />
                <Select
                  label="Compute on"
                  value={backend.value}
                  options={(['auto', ...BACKEND_NAMES] as const).map((value) => ({ value, label: value }))}
                  hint="auto takes the quickest"
                  onChange={(value) => {
                    backend.value = value;
                  }}
                />
              </div>
            </details>
          </Panel>
          <Panel title="Name">
            <input
              class={styles.code}
              aria-label="Name of the run and of the model"
              placeholder="e.g. two laps, first try"
              value={name.value}
              maxLength={200}
              onInput={(event) => {
                name.value = event.currentTarget.value;
              }}
            />
          </Panel>
        </div>
      </div>
    </>
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
