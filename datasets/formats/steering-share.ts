import type { Recording } from '../recording/recording.ts';
import type { ExportOptions } from '../writing/exporter.ts';
import { badSample } from './bad-samples.ts';
import { DEFAULT_STEERING_RATIO, RADIANS_PER_DEGREE } from './format.ts';

/** Turns steering-wheel angles into shares of full steering, right positive, for formats that store those. */
export interface SteeringShare {
  readonly steeringRatio: number;
  readonly fullSteering: number;
  /** @returns share in [-1, 1]; angles beyond full steering are clamped @throws Refusal where the angle is missing */
  of(index: number): number;
  /** How many angles were clamped so far, and what to do about it; empty when none was. */
  losses(): string[];
}

/**
 * @param field name of the field, for refusals
 * @param formatFull road-wheel angle of a share of 1 in this format [rad]
 */
export function steeringShare(
  recording: Recording,
  field: string,
  formatFull: number,
  options: ExportOptions,
): SteeringShare {
  const steeringRatio = options.steeringRatio ?? DEFAULT_STEERING_RATIO;
  const fullSteering = options.fullSteering ?? formatFull;
  let [asked, clamped, largest] = [0, 0, 0];
  return {
    steeringRatio,
    fullSteering,
    losses() {
      if (clamped === 0) return [];
      // Rounded up, so that the option as it is written here keeps every angle.
      const degrees = Math.ceil((largest * 10) / RADIANS_PER_DEGREE - 1e-7) / 10;
      const what = `steeringAngle: ${clamped} of ${asked} angles are beyond full steering and were written as ±1`;
      return [`${what}; --full-steering ${degrees} keeps them`];
    },
    of(index) {
      const angle = recording.columns.steeringAngle?.[index] ?? Number.NaN;
      const where = `${recording.metadata.name}: sample ${index}: ${field}`;
      if (Number.isNaN(angle))
        throw badSample(where, 'the sample has no steering angle', 'leave it out, or skip bad samples (--skip-bad)');
      const share = -angle / (fullSteering * steeringRatio);
      asked++;
      // A share that only rounding puts beyond 1 loses nothing.
      if (Math.abs(share) > 1 + 1e-9) {
        clamped++;
        largest = Math.max(largest, Math.abs(angle) / steeringRatio);
      }
      return Math.max(-1, Math.min(1, share)) + 0;
    },
  };
}
