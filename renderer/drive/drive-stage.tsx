import { useComputed } from '@preact/signals';
import { Button } from '../design/button.tsx';
import { Segments } from '../design/field.tsx';
import { FrameCanvas } from '../design/frame-canvas.tsx';
import { Notice } from '../design/notice.tsx';
import { tellGuide } from '../guide/guide.ts';
import styles from './drive-page.module.css';
import type { DriveStore } from './drive-store.ts';
import { isPerson, modelOf } from './drivers/page-drivers.ts';
import { TrackMap } from './instruments/track-map.tsx';
import type { DriveSession } from './session/drive-session.ts';
import { setup } from './session/setup.ts';

/** What lies over the picture of the road. */
export function DriveStage({ store }: { store: DriveStore }) {
  const session = store.session.value;
  return (
    <>
      <div class={`${styles.over} ${styles.views}`}>
        <Segments
          label="View"
          value={store.view.value}
          options={[
            { value: 'chase', label: 'Behind' },
            { value: 'cockpit', label: 'Cockpit' },
            { value: 'sensor', label: 'Sensor' },
          ]}
          onChange={(view) => {
            store.view.value = view;
          }}
        />
      </div>
      {session && <Overlay session={session} />}
    </>
  );
}

function Overlay({ session }: { session: DriveSession }) {
  const track = session.track.value;
  const empty = useComputed(() => session.readings.frame.value === null);
  return (
    <>
      <div class={`${styles.over} ${styles.sensor}`} hidden={empty.value}>
        <FrameCanvas frame={session.readings.frame} label="The newest frame of the car’s camera" />
        {insetWords(session)}
      </div>
      {track && (
        <div class={`${styles.over} ${styles.map}`}>
          <TrackMap track={track} car={session.readings.car} incidents={session.incidents} />
        </div>
      )}
      <Past session={session} />
      <InCharge session={session} />
      <Begin session={session} />
    </>
  );
}

/** What the inset shows. */
function insetWords(session: DriveSession): string {
  const hasModel = modelOf(setup.value.driver) !== null;
  if (session.ofThePast.value) return hasModel ? 'What the network sees there' : 'What the camera saw there';
  return hasModel ? 'What the network sees' : 'The car’s camera';
}

/** Says that what is seen is over. */
function Past({ session }: { session: DriveSession }) {
  if (!session.ofThePast.value || session.lookingBack.value === null) return null;
  const model = modelOf(setup.value.driver);
  return (
    <div class={`${styles.over} ${styles.message}`} role="status">
      {model === null ? 'As it was driven' : `As it was driven, and what ${model} would do`}
    </div>
  );
}

/** Says who drives while a person has taken over. */
function InCharge({ session }: { session: DriveSession }) {
  const taken = useComputed(() => session.charge.value === 'person' && !isPerson(setup.value.driver));
  if (!taken.value || session.phase.value !== 'running') return null;
  return (
    <div class={`${styles.over} ${styles.message}`} role="status">
      You have the wheel. Give it back with <kbd>G</kbd>
    </div>
  );
}

/** The way to start, and what went wrong. */
function Begin({ session }: { session: DriveSession }) {
  const phase = session.phase.value;
  if (
    phase === 'running' ||
    session.lookingBack.value !== null ||
    (phase === 'paused' && session.readings.time.value > 0)
  )
    return null;
  if (phase === 'preparing' || phase === 'empty') {
    return (
      <div class={styles.centre}>
        <div class={styles.start} role="status">
          Building the road…
        </div>
      </div>
    );
  }
  if (phase === 'failed') {
    return (
      <div class={styles.centre}>
        <Notice kind="danger">{session.failure.value}</Notice>
      </div>
    );
  }
  if (phase === 'finished') {
    return (
      <div class={styles.centre}>
        <div class={styles.start}>
          <strong>The end of the road is reached.</strong>
          <p>Start again with the same road, or choose another on the right.</p>
        </div>
      </div>
    );
  }
  const model = modelOf(setup.value.driver);
  const byHand = isPerson(setup.value.driver);
  const other = setup.value.driver === 'expert' ? 'the expert' : 'this driver';
  const words = byHand ? 'Drive yourself' : `Let ${model === null ? other : 'this model'} drive`;
  return (
    <div class={styles.centre}>
      <div class={styles.start}>
        <Button
          kind="primary"
          size="large"
          icon="play"
          iconFilled
          onClick={() => {
            session.run();
            if (model !== null) tellGuide({ type: 'watched' });
          }}
        >
          {words}
        </Button>
        <p>
          {byHand
            ? 'Arrow keys or W A S D steer, accelerate and brake.'
            : 'Steer or brake at any time to take over; G gives back.'}
        </p>
      </div>
    </div>
  );
}
