import type { Recording } from '../recording/recording.ts';

/** The label columns, in the order of a target vector. */
export const LABELS = ['steeringAngle', 'speed', 'torque'] as const;

/** Labels of all samples of several recordings, one after the other. */
export interface SampleLabels {
  readonly samples: number;
  /** `[sample, 3]` */
  readonly targets: Float32Array;
  /** `[sample, 3]`: 1 where the label exists. */
  readonly mask: Float32Array;
  /** `[sample]` */
  readonly speed: Float32Array;
}

/**
 * Gathers the labels.
 * @param first number of the first sample of each recording
 * @param shift labels are taken at the sample's time plus this [s], interpolated within the segment; beyond its ends
 *   there is no label
 */
export function labelsAt(recordings: readonly Recording[], first: Int32Array, shift: number): SampleLabels {
  const samples = recordings.reduce((sum, recording) => sum + recording.length, 0);
  const targets = new Float32Array(samples * LABELS.length);
  const mask = new Float32Array(samples * LABELS.length);
  const speed = new Float32Array(samples);
  recordings.forEach((recording, number) => {
    const measured = recording.columns.measuredSpeed ?? recording.columns.speed;
    for (let i = 0; i < recording.length; i++) speed[first[number]! + i] = measured?.[i] || 0;
    LABELS.forEach((name, k) => {
      const column = recording.columns[name];
      if (column === undefined) return;
      for (const { start, end } of recording.segments) {
        let after = start;
        for (let i = start; i < end; i++) {
          let value = column[i]!;
          if (shift !== 0) {
            [value, after] = interpolate(recording.columns.time, column, start, end, i, shift, after);
          }
          if (Number.isNaN(value)) continue;
          const place = (first[number]! + i) * LABELS.length + k;
          targets[place] = value;
          mask[place] = 1;
        }
      }
    });
  });
  return { samples, targets, mask, speed };
}

function interpolate(
  time: Float64Array,
  column: Float64Array,
  start: number,
  end: number,
  index: number,
  shift: number,
  hint: number,
): [value: number, after: number] {
  const at = time[index]! + shift;
  let after = hint;
  while (after < end && time[after]! < at) after++;
  if (after >= end || (after === start && time[after]! > at)) return [Number.NaN, after];
  if (time[after] === at) return [column[after]!, after];
  const share = (at - time[after - 1]!) / (time[after]! - time[after - 1]!);
  return [column[after - 1]! + share * (column[after]! - column[after - 1]!), after];
}
