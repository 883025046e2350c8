import { useComputed } from '@preact/signals';
import type uPlot from 'uplot';
import { diagnose } from '../../../models/inspection/diagnosis.ts';
import { diagnoseTraining } from '../../../models/inspection/training-diagnosis/diagnose-training.ts';
import type { SeenTraining } from '../../../models/inspection/training-diagnosis/seen-training.ts';
import { OUTPUT_NAMES } from '../../../models/spec.ts';
import { RUN_COLOURS } from '../../charts/colours.ts';
import { decimate } from '../../charts/decimate.ts';
import { type Line, LineChart } from '../../charts/line-chart.tsx';
import { Button, LinkButton } from '../../design/button.tsx';
import { Notice } from '../../design/notice.tsx';
import { Panel } from '../../design/panel.tsx';
import { host } from '../../host/host.ts';
import { runs } from '../../host/library.ts';
import { SteeringScore } from '../../scores/steering-score.tsx';
import { go, routeTo } from '../../shell/route.ts';
import { tellFailure } from '../../shell/toasts.tsx';
import type { RunView } from '../run/active-run.ts';
import { continueRun } from '../run/runs-store.ts';
import styles from '../train-page.module.css';
import { InsidePanel } from './inside-panel.tsx';
import { joinByStep } from './join-curves.ts';
import { LayerTable } from './layer-table.tsx';

interface RunPanelProps {
  readonly run: RunView;
  /** Runs whose curves lie over it. */
  readonly beside: readonly RunView[];
}

/** One training run, live or of the past. */
export function RunPanel({ run, beside }: RunPanelProps) {
  return (
    <>
      <Head run={run} />
      <Circumstances run={run} />
      {run.phase.value === 'failed' && <Notice kind="danger">{run.failure.value}</Notice>}
      {run.away.value && (
        <Notice kind="warning">
          Wheelhouse does not answer. The training goes on here, and is kept as soon as it is back: start it again, open
          the address that it prints, and leave this page open.
        </Notice>
      )}
      <Figures run={run} />
      <RecordingFindings run={run} />
      <Diagnosis run={run} />
      <div class={styles.charts}>
        <Losses run={run} beside={beside} />
        <HeldBackClip run={run} />
      </div>
      {run.test.value?.steeringAngle && (
        <Panel title="Steering on the end that was held back">
          <SteeringScore score={run.test.value.steeringAngle} />
        </Panel>
      )}
      <InsidePanel run={run} />
      {run.plan.value && (
        <Panel title="Network">
          <LayerTable layers={run.plan.value.layers} />
        </Panel>
      )}
    </>
  );
}

/** Who else trains it, and what stands in the way of going on with it here. */
function Circumstances({ run }: { run: RunView }) {
  const { heldBy, hindrance, note, phase } = run;
  const isOver = run.alive || phase.value === 'finished';
  return (
    <>
      {!isOver && heldBy.value !== null && (
        <Notice>It is being trained by {heldBy.value}. Open this page again for newer curves.</Notice>
      )}
      {!isOver && heldBy.value === null && hindrance.value !== null && (
        <Notice kind="warning">It cannot go on in the app: {hindrance.value}</Notice>
      )}
      {!isOver && note.value !== null && <Notice>To know: {note.value}.</Notice>}
    </>
  );
}

