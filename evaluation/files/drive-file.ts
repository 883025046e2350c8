import { z } from 'zod';
import type { EpisodeSpec } from '../../sim/episode/spec.ts';
import { trafficSchema } from '../../sim/traffic/traffic-spec.ts';

/** What is known of each control tick of an evaluated drive; commands are the driver's, those of the expert beside them. */
const COLUMNS = [
  'time',
  'x',
  'y',
  'yaw',
  'actualSpeed',
  'steeringWheelAngle',
  'steeringAngle',
  'speed',
  'torque',
  'expertSteeringAngle',
  'expertSpeed',
  'expertTorque',
] as const;
type Column = (typeof COLUMNS)[number];

/** One control tick: time [s], place [m], yaw [rad], speeds [m/s], steering-wheel angles [rad], torques [N·m]; left is positive. */
export type DriveTick = Readonly<Record<Column, number>>;

const column = z.array(z.number());
const driveFileSchema = z.object({
  track: z.string(),
  conditions: z.record(z.string(), z.json()),
  /** Seed of the episode, and how many other cars there were; absent in older files. */
  seed: z.int().min(0).optional(),
  traffic: trafficSchema.optional(),
  columns: z
    .object(Object.fromEntries(COLUMNS.map((name) => [name, column])) as Record<Column, typeof column>)
    .refine(
      (columns) => COLUMNS.every((name) => columns[name].length === columns.time.length),
      'columns differ in length',
    ),
  /** When the car was put back, where it was then, and how far off the middle of its lane [m]. */
  interventions: z.array(z.object({ time: z.number(), x: z.number(), y: z.number(), lateralError: z.number() })),
});

/** An evaluated drive, tick by tick, so that it can be watched again without being driven again. */
export type DriveFile = z.infer<typeof driveFileSchema>;

/** Beside `evaluation.json`, with the drive of each of its episodes. */
export const DRIVES_FOLDER = 'drives';

/** @param episode counted from 0 */
export function driveFileName(episode: number): string {
  return `${DRIVES_FOLDER}/${episode}.json`;
}

/** Four decimals: a tenth of a millimetre, and six thousandths of a degree. */
const PRECISION = 1e4;

/** @param ticks 20 Hz, in order */
export function encodeDrive(
  { track, conditions, seed, traffic }: Pick<EpisodeSpec, 'track' | 'conditions' | 'seed' | 'traffic'>,
  ticks: readonly DriveTick[],
  interventions: DriveFile['interventions'],
): string {
  const columns = Object.fromEntries(
    COLUMNS.map((name) => [name, ticks.map((tick) => Math.round(tick[name] * PRECISION) / PRECISION)]),
  );
  return JSON.stringify({ track, conditions, seed, traffic, columns, interventions });
}

/** @throws ZodError or SyntaxError when this is no drive file */
export function decodeDrive(text: string): DriveFile {
  return driveFileSchema.parse(JSON.parse(text));
}
