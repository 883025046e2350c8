import { useComputed } from '@preact/signals';
import { Button } from '../design/button.tsx';
import { Segments } from '../design/field.tsx';
import styles from './drive-page.module.css';
import type { DriveStore } from './drive-store.ts';
import { isPerson } from './drivers/page-drivers.ts';
import type { DriveSession } from './session/drive-session.ts';
import { setup } from './session/setup.ts';

/** Start, pause, put back, record, take over, and how fast time goes. */
export function TransportBar({ store, session }: { store: DriveStore; session: DriveSession }) {
  const phase = session.phase.value;
  const running = phase === 'running';
  const alone = isPerson(setup.value.driver);
  const recorder = store.recorder.value;
  return (
    <div class={styles.transport} role="toolbar" aria-label="Drive">
      <Button
        kind="primary"
        icon={running ? 'pause' : 'play'}
        iconFilled={!running}
        disabled={phase !== 'running' && phase !== 'paused'}
        onClick={() => (running ? session.pause() : session.run())}
      >
        {running ? 'Pause' : 'Start'}
      </Button>
      {recorder === null ? (
        <Button
          icon="record"
          iconFilled
          disabled={phase !== 'running' && phase !== 'paused'}
          onClick={() => void store.startRecording()}
        >
          Record
        </Button>
      ) : (
        <Button kind="danger" icon="stop" iconFilled onClick={() => void store.stopRecording()}>
          Stop recording
        </Button>
      )}
      <Button icon="reset" disabled={phase !== 'running' && phase !== 'paused'} onClick={() => session.putBack()}>
        Put back
      </Button>
      <Button icon="undo" onClick={() => void store.prepare(setup.value)}>
        Restart
      </Button>
      {!alone &&
        (session.charge.value === 'driver' ? (
          <Button icon="hand" disabled={!running} onClick={() => session.takeOver()}>
            Take over
          </Button>
        ) : (
          <Button icon="wheel" disabled={!running} onClick={() => session.giveBack()}>
            Give back
          </Button>
        ))}
      <span class={styles.spacer} />
      <RecordingLight store={store} />
      <Segments
        label="Pace of time"
        value={String(store.rate.value)}
        options={[
          { value: '0.1', label: '⅒' },
          { value: '0.25', label: '¼' },
          { value: '1', label: '1×' },
          { value: '2', label: '2×' },
        ]}
        onChange={(rate) => {
          store.rate.value = Number(rate);
        }}
      />
    </div>
  );
}

function RecordingLight({ store }: { store: DriveStore }) {
  const seconds = useComputed(() => ((store.recorder.value?.samples.value ?? 0) / 20).toFixed(1));
  const recorder = store.recorder.value;
  if (recorder === null) return null;
  const warning = recorder.warning.value;
  return (
    <strong class="numbers" role="status">
      <span class={warning === null ? styles.light : `${styles.light} ${styles.warning}`} /> {seconds} s
      {warning !== null && <span class={styles.trouble}> {warning.message}</span>}
    </strong>
  );
}
