import type { CameraName } from '../../sim/frame.ts';
import type { Recording } from '../recording/recording.ts';
import { returnCorrection } from './steering-correction.ts';

/** A recording as one of its cameras shows it. */
export interface CameraView {
  readonly recording: Recording;
  readonly camera: CameraName;
  /** How far left of its line the car seems to be [m]. */
  readonly offset: number;
}

/** What the cameras beside the windscreen's middle show: the car as if it stood beside its line. */
export function sideViews(recording: Recording, metres: number): CameraView[] {
  return (
    [
      ['left', metres],
      ['right', -metres],
    ] as const
  ).flatMap(([camera, offset]) => (metres > 0 && recording.cameras[camera] ? [{ recording, camera, offset }] : []));
}

/**
 * The recording with the labels that belong to a view: the steering angle gets what leads back to the line, less at higher
 * speed. What the hands would have felt there is not known, so there is no torque.
 */
export function labelledFor({ recording, offset }: CameraView): Recording {
  if (offset === 0) return recording;
  const { torque: _, ...columns } = recording.columns;
  const { steeringAngle } = columns;
  const speed = columns.measuredSpeed ?? columns.speed;
  if (steeringAngle === undefined) return { ...recording, columns };
  const corrected = steeringAngle.map((angle, i) => angle + returnCorrection(offset, speed?.[i] || 0));
  return { ...recording, columns: { ...columns, steeringAngle: corrected } };
}
