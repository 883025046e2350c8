/** What is known of each control tick of a drive, with its unit. Left is positive; angles are those of the steering wheel. */
export const TRACE_COLUMNS = {
  /** World time at the tick's start, 20 Hz. */
  time: 's',
  /** Place and heading of the car. */
  x: 'm',
  y: 'm',
  yaw: 'rad',
  /** Speed of the car, whatever was commanded. */
  actualSpeed: 'm/s',
  /** Where the steering wheel was, whatever was commanded. */
  steeringWheelAngle: 'rad',
  /** What the driver commanded. */
  steeringAngle: 'rad',
  speed: 'm/s',
  torque: 'N·m',
  /** What the expert would have commanded at this place and moment. */
  expertSteeringAngle: 'rad',
  expertSpeed: 'm/s',
  expertTorque: 'N·m',
  /** Distance from the middle of the driving lane. */
  lateralError: 'm',
  /** Distance along the road since the start, which being put back neither adds to nor takes from. */
  progress: 'm',
  /** Speed with which the expert passed here when it drove the same route. */
  referenceSpeed: 'm/s',
} as const;

export type TraceColumn = keyof typeof TRACE_COLUMNS;
/** The names of all columns, in the order in which they are written. */
export const TRACE_COLUMN_NAMES = Object.keys(TRACE_COLUMNS) as readonly TraceColumn[];

export type TraceColumns = Readonly<Record<TraceColumn, readonly number[]>>;

/** One control tick of a drive. */
export type TraceTick = Readonly<Record<TraceColumn, number>>;

/** The car had strayed or touched another, and was put back. */
export interface Intervention {
  /** World time [s]. */
  readonly time: number;
  /** Where the car was put [m]. */
  readonly x: number;
  readonly y: number;
  /** How far it had strayed, left positive [m]; 0 where it was put back for a contact alone. */
  readonly lateralError: number;
  /** Id of the car that it had touched; null for none, absent in files older than this field. */
  readonly collision?: string | null;
}

/**
 * A drive as it went, tick by tick: what metrics are computed from, what a drive file holds, what a report draws and what
 * a page plays once more.
 */
export interface DriveTrace {
  /** Number of ticks; every column has as many entries. */
  readonly length: number;
  readonly columns: TraceColumns;
  /** In order. */
  readonly interventions: readonly Intervention[];
}

/** One tick of a trace. @param index from 0 to below its length */
export function tickAt({ columns }: DriveTrace, index: number): TraceTick {
  return Object.fromEntries(TRACE_COLUMN_NAMES.map((name) => [name, columns[name][index]!])) as TraceTick;
}

/** All ticks of a trace, in order. */
export function ticksOf(trace: DriveTrace): TraceTick[] {
  return Array.from({ length: trace.length }, (_, i) => tickAt(trace, i));
}

/** The trace with these ticks. */
export function traceOf(ticks: readonly TraceTick[], interventions: readonly Intervention[]): DriveTrace {
  return { length: ticks.length, columns: columnsOf((name) => ticks.map((tick) => tick[name])), interventions };
}

/** All columns, each made from its name. */
export function columnsOf(make: (name: TraceColumn) => readonly number[]): TraceColumns {
  return Object.fromEntries(TRACE_COLUMN_NAMES.map((name) => [name, make(name)])) as unknown as TraceColumns;
}
