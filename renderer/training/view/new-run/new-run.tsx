import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { Button, LinkButton } from '../../../design/button.tsx';
import { Empty, Notice } from '../../../design/notice.tsx';
import { Panel } from '../../../design/panel.tsx';
import { recordings } from '../../../host/library.ts';
import { useListing } from '../../../host/listing.ts';
import { go, route, routeTo } from '../../../shell/route.ts';
import { tellFailure } from '../../../shell/toasts.tsx';
import { startRun } from '../../run/runs-store.ts';
import styles from '../../train-page.module.css';
import { AugmentationPreview } from './augmentation-preview.tsx';
import { NetworkPanel } from './network-panel.tsx';
import { RecordingsPanel } from './recordings-panel.tsx';
import { firstForm, type RunForm, readForm } from './run-form.ts';
import { TrainingPanel } from './training-panel.tsx';

/** Choose recordings and a network, and start. */
export function NewRun() {
  const list = useListing(recordings);
  const asked = route.value.options.get('recordings')?.split(',').filter(Boolean) ?? [];
  const form = useSignal(firstForm(asked));
  const starting = useSignal(false);
  const reading = useMemo(() => readForm(form.value), [form.value]);

  const readable = (list.items.value ?? []).filter(({ metadata, problem }) => metadata !== null && problem === null);
  if (list.items.value !== null && readable.length === 0) return <NothingToLearnFrom />;

  const change = (part: Partial<RunForm>) => {
    form.value = { ...form.value, ...part };
  };
  const start = async () => {
    if (reading.config === null) return;
    starting.value = true;
    try {
      const name = form.value.name.trim() || `${reading.config.architecture}, ${new Date().toLocaleString()}`;
      go('train', await startRun(name, reading.config));
    } catch (error) {
      tellFailure(error);
    } finally {
      starting.value = false;
    }
  };
  const panel = { form: form.value, reading, change };
  return (
    <>
      <div class={styles.head}>
        <h1>Train a network</h1>
        <Button
          kind="primary"
          size="large"
          icon="play"
          iconFilled
          disabled={reading.config === null || starting.value}
          onClick={() => void start()}
        >
          Start training
        </Button>
      </div>
      {form.value.recordings.length === 0 && <Notice>Choose at least one recording to learn from; then start.</Notice>}
      <div class={styles.form}>
        <div class={styles.column}>
          <RecordingsPanel
            recordings={readable}
            chosen={form.value.recordings}
            onChange={(chosen) => change({ recordings: chosen })}
          />
          <NetworkPanel {...panel} />
        </div>
        <div class={styles.column}>
          <TrainingPanel {...panel} />
          {reading.config && <AugmentationPreview config={reading.config} />}
          <Panel title="Name">
            <input
              class={styles.code}
              aria-label="Name of the run and of the model"
              placeholder="e.g. two laps, first try"
              value={form.value.name}
              maxLength={200}
              onInput={(event) => change({ name: event.currentTarget.value })}
            />
          </Panel>
        </div>
      </div>
    </>
  );
}

function NothingToLearnFrom() {
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
