import { z } from 'zod';
import type { Recording } from '../../../datasets/recording/recording.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { DEFAULT_CAR } from '../../../sim/vehicle/parameters.ts';
import { createVehicleState } from '../../../sim/vehicle/state.ts';
import { type Commands, type Moment, NO_COMMANDS } from './drive-trace.ts';
import { type DriveSetup, LIGHTS } from './setup.ts';

/** The parts of recorded conditions that a drive in the window can have, too. */
const recordedConditions = z.looseObject({
  light: z.enum(LIGHTS).optional().catch(undefined),
  friction: z.number().min(0.2).max(1).optional().catch(undefined),
  colourSeed: z.int().min(0).max(999_999).optional().catch(undefined),
});

/** Whether a recording says on which road of ours it was driven, and where the car was. */
export function canReplay({ metadata, columns }: Pick<Recording, 'metadata' | 'columns'>): boolean {
  return typeof metadata.track === 'string' && ['x', 'y', 'yaw'].every((name) => columns[name] !== undefined);
}

/** A recorded drive, to be looked at on its road. */
export interface RecordedDrive {
  /** What the recording says of where it was driven. */
  readonly setup: Pick<DriveSetup, 'track'> & Partial<DriveSetup>;
  /** Time counts from the first sample. */
  readonly moments: readonly Moment[];
  /** Time of the first sample on the recording's clock [s]. */
  readonly begin: number;
}

/**
 * The drive in a recording.
 * @throws Refusal `no-road` where it does not say on which of our roads it was driven
 */
export function recordedDrive({ metadata, columns, length }: Pick<Recording, 'metadata' | 'columns' | 'length'>) {
  if (!canReplay({ metadata, columns })) {
    const what = 'it does not say on which road it was driven, and where the car was';
    throw new Refusal('no-road', metadata.name, what, 'look at it in Recordings');
  }
  const { light, friction, colourSeed } = recordedConditions.safeParse(metadata.conditions).data ?? {};
  const at = (name: string, index: number): number => {
    const value = columns[name]?.[index] ?? Number.NaN;
    return Number.isNaN(value) ? 0 : value;
  };
  const begin = columns.time[0] ?? 0;
  const moments: Moment[] = [];
  for (let i = 0; i < length; i++) {
    const command = { steeringAngle: at('steeringAngle', i), speed: at('speed', i), torque: at('torque', i) };
    const steeringWheelAngle = at(columns.measuredSteeringAngle ? 'measuredSteeringAngle' : 'steeringAngle', i);
    const state = {
      ...createVehicleState(),
      x: at('x', i),
      y: at('y', i),
      yaw: at('yaw', i),
      yawRate: at('yawRate', i),
      speed: at(columns.measuredSpeed ? 'measuredSpeed' : 'speed', i),
      steeringWheelAngle,
      roadWheelAngle: steeringWheelAngle / DEFAULT_CAR.steeringRatio,
      handTorque: command.torque,
    };
    const commands: Commands = { ...NO_COMMANDS, [metadata.driver === 'expert' ? 'expert' : 'person']: command };
    const lateralError = at('lateralError', i);
    const progress = at('arcLength', i) - at('arcLength', 0);
    moments.push({ time: columns.time[i]! - begin, state, commands, lateralError, progress, others: [] });
  }
  const setup = {
    track: metadata.track as string,
    ...(light && { light }),
    ...(friction !== undefined && { friction }),
    ...(colourSeed !== undefined && { seed: colourSeed }),
  };
  return { setup, moments, begin } satisfies RecordedDrive;
}
