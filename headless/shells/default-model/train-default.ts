/**
 * `npm run train:default`: makes the shipped model from nothing. Records the expert on the training drives, trains on
 * them, saves models/default, and drives the smoke suite with it. Everything but the model goes to runs/default-model.
 */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { trainModel } from '../../../models/training/train-model.ts';
import { createExpert } from '../../../sim/drivers/expert.ts';
import { openTrack } from '../../../sim/track/catalogue.ts';
import { Cameras } from '../../machine/cameras/cameras.ts';
import { openComputing } from '../../machine/computing/open-computing.ts';
import { describeAdapter } from '../../machine/gpu/gpu.ts';
import { openGpu } from '../../machine/gpu/open.ts';
import { createSharpCodec } from '../../machine/images/sharp-codec.ts';
import { DiskStorage } from '../../machine/storage/disk.ts';
import type { Output } from '../../machine/terminal/output.ts';
import { DEFAULT_MODEL_FOLDER, saveModelFolder } from '../../work/models/model-folder.ts';
import { openRecordings } from '../../work/recording/open-recordings.ts';
import { recordEpisode } from '../../work/recording/record-episode.ts';
import { evaluate } from '../cli/commands/evaluate.ts';
import { main } from '../cli/main.ts';
import { TRAINING, trainingDrives } from './recipe.ts';

const WORK = path.resolve(import.meta.dirname, '../../../runs/default-model');
const RECORDINGS = path.join(WORK, 'recordings');

async function record(output: Output, signal: AbortSignal): Promise<void> {
  await rm(RECORDINGS, { recursive: true, force: true });
  const gpu = await openGpu();
  output.note(`frames by ${describeAdapter(gpu.adapter)}`);
  const cameras = await Cameras.open(gpu);
  const drives = trainingDrives();
  const progress = output.progress({
    label: 'record',
    total: Math.round(drives.reduce((sum, { route }) => sum + route, 0)),
    unit: 'm',
  });
  let driven = 0;
  for (const spec of drives) {
    const { stopped } = await recordEpisode({
      track: openTrack(spec.track),
      spec,
      driver: createExpert(),
      cameras,
      storage: new DiskStorage(path.join(RECORDINGS, String(spec.seed))),
      codec: createSharpCodec(),
      name: spec.track,
      writer: { quality: 95 },
      signal,
      onTick: (_, episode) => progress.update(Math.round(driven + Math.min(spec.route, episode.progress)), spec.track),
    });
    if (stopped) signal.throwIfAborted();
    driven += spec.route;
  }
  progress.finish();
}

async function trainOn(output: Output, signal: AbortSignal): Promise<void> {
  await openComputing('wasm');
  const recordings = await openRecordings([RECORDINGS]);
  let progress: ReturnType<Output['progress']> | undefined;
  const { result } = await trainModel(recordings, {
    ...TRAINING,
    signal,
    onProgress(now) {
      progress ??= output.progress({ label: 'train', total: now.epochs * now.steps, unit: 'steps' });
      const note = `epoch ${now.epoch}  loss ${now.loss.toFixed(4)}  validation ${now.validationLoss.toFixed(4)}`;
      progress.update((now.epoch - 1) * now.steps + now.step, note);
    },
    onBest: (network, { epoch, validationLoss }) =>
      saveModelFolder(DEFAULT_MODEL_FOLDER, network, {
        seed: TRAINING.training.seed,
        epochs: TRAINING.training.epochs,
        bestEpoch: epoch,
        validationLoss,
      }),
  });
  progress?.finish();
  if (result.stopped === 'aborted') signal.throwIfAborted();
}

await main(
  ['train-default'],
  [
    (program, context) => {
      program.command('train-default').action(async () => {
        await record(context.output, context.signal);
        await trainOn(context.output, context.signal);
        const out = path.join(WORK, 'evaluation');
        await evaluate('default', { suite: 'smoke', out, backend: 'wasm', parallel: 2 }, context);
      });
    },
  ],
);
