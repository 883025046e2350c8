import { lookBeforeTraining } from '../../../datasets/inspection/look-before-training.ts';
import type { WindowSource } from '../../../datasets/windows/window-source.ts';
import type { RunDetails } from '../../../host-api/contract.ts';
import { readModelFiles } from '../../../models/files/decode-model.ts';
import { encodeModel } from '../../../models/files/encode-model.ts';
import { describeData } from '../../../models/runs/describe-data.ts';
import { LAST_LOOK_FILE } from '../../../models/runs/layout.ts';
import type { Reference } from '../../../models/runs/run-config.ts';
import { RunFolder } from '../../../models/runs/run-folder.ts';
import type { Held } from '../../../models/runs/run-lock.ts';
import { type BestSoFar, trainInRun } from '../../../models/runs/train-in-run.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { host } from '../../host/host.ts';
import { openForTraining } from '../../host/open-recordings.ts';
import { isAway, patiently } from '../../host/patiently.ts';
import { readLibraryModel } from '../../host/read-model.ts';
import { openWorkerBackend } from '../../workers/backend.ts';
import { environmentHere } from './environment.ts';
import type { RunEvent, RunOrder } from './events.ts';
import { behindGate, Gate, withLoad } from './gate.ts';
import { hindranceOf } from './hindrance.ts';
import { encodeLook } from './last-look.ts';
import { listenFor } from './run-listener.ts';
import { lockOf } from './run-lock.ts';
import { startLoader } from './start-loader.ts';

/** Trains one network, away from the page. Everything it makes goes to the host at once, so that a reload loses little. */
const gate = new Gate();
const stop = new AbortController();
let run: RunFolder | undefined;

addEventListener('message', ({ data }: MessageEvent<RunOrder>) => {
  if (data.type === 'start') void start(data);
  else if (data.type === 'pause') pause();
  else if (data.type === 'resume') resume();
  else {
    stop.abort();
    gate.resume();
  }
});

function tell(event: RunEvent): void {
  postMessage(event);
}

function pause(): void {
  gate.pause();
  tell({ type: 'paused' });
  run?.update({ status: 'paused' }).catch(() => undefined);
}

function resume(): void {
  gate.resume();
  tell({ type: 'resumed' });
  run?.update({ status: 'running' }).catch(() => undefined);
}

async function start({ run: id, holder }: RunOrder & { type: 'start' }): Promise<void> {
  // Whoever holds this lock trains the run in this browser; a page that finds it free may take the run up again.
  const last = await navigator.locks.request(lockOf(id), async (): Promise<RunEvent> => {
    try {
      const details = await host.run(id);
      const claim = { holder, words: 'a window of the app' };
      // The host knows which processes of this machine have ended.
      const isGone = ({ holder }: Held) => details.held?.isGone === true && details.held.holder === holder;
      run = await RunFolder.open(host.files('runs', id), { claim, isGone });
      return await train(run, details);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      await run?.fail(message).catch(() => undefined);
      return { type: 'failed', message };
    } finally {
      await run?.close().catch(() => undefined);
    }
  });
  // The page ends this worker when it hears of the end.
  tell(last);
}

async function train(run: RunFolder, details: RunDetails): Promise<RunEvent> {
  const { config, environment: before } = run.description;
  const hindrance = hindranceOf(details);
  if (hindrance !== null) throw Refusal.repeated('missing-recording', hindrance);
  tell({ type: 'stage', words: 'Opening the recordings' });
  const recordings = await openForTraining(details.recordings.map(({ id }) => id!));
  const data = await describeData(recordings.map((recording, i) => ({ recording, reference: config.recordings[i]! })));
  tell({ type: 'stage', words: 'Looking through the recordings' });
  const findings = await patiently(() => lookBeforeTraining(recordings, stop.signal), tellAway);
  tell({ type: 'findings', findings });
  tell({ type: 'stage', words: 'Starting the backend' });
  const backend = await openWorkerBackend(before?.backend ?? config.backend);
  const environment = await environmentHere(backend);
  const loader = startLoader();
  tell({ type: 'stage', words: 'Estimating the output scales' });
  const { summary, untested } = await trainInRun({
    run,
    recordings,
    data,
    environment,
    openWindows: loader.open,
    signal: stop.signal,
    through: (source) => behindGate(patient(source), gate),
    readWeights,
    patience: { orLater, untilDone: (writing) => patiently(writing, tellAway) },
    model: {
      end(model) {
        tell({ type: 'stage', words: 'Saving the model' });
        return patiently(() => publish(details, model), tellAway);
      },
    },
    listener: listenFor({
      tell,
      through: patient,
      keepLook: (look) => orLater(() => host.files('runs', details.id).write(LAST_LOOK_FILE, encodeLook(look))),
    }),
  }).finally(() => loader.close());
  const model = summary.model !== null && 'id' in summary.model ? summary.model.id : null;
  const { stopped } = summary;
  if (stopped === 'failed') throw new Error('a training that has failed was reported as done');
  return { type: 'done', model, stopped, test: summary.test, untested: untested ?? null };
}

function tellAway(away: boolean): void {
  tell({ type: 'away', away });
}

/** Waits for what is kept at the end of each epoch; when the host is away, the next one is kept instead. */
async function orLater(keep: () => Promise<void>): Promise<void> {
  try {
    await keep();
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

async function readWeights(model: Reference) {
  if (!('id' in model)) {
    throw new Refusal('missing-model', model.folder, 'it is not in the library', 'open it in the app first');
  }
  const { files } = await readLibraryModel(model.id);
  const { weights, file } = readModelFiles(files, model.id);
  return { weights, sha256: file.weights.sha256 };
}

/** A run that was stopped and goes on replaces its own model. */
async function publish({ name, summary }: RunDetails, { network, training }: BestSoFar): Promise<Reference> {
  const { id: draft } = await host.createDraft();
  const storage = host.files('drafts', draft);
  for (const [file, bytes] of await encodeModel(network, training)) await storage.write(file, bytes);
  const before = summary?.model && 'id' in summary.model ? { id: summary.model.id, replace: true } : {};
  return { id: (await host.publishModel({ draft, name, ...before })).id };
}
