import { signal, useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { RunConfig } from '../../../../models/runs/run-config.ts';
import type { PreviewSample } from '../../../../models/training/preview.ts';
import { changesInWords } from '../../../../models/training/preview-words.ts';
import { Caller } from '../../../../sim/calls/caller.ts';
import { Button } from '../../../design/button.tsx';
import { FrameCanvas } from '../../../design/frame-canvas.tsx';
import { Notice } from '../../../design/notice.tsx';
import { Panel } from '../../../design/panel.tsx';
import { OverlayWheel } from '../../../recordings/overlay-wheel.tsx';
import { workerPort } from '../../../workers/port.ts';
import type { PreviewCalls } from '../../preview.worker.ts';
import styles from './augmentation-preview.module.css';

const PICTURES = 12;

/** Frames of the chosen recordings as the training would change them, each with the steering that is learned with it. */
export function AugmentationPreview({ config }: { config: RunConfig }) {
  const working = useSignal(false);
  const problem = useSignal<string | null>(null);
  const shown = useSignal<{ readonly of: RunConfig; readonly samples: readonly PreviewSample[] } | null>(null);
  const preview = async () => {
    working.value = true;
    problem.value = null;
    const worker = new Worker(new URL('../../preview.worker.ts', import.meta.url), { type: 'module' });
    const caller = new Caller<PreviewCalls>(workerPort(worker));
    try {
      shown.value = { of: config, samples: await caller.call('preview', { config, count: PICTURES }) };
    } catch (error) {
      problem.value = error instanceof Error ? error.message : String(error);
    } finally {
      caller.end();
      working.value = false;
    }
  };
  return (
    <Panel title="As the network will see it">
      <p class={styles.words}>
        Training changes pictures at random, and the steering with them where that has an effect.
      </p>
      <Button icon="film" disabled={working.value} onClick={() => void preview()}>
        {working.value ? 'Making pictures…' : 'Preview'}
      </Button>
      {problem.value !== null && <Notice kind="danger">{problem.value}</Notice>}
      {shown.value && shown.value.of !== config && (
        <p class={styles.words}>Something was chosen anew since these were made.</p>
      )}
      {shown.value && (
        <div class={styles.grid}>
          {shown.value.samples.map((sample, i) => (
            <Sample key={i} number={i + 1} sample={sample} />
          ))}
        </div>
      )}
    </Panel>
  );
}

function Sample({ sample, number }: { sample: PreviewSample; number: number }) {
  const frame = useMemo(() => signal({ ...sample, time: 0 }), [sample]);
  return (
    <figure class={styles.sample}>
      <div class={styles.picture}>
        <FrameCanvas frame={frame} label={`Changed picture ${number}`} />
        <div class={styles.wheel}>
          <OverlayWheel angle={{ value: sample.angle }} colour="driver" name="" />
        </div>
      </div>
      <figcaption>{changesInWords(sample)}</figcaption>
    </figure>
  );
}
