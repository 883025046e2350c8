import { steeringHabits, steersInPulses } from '../inspection/steering-habits.ts';
import type { Recording } from '../recording/recording.ts';

/** Beyond this many standard deviations a Gaussian weighs nothing. */
const REACH = 3;

/** Standard deviation for whoever steers in pulses [s]: a pulse and the rest around it become one bend. */
export const PULSE_SMOOTHING = 0.8;

/**
 * How the steering is smoothed that models are judged by, however their own labels were made: scores of two trainings can be
 * compared only where both are against the same truth, and pulses of keys are none that a picture could tell.
 */
export const JUDGED_SMOOTHING = 'auto';

/** How far the steering of a recording is smoothed [s]: as said, or with `auto` only where somebody steered in pulses. */
export function smoothingOf(recording: Recording, wanted: number | 'auto'): number {
  if (wanted !== 'auto') return wanted;
  // A piece of a recording may be too short to show how its driver steers.
  const { columns, metadata } = recording.slicedFrom?.whole ?? recording;
  const { steeringAngle } = columns;
  if (steeringAngle === undefined) return 0;
  return steersInPulses(steeringHabits(steeringAngle, metadata.rate)) ? PULSE_SMOOTHING : 0;
}

/**
 * The same recording with its steering angle smoothed over time by a Gaussian, within each run of samples. Who steers with
 * keys gives in pulses what the road asks for in between; no picture tells when the next pulse comes, but it does tell
 * their mean.
 * @param seconds standard deviation [s]
 */
export function smoothSteering(recording: Recording, seconds: number): Recording {
  const { time, steeringAngle } = recording.columns;
  if (steeringAngle === undefined || seconds === 0) return recording;
  const smooth = new Float64Array(steeringAngle.length).fill(Number.NaN);
  for (const { start, end } of recording.segments) {
    let first = start;
    for (let i = start; i < end; i++) {
      if (!Number.isFinite(steeringAngle[i])) continue;
      while (time[first]! < time[i]! - REACH * seconds) first++;
      let [sum, weights] = [0, 0];
      for (let j = first; j < end && time[j]! <= time[i]! + REACH * seconds; j++) {
        if (!Number.isFinite(steeringAngle[j])) continue;
        const weight = Math.exp(-(((time[j]! - time[i]!) / seconds) ** 2) / 2);
        sum += weight * steeringAngle[j]!;
        weights += weight;
      }
      smooth[i] = sum / weights;
    }
  }
  return { ...recording, columns: { ...recording.columns, steeringAngle: smooth } };
}
