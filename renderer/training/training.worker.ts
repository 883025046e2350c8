import { encodeModel } from '../../models/files/encode-model.ts';
import type { TrainingState } from '../../models/training/records.ts';
import type { Network } from '../../models/zoo/network.ts';
import { host } from '../host/host.ts';
import { openWorkerBackend } from '../workers/backend.ts';
import { CHECKPOINT_FILES, decodeCheckpoint, encodeCheckpoint } from './run/checkpoint.ts';
import type { RunEvent, RunOrder } from './run/events.ts';
import { Gate } from './run/gate.ts';
import { MetricsLog } from './run/metrics-log.ts';
import { type RunSummary, runConfigSchema } from './run/run-config.ts';
import { openForTraining } from './run/run-recordings.ts';
import { runTraining } from './run/run-training.ts';

/** Trains one network, away from the page. Everything it makes goes to the host at once, so that a reload loses little. */
const gate = new Gate();
const stop = new AbortController();
let run = '';

addEventListener('message', ({ data }: MessageEvent<RunOrder>) => {
  if (data.type === 'start') void start(data);
  else if (data.type === 'pause') void pause();
  else if (data.type === 'resume') void resume();
  else {
    stop.abort();
    gate.resume();
  }
});

function tell(event: RunEvent): void {
  postMessage(event);
}

async function pause(): Promise<void> {
  gate.pause();
  tell({ type: 'paused' });
  await host.changeRun(run, { status: 'paused' }).catch(() => undefined);
}

async function resume(): Promise<void> {
  gate.resume();
  tell({ type: 'resumed' });
  await host.changeRun(run, { status: 'running' }).catch(() => undefined);
}

async function start(order: RunOrder & { type: 'start' }): Promise<void> {
  run = order.run;
  const begun = performance.now();
  const metrics = new MetricsLog(run);
  // Whoever holds this lock trains the run; a page that finds it free may take the run up again.
  await navigator.locks.request(`wheelhouse-run-${run}`, async () => {
    try {
      await host.changeRun(run, { status: 'running' });
      const config = runConfigSchema.parse(order.config);
      tell({ type: 'stage', words: 'Opening the recordings' });
      const recordings = await openForTraining(config.recordings);
      tell({ type: 'stage', words: 'Starting the backend' });
      const backend = await openWorkerBackend(config.backend);
      const { network, result } = await runTraining({
        config,
        recordings,
        backend,
        gate,
        signal: stop.signal,
        resume: order.resume ? await readCheckpoint() : null,
        tell: (event) => {
          log(metrics, event);
          tell(event);
        },
        keep: writeCheckpoint,
      });
      tell({ type: 'stage', words: 'Saving the model' });
      await metrics.flush();
      const model = await publish(order.name, network, result.best?.epoch, result.best?.validationLoss);
      const summary: RunSummary = {
        model,
        stopped: result.stopped,
        seconds: (performance.now() - begun) / 1000,
        ...(result.best && { bestEpoch: result.best.epoch, validationLoss: finite(result.best.validationLoss) }),
      };
      const status = result.stopped === 'aborted' ? 'stopped' : 'finished';
      await host.changeRun(run, { status, summary: summary as never });
      tell({ type: 'done', model, stopped: result.stopped });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      await metrics.flush().catch(() => undefined);
      await host.changeRun(run, { status: 'failed', summary: { error: message } }).catch(() => undefined);
      tell({ type: 'failed', message });
    }
  });
}

let lastLoss = Number.NaN;

function log(metrics: MetricsLog, event: RunEvent): void {
  if (event.type === 'progress') {
    const { epoch, loss, framesPerSecond } = event.progress;
    // The loss is read from the backend every few steps and repeated in between.
    if (loss === lastLoss || Number.isNaN(loss)) return;
    lastLoss = loss;
    metrics.add({ kind: 'step', step: event.step, epoch, loss, framesPerSecond });
  } else if (event.type === 'epoch') {
    metrics.add({ kind: 'epoch', step: event.step, ...event.record });
  }
}

async function writeCheckpoint(network: Network, state: TrainingState): Promise<void> {
  const shapes = new Map([...network.variables].map(([name, variable]) => [name, variable.shape]));
  const draft = await upload(encodeCheckpoint(network.spec, shapes, state));
  await host.putCheckpoint(run, draft);
}

async function readCheckpoint(): Promise<ReturnType<typeof decodeCheckpoint> | null> {
  const { checkpoint } = await host.run(run);
  if (!checkpoint) return null;
  const storage = host.files('runs', run);
  const files = new Map<string, Uint8Array>();
  for (const name of CHECKPOINT_FILES) files.set(name, await storage.read(`checkpoint/${name}`));
  return decodeCheckpoint(files);
}

async function publish(
  name: string,
  network: Network,
  bestEpoch: number | undefined,
  validationLoss: number | undefined,
): Promise<string> {
  const files = await encodeModel(network, {
    ...(bestEpoch !== undefined && { bestEpoch }),
    ...(validationLoss !== undefined && { validationLoss: finite(validationLoss) }),
  });
  const { id } = await host.publishModel({ draft: await upload(files), name });
  return id;
}

async function upload(files: ReadonlyMap<string, Uint8Array>): Promise<string> {
  const { id } = await host.createDraft();
  const storage = host.files('drafts', id);
  for (const [name, bytes] of files) await storage.write(name, bytes);
  return id;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
