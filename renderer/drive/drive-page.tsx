import { useEffect, useRef, useState } from 'preact/hooks';
import { Notice } from '../design/notice.tsx';
import { route } from '../shell/route.ts';
import styles from './drive-page.module.css';
import { DriveStage } from './drive-stage.tsx';
import { DriveStore } from './drive-store.ts';
import { InstrumentPanel } from './instrument-panel.tsx';
import { LookBack } from './look-back.tsx';
import { pastDriveIn } from './session/past-drive.ts';
import { setup, setupIn } from './session/setup.ts';
import { listenForShortcuts } from './shortcuts.ts';
import { SidePanel } from './side-panel.tsx';
import { TransportBar } from './transport-bar.tsx';
import { pictureQuality } from './view/picture-quality.ts';

/** Drive it, or watch it being driven. */
export function DrivePage() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [store, setStore] = useState<DriveStore | null>(null);
  const { options } = route.value;
  const address = options.toString();
  useEffect(() => {
    setup.value = setupIn(options, setup.value);
    const opened = new DriveStore(canvas.current!);
    setStore(opened);
    void opened.open({ go: options.get('go') === '1', past: pastDriveIn(options) });
    const stop = listenForShortcuts(opened);
    return () => {
      stop();
      opened.leave();
    };
  }, [address]);

  return (
    <div class={styles.page}>
      <h1 class="visually-hidden">Drive</h1>
      <div class={styles.left}>
        <div class={pictureQuality() === 'low' ? `${styles.stage} ${styles.square}` : styles.stage}>
          <canvas ref={canvas} class={styles.road} aria-label="The road, seen from the car or from behind it" />
          {store && <DriveStage store={store} />}
          {store?.problem.value && (
            <div class={styles.centre}>
              <Notice kind="danger">{store.problem.value}</Notice>
            </div>
          )}
        </div>
        {store?.session.value && <InstrumentPanel session={store.session.value} />}
        {store?.session.value && <LookBack session={store.session.value} />}
        {store?.session.value && <TransportBar store={store} session={store.session.value} />}
      </div>
      {store && <SidePanel store={store} />}
    </div>
  );
}
