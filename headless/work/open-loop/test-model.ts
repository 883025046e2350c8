import type { OpenOptions } from '../../../datasets/formats/format.ts';
import type { Recording } from '../../../datasets/recording/recording.ts';
import { canLoad } from '../../../datasets/windows/loader/window-loader.ts';
import type { BackendName } from '../../../models/backend/open-backend.ts';
import { decodeModel } from '../../../models/files/decode-model.ts';
import { type TestOptions, testRecordings } from '../../../models/open-loop/test-recordings.ts';
import { startLoader } from '../../machine/windows/start-loader.ts';
import { readModelFolder } from '../models/model-folder.ts';
import { openRecordings } from '../recording/open-recordings.ts';
import { openEnvironment } from '../training/begin-training.ts';
import { refuseTakenTest, writeTest } from './test-folder.ts';
import type { TestedModel } from './tested-model.ts';

export interface TestModelOrder extends Pick<TestOptions, 'camera' | 'frameMemory' | 'signal' | 'onProgress'> {
  /** Model folder, or `default`. */
  readonly model: string;
  /** Folders or files of recordings; a folder that holds some stands for all of them. */
  readonly recordings: readonly string[];
  /** How they are read. */
  readonly reading?: OpenOptions & { readonly format?: string };
  readonly backend?: BackendName | 'auto';
  /** Where the scores and predictions go; nowhere without it. */
  readonly out?: string | undefined;
  /** Called when model and recordings are open. */
  onOpened?(recordings: readonly Recording[], backend: BackendName): void;
}

/**
 * Tests a model of this disk on recordings of this disk.
 * @throws Refusal when the model, a recording or the folder for the results does not fit
 */
export async function testModel(order: TestModelOrder): Promise<TestedModel> {
  if (order.out !== undefined) await refuseTakenTest(order.out);
  const { files, name } = await readModelFolder(order.model);
  const recordings = await openRecordings(order.recordings, order.reading);
  const environment = await openEnvironment(order.backend ?? 'auto').catch(async (error: unknown) => {
    for (const recording of recordings) await recording.close();
    throw error;
  });
  const loader = canLoad(recordings) ? startLoader() : undefined;
  try {
    const { backend } = environment.environment;
    const { network, training } = decodeModel(files, order.model);
    order.onOpened?.(recordings, backend);
    const { camera, frameMemory, signal } = order;
    const test = await testRecordings(network, recordings, {
      training,
      camera,
      signal,
      ...(frameMemory !== undefined && { frameMemory }),
      ...(loader && { openWindows: loader.open }),
      ...(order.onProgress && { onProgress: order.onProgress.bind(order) }),
    });
    const tested = { model: name, backend, ownRate: network.spec.input.rate, ...test };
    network.dispose();
    if (order.out !== undefined && tested.tests.length > 0) await writeTest(order.out, tested);
    return tested;
  } finally {
    await loader?.close();
    for (const recording of recordings) await recording.close();
    environment.close();
  }
}
