import type { Recording } from '../recording/recording.ts';
import { inspectRecording } from './inspect.ts';
import type { Finding } from './inspection.ts';

/** Frames that are looked at, of all recordings together, and of each at least: some seconds of work. */
const FRAMES = 720;
const LEAST_FRAMES = 240;
/** Findings that a training tells by itself, or takes care of. */
const TOLD = ['skipped', 'pulses', 'assumed-rate'];

/** What inspection finds of a recording that is about to be trained on. */
export interface RecordingFinding extends Finding {
  /** Name of the recording. */
  readonly recording: string;
}

/**
 * Looks through recordings before they are trained on, less closely than `wheelhouse inspect`.
 * @returns what would teach nonsense, such as a wrong sign of the steering, or is worth mending
 */
export async function lookBeforeTraining(
  recordings: readonly Recording[],
  signal?: AbortSignal,
): Promise<RecordingFinding[]> {
  const maxFrames = Math.max(LEAST_FRAMES, Math.floor(FRAMES / Math.max(1, recordings.length)));
  const found: RecordingFinding[] = [];
  for (const recording of recordings) {
    // The training refuses one without steering in a line of its own.
    if (recording.columns.steeringAngle?.some(Number.isFinite) !== true) continue;
    const { name, findings } = await inspectRecording(recording, {
      maxFrames,
      frontOnly: true,
      ...(signal && { signal }),
    });
    for (const finding of findings) {
      if (finding.severity !== 'info' && !TOLD.includes(finding.code)) found.push({ recording: name, ...finding });
    }
  }
  return found;
}
