import type { CameraRig } from '../../sim/camera/rigs.ts';
import type { Command } from '../../sim/command.ts';
import type { Tick } from '../../sim/episode/contract.ts';
import { CONTROL_PERIOD, type EpisodeSpec } from '../../sim/episode/spec.ts';
import type { Track } from '../../sim/track/track.ts';
import { DEFAULT_CAR } from '../../sim/vehicle/vehicles.ts';
import type { RecordingMetadata } from './metadata.ts';

/** A drive in our own world that is recorded. */
export interface Driven {
  readonly name: string;
  /** Who drives. */
  readonly driver: string;
  readonly spec: Omit<EpisodeSpec, 'route'>;
  readonly rig: CameraRig;
  /** Of a road from a file, see `Track.origin`. */
  readonly origin?: Track['origin'];
}

/** What a recording says of a drive in our own world: enough to build the same world again. */
export function drivenMetadata({ name, driver, spec, rig, origin }: Driven): RecordingMetadata {
  const { seed, track, conditions, traffic } = spec;
  return {
    format: 'wheelhouse',
    name,
    rate: 1 / CONTROL_PERIOD,
    timeSource: 'recorded',
    cameras: Object.fromEntries(
      Object.entries(rig).map(([camera, { width, height, ...mount }]) => [camera, { width, height, mount }]),
    ),
    conversions: [],
    driver,
    seed,
    vehicle: DEFAULT_CAR.name,
    track,
    conditions: JSON.parse(JSON.stringify(conditions)),
    ...(origin && { origin: { ...origin } }),
    ...(traffic && { traffic: { ...traffic } }),
  };
}

/** The columns of one tick. @param command what is recorded as the command: what was asked for, or a label */
export function drivenValues(
  { state, s, lateralError }: Pick<Tick, 'state' | 's' | 'lateralError'>,
  { steeringAngle, speed, torque }: Command,
): Record<string, number> {
  return {
    steeringAngle,
    speed,
    torque,
    measuredSpeed: state.speed,
    measuredSteeringAngle: state.steeringWheelAngle,
    x: state.x,
    y: state.y,
    yaw: state.yaw,
    yawRate: state.yawRate,
    lateralError,
    arcLength: s,
  };
}
