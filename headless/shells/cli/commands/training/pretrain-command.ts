import path from 'node:path';
import { splitByTimeBlock } from '../../../../../datasets/windows/split.ts';
import { createWindowSource } from '../../../../../datasets/windows/window-source.ts';
import type { BackendName } from '../../../../../models/backend/open-backend.ts';
import { pretrain } from '../../../../../models/training/pretrain.ts';
import { trainingSettings } from '../../../../../models/training/training-settings.ts';
import { createNetwork, createSpec, findArchitecture } from '../../../../../models/zoo/zoo.ts';
import { counted } from '../../../../../sim/counted.ts';
import { openComputing } from '../../../../machine/computing/open-computing.ts';
import { openGpu } from '../../../../machine/gpu/open.ts';
import { printable } from '../../../../machine/terminal/printable.ts';
import type { Progress } from '../../../../machine/terminal/progress.ts';
import { refuseTakenFolder, saveModelFolder } from '../../../../work/models/model-folder.ts';
import { openRecordings } from '../../../../work/recording/open-recordings.ts';
import type { CommandContext } from '../../context.ts';
import { tellLeftOut } from '../../left-out.ts';
import { openOptions, type ReadingFlags } from '../../reading-options.ts';
import { optionsFromFlags } from '../../training-flags.ts';

/** What `wheelhouse pretrain` was called with, beside the flags of training options. */
export interface PretrainCommandOptions extends ReadingFlags {
  readonly out: string;
  readonly model: string;
  readonly backend: BackendName | 'auto';
}

/** `wheelhouse pretrain`, its usage checked. */
export async function runPretrainCommand(
  folders: readonly string[],
  options: PretrainCommandOptions,
  { output, signal }: CommandContext,
): Promise<void> {
  const { model } = options;
  const { data, training } = trainingSettings(model, {}, optionsFromFlags({ ...options }));
  const { width, height, time, crop, stride, testTail } = data;
  await refuseTakenFolder(options.out);
  const recordings = await openRecordings(folders, openOptions(options));
  const cut = tellLeftOut(recordings, output);
  const rate = Math.min(...recordings.map(({ metadata }) => metadata.rate));
  const input = { ...findArchitecture(model).input, width, height, time, crop, rate };
  const spec = createSpec(model, { input });
  const backend = await openComputing(options.backend, options.backend === 'webgpu' ? await openGpu() : undefined);
  const network = createNetwork(spec, training.seed);
  const { train: pieces } = splitByTimeBlock(recordings, { validationShare: 0, testTail });
  const inputSize = { width, height };
  const source = createWindowSource(pieces, { time, stride, inputSize, crop, rate });
  output.note(
    `${counted(source.length, 'window')} of ${counted(recordings.length, 'recording')}; ${model} on ${backend.name}`,
  );
  let progress: Progress | undefined;
  const history = await pretrain({
    network,
    source,
    options: training,
    signal,
    onProgress(done, steps) {
      progress ??= output.progress({ label: 'pretrain', total: steps, unit: 'steps' });
      progress.update(done);
    },
  });
  progress?.finish();
  for (const recording of recordings) await recording.close();
  await saveModelFolder(options.out, network, { seed: training.seed, epochs: history.length });
  const last = history.at(-1);
  const document = {
    out: path.resolve(options.out),
    model,
    backend: backend.name,
    windows: source.length,
    cut,
    history,
  };
  output.result(document, () => {
    const found = last
      ? `predicts the next frame with an error of ${last.loss.toFixed(4)}; their mean has ${last.meanPicture.toFixed(4)}`
      : 'stopped before the first epoch was over';
    output.line(`${printable(options.out)}: ${found}`);
    if (last && !(last.loss < last.meanPicture)) {
      output.line(
        last.loss > 2 * last.meanPicture
          ? `It has diverged: do not use it. Lower the learning rate (it is ${training.learningRate}).`
          : 'It has learned nothing yet that their mean does not tell: train longer (--epochs), or on more recordings.',
      );
    }
    output.line(
      `go on with: wheelhouse train <recording> --from ${printable(options.out)} --model ${model} --out <folder>`,
    );
  });
}
