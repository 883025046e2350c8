import type { Recording } from '../recording/recording.ts';
import type { Segment } from '../recording/segments.ts';

/** Walking pace [m/s]. */
const SLOW = 3;
/** The wheel is turned far from half a turn on [rad], where that is twice as far as nine tenths of the driving needs. */
const FAR = Math.PI;
const BEYOND_USUAL = 2;
/** Shorter turns are no manoeuvre [s], and turns that are apart by less are one. */
const SHORTEST = 1;
/** Rarer than this share of the samples; else it is how this car drives. */
const RARE = 0.2;

/**
 * Stretches in which the car turns at walking pace with a wheel turned much further than it is while driving: U-turns and
 * parking, whose few huge angles weigh more in a squared error than all bends of the drive.
 */
export function slowFullLock({ columns, length, metadata }: Recording): Segment[] {
  const { steeringAngle: angle, time } = columns;
  const speed = columns.measuredSpeed ?? columns.speed;
  if (angle === undefined || speed === undefined) return [];
  const driving = angle.filter((value, i) => speed[i]! >= SLOW && !Number.isNaN(value)).map(Math.abs);
  if (driving.length < length / 2) return [];
  const usual = driving.sort()[Math.floor(0.9 * (driving.length - 1))]!;
  const least = Math.max(FAR, BEYOND_USUAL * usual);
  const found: { start: number; end: number }[] = [];
  const apart = SHORTEST * metadata.rate;
  for (let i = 0; i < length; i++) {
    if (!(Math.abs(angle[i]!) >= least && Math.abs(speed[i]!) < SLOW)) continue;
    const last = found.at(-1);
    if (last !== undefined && i - last.end < apart) last.end = i + 1;
    else found.push({ start: i, end: i + 1 });
  }
  const long = found.filter(({ start, end }) => time[end - 1]! - time[start]! >= SHORTEST);
  return long.reduce((sum, { start, end }) => sum + end - start, 0) > RARE * length ? [] : long;
}
