import type { WindowSource } from '../../../datasets/windows/window-source.ts';
import { readModelFiles } from '../../../models/files/decode-model.ts';
import { encodeModel } from '../../../models/files/encode-model.ts';
import { MODEL_FILE, WEIGHTS_FILE } from '../../../models/files/model-format.ts';
import type { Network } from '../../../models/network/network.ts';
import type { Weights } from '../../../models/network/weights.ts';
import {
  CHECKPOINT_FILES,
  decodeCheckpointFolder,
  encodeCheckpointFolder,
} from '../../../models/training/checkpoint-folder.ts';
import type { TrainingState } from '../../../models/training/records.ts';
import { host } from '../../host/host.ts';
import { openForTraining } from '../../host/open-recordings.ts';
import { isAway, patiently } from '../../host/patiently.ts';
import { openWorkerBackend } from '../../workers/backend.ts';
import type { RunEvent, RunOrder } from './events.ts';
import { Gate, withLoad } from './gate.ts';
import { encodeLook, LAST_LOOK_FILE } from './last-look.ts';
import { MetricsLog } from './metrics-log.ts';
import { type RunSummary, runConfigSchema } from './run-config.ts';
import { lockOf } from './run-lock.ts';
import { runTraining } from './run-training.ts';
import { startLoader } from './start-loader.ts';

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
  await navigator.locks.request(lockOf(run), async () => {
    try {
      await host.changeRun(run, { status: 'running' });
      const config = runConfigSchema.parse(order.config);
      tell({ type: 'stage', words: 'Opening the recordings' });
      const recordings = await openForTraining(config.recordings);
      tell({ type: 'stage', words: 'Starting the backend' });
      const backend = await openWorkerBackend(config.backend);
      const loader = startLoader();
      const { network, result, test } = await runTraining({
        config,
        recordings,
        loader,
        backend,
        gate,
        signal: stop.signal,
        resume: order.resume ? await readCheckpoint() : null,
        tell: (event) => {
          log(metrics, event);
          tell(event);
        },
        from: config.from === undefined ? null : await readWeightsOf(config.from),
        keep: writeCheckpoint,
        keepLook: (look) => orLater(host.files('runs', run).write(LAST_LOOK_FILE, encodeLook(look))),
        through: patient,
      }).finally(() => loader.close());
      tell({ type: 'stage', words: 'Saving the model' });
      await metrics.flush();
      const model = await patiently(
        () => publish(order.name, network, result.best?.epoch, result.best?.validationLoss),
        tellAway,
      );
      const summary: RunSummary = {
        model,
        stopped: result.stopped,
        seconds: (performance.now() - begun) / 1000,
        ...(test?.steeringAngle && { test: test.steeringAngle }),
        ...(result.best && { bestEpoch: result.best.epoch, validationLoss: finite(result.best.validationLoss) }),
      };
      const status = result.stopped === 'aborted' ? 'stopped' : 'finished';
      await patiently(() => host.changeRun(run, { status, summary: summary as never }), tellAway);
      tell({ type: 'done', model, stopped: result.stopped, test: test?.steeringAngle ?? null });
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
  } else if (event.type === 'plan') {
    metrics.add({ kind: 'plan', ...event.plan });
  } else if (event.type === 'examined') {
    // In an epoch the steps are counted from its beginning, over a curve from the beginning of all.
    metrics.add({ kind: 'examination', at: event.step, ...event.examination });
  }
}

function tellAway(away: boolean): void {
  tell({ type: 'away', away });
}

/** Waits for what is kept at the end of each epoch; when the host is away, the next one is kept instead. */
async function orLater(keeping: Promise<unknown>): Promise<void> {
  try {
    await keeping;
    tellAway(false);
  } catch (error) {
    if (!isAway(error)) throw error;
    tellAway(true);
  }
}

/** Windows whose frames wait for a host that is away. */
function patient(source: WindowSource): WindowSource {
  return withLoad(source, (indices) => patiently(() => source.load(indices), tellAway));
}

async function writeCheckpoint(network: Network, state: TrainingState): Promise<void> {
  const files = encodeCheckpointFolder(network, state);
  await orLater(upload(files).then((draft) => host.putCheckpoint(run, draft)));
}

async function readCheckpoint(): Promise<ReturnType<typeof decodeCheckpointFolder> | null> {
  const { checkpoint } = await host.run(run);
  if (!checkpoint) return null;
  const storage = host.files('runs', run);
  const files = new Map<string, Uint8Array>();
  for (const name of CHECKPOINT_FILES) {
    const path = `checkpoint/${name}`;
    if (await storage.exists(path)) files.set(name, await storage.read(path));
  }
  return decodeCheckpointFolder(files);
}

async function readWeightsOf(model: string): Promise<Weights> {
  const storage = host.files('models', model);
  const files = new Map<string, Uint8Array>();
  for (const name of [MODEL_FILE, WEIGHTS_FILE]) files.set(name, await storage.read(name));
  return readModelFiles(files, model).weights;
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
