import { useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ACTIVATION_BINS, GRADIENT_BINS, type SignedBins } from '../../../models/training/examination/bins.ts';
import type { Frame } from '../../../sim/frame.ts';
import { FrameCanvas } from '../../design/frame-canvas.tsx';
import { Panel } from '../../design/panel.tsx';
import type { RunView } from '../run/active-run.ts';
import styles from '../train-page.module.css';
import { histogramPicture } from './histogram-picture.ts';
import { layerHistograms } from './layer-histograms.ts';

/** How gradients and outputs of each layer are spread, from the beginning of a run to now. */
export function HistogramPanel({ run }: { run: RunView }) {
  const layers = useComputed(() => layerHistograms(run.examinations.value));
  const [first, last] = [run.examinations.value[0]!, run.examinations.value.at(-1)!];
  const when = first.at === last.at ? `at step ${last.at}` : `from step ${first.at} to step ${last.at}`;
  return (
    <Panel title="Gradients and outputs of each layer, over time">
      <p class={styles.detail}>
        Each picture runs {when}. Numbers above zero lie above its middle, numbers below zero beneath, logarithmically;
        bright means many. Gradients that shrink towards the middle from layer to layer vanish; outputs that gather
        there are silent.
      </p>
      <div class={styles.histograms}>
        {layers.value.map(({ layer, gradients, outputs }) => (
          <section key={layer} class={styles.histogram} aria-label={layer}>
            <h3>{layer}</h3>
            <Heat what="gradients" layer={layer} bins={GRADIENT_BINS} histograms={gradients} />
            <Heat what="outputs" layer={layer} bins={ACTIVATION_BINS} histograms={outputs} />
          </section>
        ))}
      </div>
    </Panel>
  );
}

interface HeatProps {
  readonly what: string;
  readonly layer: string;
  readonly bins: SignedBins;
  readonly histograms: readonly (readonly number[])[] | null;
}

function Heat({ what, layer, bins, histograms }: HeatProps) {
  const frame = useSignal<Frame | null>(null);
  useEffect(() => {
    frame.value = histograms && histogramPicture(histograms);
  }, [histograms, frame]);
  const top = 10 ** bins.highest;
  return (
    <figure class={styles.heat}>
      <figcaption>{what}</figcaption>
      {histograms ? (
        <>
          <div class={styles.scale} aria-hidden="true">
            <span>{top}</span>
            <span>0</span>
            <span>−{top}</span>
          </div>
          <FrameCanvas
            class={styles.heatPicture}
            frame={frame}
            label={`How the ${what} of ${layer} are spread over time`}
          />
        </>
      ) : (
        <p>none</p>
      )}
    </figure>
  );
}
