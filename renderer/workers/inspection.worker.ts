import { inspectRecording } from '../../datasets/inspection/inspect.ts';
import { storedIndex } from '../../datasets/recording/edits.ts';
import { answerCalls } from '../../sim/calls/answer-calls.ts';
import type { Frame } from '../../sim/frame.ts';
import { openLibraryRecording } from '../host/open-recordings.ts';
import { PAGE } from './port.ts';

/** Frames that are looked at; a longer recording is looked at in runs spread over it. */
const MAX_FRAMES = 1200;

/** A frame of the recording, worth showing, with what the wheel did. */
export interface InspectedSample {
  /** Its number as it is stored, which is the player's. */
  readonly index: number;
  readonly frame: Frame;
  /** Steering-wheel angle, left positive [rad]; NaN where none was recorded. */
  readonly steeringAngle: number;
}

/** What it says meanwhile. */
export interface InspectionProgress {
  /** 0 to 1. */
  readonly done: number;
}

const calls = {
  /** Looks through a recording of the library, away from the page. */
  async inspect({ id }: { id: string }) {
    const recording = await openLibraryRecording(id);
    try {
      const { findings, strip } = await inspectRecording(recording, {
        maxFrames: MAX_FRAMES,
        onProgress: ({ done, total }) => PAGE.post({ done: done / total } satisfies InspectionProgress),
      });
      const samples: InspectedSample[] = [];
      const camera = 'centre' in recording.cameras ? 'centre' : Object.keys(recording.cameras)[0];
      for (const index of camera === undefined ? [] : strip) {
        const frame = await recording.frame(index, camera!).catch(() => undefined);
        const steeringAngle = recording.columns.steeringAngle?.[index] ?? Number.NaN;
        if (frame !== undefined) samples.push({ index: storedIndex(recording.cuts, index), frame, steeringAngle });
      }
      return { findings, samples };
    } finally {
      await recording.close();
    }
  },
};

export type InspectionCalls = typeof calls;

answerCalls(PAGE, calls);
