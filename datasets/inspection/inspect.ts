import type { CameraName } from '../../sim/frame.ts';
import { findDropouts } from '../recording/dropouts.ts';
import { samplesCut } from '../recording/edits.ts';
import type { Recording } from '../recording/recording.ts';
import { type ColumnStatistics, columnStatistics } from './column-statistics.ts';
import { findingsOf } from './findings.ts';
import type { Inspection } from './inspection.ts';
import { labelAgreement } from './label-agreement.ts';
import { inspectPictures, type PictureFindings } from './pictures.ts';
import { steeringHabits } from './steering-habits.ts';
import { telling } from './telling-samples.ts';
import { timing } from './timing.ts';

export interface InspectOptions {
  /** Frames to decode per camera. Default 2400. */
  readonly maxFrames?: number;
  /** Look at the frames of the centre camera alone, or of the first one. Default false. */
  readonly frontOnly?: boolean;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  readonly signal?: AbortSignal;
}

/** Looks through a recording for what a person should know before training on it. Broken pictures are findings here. */
export async function inspectRecording(recording: Recording, options: InspectOptions = {}): Promise<Inspection> {
  const { maxFrames = 2400, frontOnly = false, onProgress, signal } = options;
  const { metadata } = recording;
  const columns: Record<string, ColumnStatistics> = {};
  for (const [name, column] of Object.entries(recording.columns)) {
    if (name !== 'time') columns[name] = columnStatistics(column!);
  }
  const times = timing(recording);
  const steering = recording.columns.steeringAngle;
  const all: CameraName[] = Object.keys(recording.cameras);
  const cameras = frontOnly ? [all.includes('centre') ? 'centre' : all[0]!].slice(0, all.length) : all;
  const pictures: PictureFindings[] = [];
  for (const [k, camera] of cameras.entries()) {
    const report = (done: number, total: number) =>
      onProgress?.({ done: k * total + done, total: cameras.length * total });
    pictures.push(await inspectPictures(recording, camera, maxFrames, report, signal));
  }
  const front = pictures.find(({ camera }) => camera === 'centre') ?? pictures[0];
  const known = {
    name: metadata.name,
    format: metadata.format,
    cut: samplesCut(recording.cuts),
    timing: times,
    columns,
    steering: steering && steeringHabits(steering, times.rate),
    pictures,
    agreement:
      steering &&
      front &&
      labelAgreement({
        steering,
        motion: front.motion,
        segments: recording.segments,
        rate: times.rate,
        speed: recording.columns.measuredSpeed ?? recording.columns.speed,
      }),
    dropouts: findDropouts(recording),
    strip: telling(recording, front?.camera, times.rate),
  };
  return { ...known, findings: findingsOf(recording, known) };
}
