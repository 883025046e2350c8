import type { Recording } from '../../../datasets/recording/recording.ts';
import { CLEAR_DAY } from '../../../sim/conditions/conditions.ts';
import { conditionsSchema } from '../../../sim/conditions/schema.ts';
import { Refusal } from '../../../sim/refusal.ts';
import { trafficSchema } from '../../../sim/traffic/traffic-spec.ts';
import { createVehicleState, type VehicleState } from '../../../sim/vehicle/state.ts';
import { DEFAULT_CAR } from '../../../sim/vehicle/vehicles.ts';
import { type Commands, type DrivenMoment, NO_COMMANDS } from './moment.ts';
import { type DriveSetup, NO_TRAFFIC, withConditions } from './setup.ts';

/** Whether a recording says on which road of ours it was driven, and where the car was. */
export function canReplay({ metadata, columns }: Pick<Recording, 'metadata' | 'columns'>): boolean {
  return typeof metadata.track === 'string' && ['x', 'y', 'yaw'].every((name) => columns[name] !== undefined);
}

/** A recorded drive, to be looked at on its road. */
export interface RecordedDrive {
  /** What the recording says of where it was driven. */
  readonly setup: Omit<DriveSetup, 'driver'>;
  /** Time counts from the first sample. */
  readonly moments: readonly DrivenMoment[];
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
  const at = (name: string, index: number): number => {
    const value = columns[name]?.[index] ?? Number.NaN;
    return Number.isNaN(value) ? 0 : value;
  };
  const begin = columns.time[0] ?? 0;
  const moments: DrivenMoment[] = [];
  for (let i = 0; i < length; i++) {
    const command = { steeringAngle: at('steeringAngle', i), speed: at('speed', i), torque: at('torque', i) };
    const steeringWheelAngle = at(columns.measuredSteeringAngle ? 'measuredSteeringAngle' : 'steeringAngle', i);
    const state = stateOf({
      x: at('x', i),
      y: at('y', i),
      yaw: at('yaw', i),
      yawRate: at('yawRate', i),
      speed: at(columns.measuredSpeed ? 'measuredSpeed' : 'speed', i),
      steeringWheelAngle,
      handTorque: command.torque,
    });
    const commands: Commands = { ...NO_COMMANDS, [metadata.driver === 'expert' ? 'expert' : 'person']: command };
    moments.push({ time: columns.time[i]! - begin, state, commands });
  }
  return { setup: setupOf(metadata), moments, begin } satisfies RecordedDrive;
}

type Known = 'x' | 'y' | 'yaw' | 'yawRate' | 'speed' | 'steeringWheelAngle' | 'handTorque';

/** A car of which no more is known than what is needed to draw it. */
export function stateOf(
  known: Partial<Pick<VehicleState, Known>> & Pick<VehicleState, 'steeringWheelAngle'>,
): VehicleState {
  const roadWheelAngle = known.steeringWheelAngle / DEFAULT_CAR.steeringRatio;
  return { ...createVehicleState(), ...known, roadWheelAngle };
}

/** The world that was driven in, as far as a recording or a drive file says; what it does not say is as on a clear day. */
export function setupOf({
  track,
  conditions,
  traffic,
  seed,
}: Pick<Recording['metadata'], 'track' | 'conditions' | 'traffic' | 'seed'>): RecordedDrive['setup'] {
  const known = conditionsSchema.safeParse(conditions ?? {}).data ?? CLEAR_DAY;
  return {
    track: track as string,
    ...withConditions(known),
    seed: seed ?? known.colourSeed,
    traffic: trafficSchema.safeParse(traffic ?? {}).data ?? NO_TRAFFIC,
  };
}
