import { storedIndex } from '../../datasets/recording/edits.ts';
import { decodeModel } from '../../models/files/decode-model.ts';
import type { HeadScore } from '../../models/open-loop/head-score.ts';
import { seenInWords } from '../../models/open-loop/seen-before.ts';
import { testRecordings } from '../../models/open-loop/test-recordings.ts';
import { verdictInWords } from '../../models/open-loop/verdict.ts';
import { answerCalls } from '../../sim/calls/answer-calls.ts';
import { openLibraryRecording } from '../host/open-recordings.ts';
import { openWorkerBackend } from './backend.ts';
import { PAGE } from './port.ts';

/** What a test of a model on a recording says. */
export interface TestInPage {
  /** Predicted steering-wheel angle by sample as it is stored, left positive [rad]; NaN where the model was not asked. */
  readonly angles: Float64Array;
  /** Undefined where no frame that was shown has a label. */
  readonly score: HeadScore | undefined;
  /** What it means, and what to know of it; one line each. */
  readonly words: readonly string[];
}

/** What it says meanwhile. */
export interface TestProgress {
  /** 0 to 1. */
  readonly done: number;
}

interface TestOrder {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** For messages. */
  readonly reference: string;
  /** Id of the recording. */
  readonly recording: string;
  /** Its samples without regard to cuts. */
  readonly stored: number;
}

const calls = {
  /** Tests a model on a recording of the library, as `wheelhouse test` does. */
  async test({ files, reference, recording: id, stored }: TestOrder): Promise<TestInPage> {
    await openWorkerBackend('auto');
    const { network, training } = decodeModel(files, reference);
    const recording = await openLibraryRecording(id);
    try {
      const { tests } = await testRecordings(network, [recording], {
        training,
        onProgress: (done, total) => PAGE.post({ done: done / Math.max(1, total) } satisfies TestProgress),
      });
      const { predictions, report, seen, doubts } = tests[0]!;
      const angles = new Float64Array(stored).fill(Number.NaN);
      const { samples, predicted } = predictions.steeringAngle;
      samples.forEach((sample, i) => {
        angles[storedIndex(recording.cuts, sample)] = predicted[i]!;
      });
      const score = report.steeringAngle;
      const known = seenInWords(seen);
      const words = [...(score ? [verdictInWords(score)] : []), ...(known === null ? [] : [sentence(known)])];
      return { angles, score, words: [...words, ...doubts.map(sentence)] };
    } finally {
      await recording.close();
      network.dispose();
    }
  },
};

function sentence(line: string): string {
  return `${line.charAt(0).toUpperCase()}${line.slice(1)}${line.endsWith('.') ? '' : '.'}`;
}

export type ModelTestCalls = typeof calls;

answerCalls(PAGE, calls);
