import type { ModelTest, RecordingTest } from '../test-recordings.ts';

/** Scores of a test as a document, as `test --json` prints them and `test.json` keeps them. */
export interface TestDocument extends Pick<ModelTest, 'stopped'> {
  readonly recordings: readonly (Pick<RecordingTest, 'frames' | 'rate' | 'seen' | 'smoothing' | 'doubts'> & {
    readonly name: string;
    readonly format: string;
    readonly samples: number;
    /** By head. */
    readonly scores: RecordingTest['report'];
    /** File of the predictions, beside the document; null where none was written. */
    readonly predictions: string | null;
  })[];
  /** By head, over the frames of all recordings; null where none was finished. */
  readonly overall: RecordingTest['report'] | null;
}

/** @param files of the predictions, a recording each; empty where none were written */
export function testDocument({ tests, overall, stopped }: ModelTest, files: readonly string[]): TestDocument {
  return {
    stopped,
    recordings: tests.map(({ recording, frames, rate, seen, smoothing, doubts, report }, i) => ({
      name: recording.metadata.name,
      format: recording.metadata.format,
      samples: recording.length,
      frames,
      rate,
      seen,
      smoothing,
      doubts,
      scores: report,
      predictions: files[i] ?? null,
    })),
    overall: overall ?? null,
  };
}

/** Names for the files of the predictions: a number, and what is left of the recording's name. */
export function predictionFiles({ tests }: ModelTest): string[] {
  return tests.map(({ recording: { metadata } }, i) => {
    const name = metadata.name
      .normalize('NFKD')
      .replaceAll(/[^\w.-]+/g, '-')
      .replaceAll(/^[-.]+|[-.]+$/g, '');
    return `${i + 1}-${name.slice(-60) || 'recording'}.csv`;
  });
}
