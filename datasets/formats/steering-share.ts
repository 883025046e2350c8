import type { Recording } from '../recording/recording.ts';
import type { ExportOptions } from '../writing/exporter.ts';
import { badSample } from './bad-samples.ts';
import { DEFAULT_STEERING_RATIO } from './format.ts';

/** Turns steering-wheel angles into shares of full steering, right positive, for formats that store those. */
export interface SteeringShare {
  readonly steeringRatio: number;
  readonly fullSteering: number;
  /** @returns share in [-1, 1]; angles beyond full steering are clamped @throws Refusal where the angle is missing */
  of(index: number): number;
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
  return {
    steeringRatio,
    fullSteering,
    of(index) {
      const angle = recording.columns.steeringAngle?.[index] ?? Number.NaN;
      const where = `${recording.metadata.name}: sample ${index}: ${field}`;
      if (Number.isNaN(angle))
        throw badSample(where, 'the sample has no steering angle', 'leave it out, or skip bad samples');
      return Math.max(-1, Math.min(1, -angle / (fullSteering * steeringRatio))) + 0;
    },
  };
}

/** Columns with data that a format has no place for. */
export function lostColumns(recording: Recording, kept: readonly string[]): string[] {
  return Object.keys(recording.columns).filter((name) => !name.startsWith('source.') && !kept.includes(name));
}
