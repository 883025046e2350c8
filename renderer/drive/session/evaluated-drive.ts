import type { KeptDrive } from '../../../evaluation/trace/drive-file.ts';
import { type TraceTick, ticksOf } from '../../../evaluation/trace/drive-trace.ts';
import type { Incident } from './incidents.ts';
import type { DrivenMoment } from './moment.ts';
import { type RecordedDrive, setupOf, stateOf } from './recorded-drive.ts';

/** An evaluated drive in the form in which recorded ones are watched: what the driver and the expert asked for, and where it was put back. */
export function evaluatedDrive({
  world,
  trace,
}: KeptDrive): RecordedDrive & { readonly incidents: readonly Incident[] } {
  const begin = trace.columns.time[0] ?? 0;
  const { seed, traffic, ...place } = world;
  return {
    setup: setupOf({ ...place, ...(seed !== undefined && { seed }), ...(traffic && { traffic }) }),
    begin,
    moments: ticksOf(trace).map((tick) => momentOf(tick, begin)),
    incidents: trace.interventions.map(({ time, x, y, lateralError }) => {
      return { kind: 'strayed', time: time - begin, x, y, lateralError, driverCommand: null };
    }),
  };
}

function momentOf(tick: TraceTick, begin: number): DrivenMoment {
  const { x, y, yaw, actualSpeed, steeringWheelAngle, steeringAngle, speed, torque } = tick;
  return {
    time: tick.time - begin,
    state: stateOf({ x, y, yaw, speed: actualSpeed, steeringWheelAngle, handTorque: torque }),
    commands: {
      person: null,
      driver: { steeringAngle, speed, torque },
      expert: { steeringAngle: tick.expertSteeringAngle, speed: tick.expertSpeed, torque: tick.expertTorque },
    },
  };
}
