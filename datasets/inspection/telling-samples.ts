import type { CameraName } from '../../sim/frame.ts';
import type { Recording } from '../recording/recording.ts';
import { movingMean } from './moving-mean.ts';
import { STRAIGHT } from './steering-habits.ts';

const COUNT = 12;
/** A bend lasts longer than this [s]; what is shorter is a jerk of the hand. */
const SMOOTHING = 0.4;

/** A bend to the other side is shown instead of the sharpest one if it is at least this share as sharp. */
const COMPARABLE = 0.5;

/**
 * Samples that tell a person whether the road bends the way the wheel turns: of each of twelve parts of the recording the
 * one with the sharpest bend, of left and right ones in turn where there are both. Spread evenly where the wheel hardly
 * moves, or nothing is known of it.
 * @param camera whose frames are to be shown; samples without one are passed over
 */
export function telling(recording: Recording, camera: CameraName | undefined, rate: number): number[] {
  const { length, columns, segments } = recording;
  const parts = Math.min(COUNT, length);
  const ends = Array.from({ length: parts + 1 }, (_, part) => Math.floor((part * length) / parts));
  const middles = ends.slice(1).map((end, part) => Math.floor((ends[part]! + end - 1) / 2));
  if (columns.steeringAngle === undefined) return middles;
  const wheel = movingMean(columns.steeringAngle, SMOOTHING * rate, segments);
  const frames = camera === undefined ? undefined : recording.cameras[camera];
  const bends: number[] = [];
  let wanted = 0;
  for (let part = 0; part < parts; part++) {
    const sharpest = (side: number): number => {
      let best = -1;
      for (let i = ends[part]!; i < ends[part + 1]!; i++) {
        if (!(Math.abs(wheel[i]!) > STRAIGHT) || side * wheel[i]! < 0 || frames?.has(i) === false) continue;
        if (best < 0 || Math.abs(wheel[i]!) > Math.abs(wheel[best]!)) best = i;
      }
      return best;
    };
    const any = sharpest(0);
    if (any < 0) continue;
    const other = sharpest(wanted);
    const sample = other >= 0 && Math.abs(wheel[other]!) >= COMPARABLE * Math.abs(wheel[any]!) ? other : any;
    bends.push(sample);
    wanted = -Math.sign(wheel[sample]!);
  }
  return bends.length > 0 ? bends : middles;
}
