import type { DriveTrace } from '../trace/drive-trace.ts';

/** Where the car was at a time, and how far off the middle of its lane. */
export interface Moment {
  /** World time [s]. */
  readonly time: number;
  readonly x: number;
  readonly y: number;
  /** Left positive [m]. */
  readonly lateralError: number;
}

/** The ticks of a drive as a map shows them. */
export function momentsOf({ columns: { time, x, y, lateralError } }: DriveTrace): Moment[] {
  return time.map((at, i) => ({ time: at, x: x[i]!, y: y[i]!, lateralError: lateralError[i]! }));
}
