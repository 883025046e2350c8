import type { Tick } from '../../sim/episode/episode.ts';
import { type DriveTrace, type Intervention, type TraceTick, traceOf } from './drive-trace.ts';

/** Writes down a drive while it goes on. */
export class TraceRecorder {
  readonly #ticks: TraceTick[] = [];
  readonly #interventions: Intervention[] = [];

  /**
   * @param progress distance along the road at the tick's start [m]
   * @param referenceSpeed speed of the expert there [m/s]
   */
  add({ time, state, lateralError, command, label, ...tick }: Tick, progress: number, referenceSpeed: number): void {
    const expert = label ?? command;
    this.#ticks.push({
      time,
      x: state.x,
      y: state.y,
      yaw: state.yaw,
      actualSpeed: state.speed,
      steeringWheelAngle: state.steeringWheelAngle,
      steeringAngle: command.steeringAngle,
      speed: command.speed,
      torque: command.torque,
      expertSteeringAngle: expert.steeringAngle,
      expertSpeed: expert.speed,
      expertTorque: expert.torque,
      lateralError,
      progress,
      referenceSpeed,
    });
    if (!tick.intervened) return;
    const { strayed, collision } = tick;
    this.#interventions.push({ time, x: state.x, y: state.y, lateralError: strayed, collision });
  }

  /** All that was written down so far. */
  finish(): DriveTrace {
    return traceOf(this.#ticks, this.#interventions);
  }
}
