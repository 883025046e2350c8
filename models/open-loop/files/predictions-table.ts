import { OUTPUT_NAMES, type OutputName } from '../../spec.ts';
import type { RecordingTest } from '../test-recordings.ts';

/** Columns of the truth, by head; those of the predictions have `predicted_` before them. Units are ours: rad, m/s, N·m. */
const COLUMNS: Readonly<Record<OutputName, string>> = {
  steeringAngle: 'steering_angle',
  speed: 'speed',
  torque: 'torque',
};
const DIGITS = 6;

/**
 * What a model said of a recording, as a table that `score` and the player read: a row a frame, with its number and time in the
 * recording, the truth as it was recorded and, where models are judged by a smoothed one, that one.
 */
export function predictionsTable({ recording, predictions, recorded }: RecordingTest): string {
  const heads = OUTPUT_NAMES.filter((name) => predictions[name].truth.length > 0);
  const columns = heads.flatMap((name): [string, ReadonlyMap<number, number>][] => {
    const { samples, truth, predicted } = predictions[name];
    const bySample = (values: ArrayLike<number>) => new Map(Array.from(samples, (sample, i) => [sample, values[i]!]));
    const own: [string, ReadonlyMap<number, number>] = [`predicted_${COLUMNS[name]}`, bySample(predicted)];
    if (name !== 'steeringAngle' || recorded === undefined) return [[COLUMNS[name], bySample(truth)], own];
    const asRecorded = Float32Array.from(samples, (sample) => recorded[sample]!);
    return [[COLUMNS[name], bySample(asRecorded)], [`smoothed_${COLUMNS[name]}`, bySample(truth)], own];
  });
  const samples = [...new Set(heads.flatMap((name) => [...predictions[name].samples]))].sort((a, b) => a - b);
  const rows = samples.map((sample) => [
    sample,
    recording.columns.time[sample]!.toFixed(DIGITS),
    ...columns.map(([, values]) => values.get(sample)?.toFixed(DIGITS) ?? ''),
  ]);
  return `${[['sample', 'time', ...columns.map(([name]) => name)], ...rows].map((row) => row.join(',')).join('\n')}\n`;
}