/** What is worth mending of the recordings that it learns from. */
function RecordingFindings({ run }: { run: RunView }) {
  const findings = run.findings.value;
  if (findings.length === 0) return null;
  return (
    <Notice kind={findings.some(({ severity }) => severity === 'error') ? 'danger' : 'warning'}>
      <ul class={styles.findings}>
        {findings.map(({ recording, code, message, advice }) => (
          <li key={`${recording} ${code}`}>
            <b>{recording}:</b> {message} {advice}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** What the curves and the layers say, in words. */
function Diagnosis({ run }: { run: RunView }) {
  const sentences = sentencesOf(run);
  const examination = run.examinations.value.at(-1);
  const findings = examination ? diagnose(examination, OUTPUT_NAMES, run.options.value ?? undefined) : [];
  const taken = run.transferred.value;
  const smoothed = run.plan.value?.smoothed ?? [];
  return (
    <>
      {smoothed.length > 0 && (
        <Notice>
          The steering of {smoothed.join(', ')} is learned smoothed over time: it comes in pulses, as from a keyboard,
          that no picture tells of.
        </Notice>
      )}
      {(run.plan.value?.notes ?? []).map((note) => (
        <Notice key={note}>To know: {note}.</Notice>
      ))}
      {taken && (
        <Notice>
          {taken.taken.length} of {taken.taken.length + taken.fresh.length} variables were taken over
          {taken.fresh.length > 0 && `; these begin anew: ${taken.fresh.join(', ')}`}.
        </Notice>
      )}
      {sentences.length > 0 && <Notice>{sentences.join(' ')}</Notice>}
      {findings.length > 0 && (
        <Notice kind="warning">
          <ul class={styles.findings}>
            {findings.map(({ kind, where, text }) => (
              <li key={`${kind} ${where}`}>{text}</li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}

/** How it ended, as its summary says it. */
const ENDS = { finished: 'finished', stopped: 'aborted', failed: 'failed' } as const;

function sentencesOf({ history, options, phase, test }: RunView): string[] {
  if (options.value === null) return [];
  const stopped = (ENDS as Partial<Record<string, SeenTraining['stopped']>>)[phase.value] ?? null;
  return diagnoseTraining({ history: history.value, options: options.value, stopped, test: test.value });
}

function Head({ run }: { run: RunView }) {
  const phase = run.phase.value;
  const working = phase === 'running' || phase === 'paused' || phase === 'starting';
  const remove = async () => {
    if (!confirm(`Delete the run “${run.name}”? Its model stays.`)) return;
    try {
      await host.remove('runs', run.id);
      go('train');
      await runs.refresh();
    } catch (error) {
      tellFailure(error);
    }
  };
  return (
    <div class={styles.head}>
      <h1>{run.name}</h1>
      {run.alive && phase === 'running' && (
        <Button icon="pause" onClick={() => run.pause()}>
          Pause
        </Button>
      )}
      {run.alive && phase === 'paused' && (
        <Button kind="primary" icon="play" iconFilled onClick={() => run.resume()}>
          Resume
        </Button>
      )}
      {run.alive && working && (
        <Button icon="stop" iconFilled onClick={() => run.stop()}>
          Stop and keep
        </Button>
      )}
      {!run.alive && phase !== 'finished' && run.heldBy.value === null && run.hindrance.value === null && (
        <Button icon="play" iconFilled onClick={() => void continueRun(run.id).catch(tellFailure)}>
          Go on from the last checkpoint
        </Button>
      )}
      {run.model.value !== null && (
        <>
          <LinkButton kind="primary" icon="wheel" href={routeTo('drive', null, { driver: `model:${run.model.value}` })}>
            Let it drive
          </LinkButton>
          <LinkButton icon="check" href={routeTo('evaluate', null, { model: run.model.value })}>
            Evaluate
          </LinkButton>
        </>
      )}
      {!run.alive && <Button icon="trash" kind="quiet" label="Delete this run" onClick={() => void remove()} />}
    </div>
  );
}

function Figures({ run }: { run: RunView }) {
  const progress = run.progress.value;
  const plan = run.plan.value;
  const last = run.history.value.at(-1);
  const share = progress
    ? ((progress.epoch - 1) * progress.steps + progress.step) / (progress.epochs * progress.steps)
    : 0;
  const phase = run.phase.value;
  const figures: [string, string][] = [
    [
      'State',
      phase === 'starting' || (run.alive && run.stage.value !== 'Training') ? run.stage.value || 'Starting' : phase,
    ],
    ['Epoch', progress ? `${progress.epoch} of ${progress.epochs}` : last ? String(last.epoch) : '–'],
    ['Frames a second', progress ? progress.framesPerSecond.toFixed(0) : '–'],
    ['Time left', progress && run.alive ? duration(progress.secondsLeft) : '–'],
    // It is read every few steps: at the beginning of an epoch that of the last one stands.
    ['Training loss', number(Number.isFinite(progress?.loss) ? progress?.loss : last?.loss)],
    ['Validation loss', number(last?.validationLoss)],
    ['Computes on', plan ? (plan.adapter ?? plan.backend) : '–'],
    ['Windows', plan ? `${plan.windows.training} + ${plan.windows.validation}` : '–'],
    ['Parameters', plan ? plan.parameters.toLocaleString() : '–'],
  ];
  return (
    <Panel>
      <dl class={styles.figures}>
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {run.alive && (
        <div
          class={styles.bar}
          role="progressbar"
          aria-label="Training"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(share * 100)}
        >
          <div style={{ width: `${(share * 100).toFixed(1)}%` }} />
        </div>
      )}
    </Panel>
  );
}

function Losses({ run, beside }: RunPanelProps) {
  const all = [run, ...beside];
  const version = useComputed(() => all.reduce((sum, view) => sum + view.version.value, 0));
  const lines = all.flatMap((view, i): Line[] => {
    const colour = RUN_COLOURS[i % RUN_COLOURS.length]!;
    const name = all.length === 1 ? '' : `${view.name}: `;
    return [
      { label: `${name}training`, colour },
      { label: `${name}validation`, colour: all.length === 1 ? 'warning' : colour, dashed: true, points: true },
    ];
  });
  return (
    <Panel title="Loss">
      <LineChart
        label="Training and validation loss over steps"
        xLabel="step"
        lines={lines}
        version={version}
        height={260}
        data={() =>
          joinByStep(
            all.flatMap((view) => [
              decimate(view.losses.columns(), PLACES),
              decimate(view.validation.columns(), PLACES),
            ]),
          ) as uPlot.AlignedData
        }
      />
    </Panel>
  );
}

/** Places across a chart of curves; more points than four to a place would be drawn over each other. */
const PLACES = 800;

const DEGREES = 180 / Math.PI;

function HeldBackClip({ run }: { run: RunView }) {
  const version = useComputed(() => (run.clip.value === null ? 0 : run.history.value.length + 1));
  if (run.clip.value === null) {
    return (
      <Panel title="Predicted against true steering">
        <p>
          {run.alive
            ? 'After each epoch: what the network would steer on a clip that was held back from it.'
            : 'Nothing was held back from this run.'}
        </p>
      </Panel>
    );
  }
  return (
    <Panel title="Predicted against true steering, on a clip held back">
      <LineChart
        label="Predicted and true steering-wheel angle over time"
        xLabel="time [s]"
        lines={[
          { label: 'true [°]', colour: 'driver' },
          { label: 'predicted [°]', colour: 'model' },
        ]}
        version={version}
        height={260}
        data={() => {
          const { predicted, truth, rate } = run.clip.value!;
          return [
            Float64Array.from(truth, (_, i) => i / rate),
            Float64Array.from(truth, (angle) => angle * DEGREES),
            Float64Array.from(predicted, (angle) => angle * DEGREES),
          ];
        }}
      />
    </Panel>
  );
}

function number(value: number | undefined): string {
  return value === undefined || !Number.isFinite(value) ? '–' : value.toPrecision(3);
}

/** A time that is left, in words. */
function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 90) return `${Math.max(0, Math.round(seconds))} s`;
  const minutes = seconds / 60;
  return minutes < 90 ? `${Math.round(minutes)} min` : `${(minutes / 60).toFixed(1)} h`;
}
