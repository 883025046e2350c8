import type { OpenOptions } from '../datasets/formats/format.ts';
import { testModel } from '../headless/work/open-loop/test-model.ts';
import type { BackendName } from '../models/backend/open-backend.ts';
import { predictionFiles, type TestDocument, testDocument } from '../models/open-loop/files/test-document.ts';

export interface TestModelOptions {
  /** Model folder, or `default`. */
  readonly model: string;
  /** Folders or files of recordings of any format; a folder that holds some stands for all of them. */
  readonly recordings: string | readonly string[];
  /** Folder for the scores and a table of the predictions for each recording; nowhere without it. */
  readonly out?: string;
  /** Camera that the model sees. Default: `centre`, or the only one. */
  readonly camera?: string;
  /** How the recordings are read. */
  readonly reading?: OpenOptions & { readonly format?: string };
  /** What computes; `auto` measures. Default `auto`. */
  readonly backend?: BackendName | 'auto';
  readonly signal?: AbortSignal;
  /** @param frames that were shown @param total of all recordings */
  onProgress?(frames: number, total: number): void;
}

/**
 * Scores a model on recordings that it has not seen, as `wheelhouse test` does.
 * @returns open-loop scores by head, of each recording and over all, beside the baselines
 * @throws Refusal when the model, a recording or the folder does not fit
 */
export async function testOnRecordings(options: TestModelOptions): Promise<TestDocument> {
  const { recordings, onProgress, ...order } = options;
  const tested = await testModel({
    ...order,
    recordings: typeof recordings === 'string' ? [recordings] : recordings,
    ...(onProgress && { onProgress: onProgress.bind(options) }),
  });
  return testDocument(tested, order.out === undefined ? [] : predictionFiles(tested));
}
