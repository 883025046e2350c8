import type { CameraName } from '../../sim/frame.ts';
import { samplesCut } from '../recording/edits.ts';
import type { Recording } from '../recording/recording.ts';
import { type ColumnStatistics, columnStatistics } from './column-statistics.ts';
import { findingsOf } from './findings.ts';
import type { Inspection } from './inspection.ts';
import { labelAgreement } from './label-agreement.ts';
import { inspectPictures, type PictureFindings } from './pictures.ts';
import { steeringHabits } from './steering-habits.ts';
import { timing } from './timing.ts';

export interface InspectOptions {
  /** Frames to decode per camera. Default 2400. */
  readonly maxFrames?: number;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  readonly signal?: AbortSignal;
}

const STRIP = 12;

/** Looks through a recording for what a person should know before training on it. Broken pictures are findings here. */
export async function inspectRecording(recording: Recording, options: InspectOptions = {}): Promise<Inspection> {
  const { maxFrames = 2400, onProgress, signal } = options;
  const { metadata, length } = recording;
  const columns: Record<string, ColumnStatistics> = {};
  for (const [name, column] of Object.entries(recording.columns)) {
    if (name !== 'time') columns[name] = columnStatistics(column!);
  }
  const times = timing(recording);
  const steering = recording.columns.steeringAngle;
  const cameras: CameraName[] = Object.keys(recording.cameras);
  const pictures: PictureFindings[] = [];
  for (const [k, camera] of cameras.entries()) {
    const report = (done: number, total: number) =>
      onProgress?.({ done: k * total + done, total: cameras.length * total });
    pictures.push(await inspectPictures(recording, camera, maxFrames, report, signal));
  }
  const front = pictures.find(({ camera }) => camera === 'centre') ?? pictures[0];
  const known = {
    name: lastPart(metadata.name),
    format: metadata.format,
    cut: samplesCut(recording.cuts),
    timing: times,
    columns,
    steering: steering && steeringHabits(steering, times.rate),
    pictures,
    agreement: steering && front && labelAgreement(steering, front.motion, times.rate),
    strip: Array.from({ length: Math.min(STRIP, length) }, (_, i) =>
      Math.floor(((i + 0.5) * length) / Math.min(STRIP, length)),
    ),
  };
  return { ...known, findings: findingsOf(recording, known) };
}

/** Recordings without a name of their own are called after the place that they were read from. */
function lastPart(name: string): string {
  return name.split(/[\\/]/).findLast((part) => part !== '') ?? name;
}
