import { useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Finding } from '../../../datasets/inspection/inspection.ts';
import { Caller } from '../../../sim/calls/caller.ts';
import { Button } from '../../design/button.tsx';
import { FrameCanvas } from '../../design/frame-canvas.tsx';
import { Icon } from '../../design/icon.tsx';
import { Notice } from '../../design/notice.tsx';
import { Panel } from '../../design/panel.tsx';
import { tellFailure } from '../../shell/toasts.tsx';
import type { InspectedSample, InspectionCalls, InspectionProgress } from '../../workers/inspection.worker.ts';
import { workerPort } from '../../workers/port.ts';
import { OverlayWheel } from '../overlay-wheel.tsx';
import styles from './findings.module.css';
import { type Mend, offeredMends } from './mends.ts';

type Found = Awaited<ReturnType<InspectionCalls['inspect']>>;

const WORDS: Readonly<Record<Finding['severity'], string>> = {
  error: 'Mend this before training',
  warning: 'Worth mending',
  info: 'Worth knowing',
};

interface FindingsPanelProps {
  readonly id: string;
  /** Does what is offered beside a finding. @throws what the host refuses */
  readonly onMend: (mend: Mend) => Promise<void>;
  /** Shows a sample in the player. */
  readonly onShow: (index: number) => void;
}

/** Looks through the recording on request, and says and shows what a person should know before training on it. */
export function FindingsPanel({ id, onMend, onShow }: FindingsPanelProps) {
  const progress = useSignal<number | null>(null);
  const found = useSignal<Found | null>(null);
  const failure = useSignal<string | null>(null);
  const mending = useSignal(false);
  const caller = useSignal<Caller<InspectionCalls> | null>(null);
  useEffect(() => () => caller.value?.end(), [caller]);

  const look = async () => {
    failure.value = null;
    progress.value = 0;
    const worker = new Worker(new URL('../../workers/inspection.worker.ts', import.meta.url), { type: 'module' });
    const asked = new Caller<InspectionCalls>(workerPort(worker), (word) => {
      progress.value = (word as InspectionProgress).done;
    });
    caller.value = asked;
    try {
      found.value = await asked.call('inspect', { id });
    } catch (error) {
      failure.value = error instanceof Error ? error.message : String(error);
    } finally {
      asked.end();
      progress.value = null;
    }
  };

  const mend = async (wanted: Mend) => {
    mending.value = true;
    try {
      await onMend(wanted);
      // Splitting and sorting lead to another recording.
      if (wanted.kind !== 'clock') await look();
    } catch (error) {
      tellFailure(error);
    } finally {
      mending.value = false;
    }
  };
  const offers = useComputed(() => offeredMends(found.value?.findings ?? []));

  return (
    <Panel
      title="What is in it"
      aside={
        <Button icon="info" disabled={progress.value !== null} onClick={() => void look()}>
          {progress.value === null ? 'Look through it' : `Looking, ${Math.round(100 * progress.value)} %`}
        </Button>
      }
    >
      {failure.value && <Notice kind="danger">{failure.value}</Notice>}
      {found.value === null ? (
        <p class={styles.invitation}>
          Finds black, frozen and broken frames, gaps, pulses of a keyboard, and whether the road bends the way the
          wheel turns.
        </p>
      ) : (
        <>
          <ul class={styles.findings} aria-label="Findings">
            {found.value.findings.length === 0 && <li>Nothing to complain about.</li>}
            {found.value.findings.map((finding) => (
              <li key={`${finding.code} ${finding.message}`} class={styles[finding.severity]}>
                <Icon name={finding.severity === 'info' ? 'info' : 'warning'} size={18} />
                <div>
                  <span class="visually-hidden">{WORDS[finding.severity]}: </span>
                  <b>{finding.message}</b> {finding.advice}
                  {(offers.value.get(finding)?.length ?? 0) > 0 && (
                    <div class={styles.mends}>
                      {offers.value.get(finding)!.map((offer) => (
                        <Button
                          key={offer.label}
                          disabled={mending.value || progress.value !== null}
                          onClick={() => void mend(offer.mend)}
                        >
                          {offer.label}
                        </Button>
                      ))}
                    </div>
                  )}
                </div>
              </li>
            ))}
          </ul>
          <div class={styles.strip}>
            {found.value.samples.map((sample) => (
              <Shot key={sample.index} sample={sample} onShow={onShow} />
            ))}
          </div>
        </>
      )}
    </Panel>
  );
}

function Shot({ sample, onShow }: { sample: InspectedSample; onShow: (index: number) => void }) {
  const frame = useSignal(sample.frame);
  return (
    <button
      type="button"
      class={styles.shot}
      onClick={() => onShow(sample.index)}
      title={`Show sample ${sample.index + 1}`}
    >
      <FrameCanvas frame={frame} label={`Sample ${sample.index + 1}`} />
      <OverlayWheel angle={{ value: sample.steeringAngle }} colour="driver" name="" />
    </button>
  );
}
