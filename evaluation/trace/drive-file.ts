import { z } from 'zod';
import type { EpisodeSpec } from '../../sim/episode/spec.ts';
import { trafficSchema } from '../../sim/traffic/traffic-spec.ts';
import { columnsOf, type DriveTrace, TRACE_COLUMN_NAMES, type TraceColumn } from './drive-trace.ts';

/** Columns that files have only since they were added. */
const ADDED_LATER: readonly TraceColumn[] = ['lateralError', 'progress', 'referenceSpeed'];

const column = z.array(z.number());
type ColumnsShape = { [Name in TraceColumn]: typeof column };
const columnsSchema = z
  .object(
    Object.fromEntries(
      TRACE_COLUMN_NAMES.map((name) => [name, ADDED_LATER.includes(name) ? column.optional() : column]),
    ) as unknown as ColumnsShape,
  )
  .refine(
    (columns) => TRACE_COLUMN_NAMES.every((name) => (columns[name] ?? columns.time).length === columns.time.length),
    'columns differ in length',
  );

const driveFileSchema = z.object({
  track: z.string(),
  conditions: z.record(z.string(), z.json()),
  /** Seed of the episode, and how many other cars there were; absent in older files. */
  seed: z.int().min(0).optional(),
  traffic: trafficSchema.optional(),
  columns: columnsSchema,
  interventions: z.array(
    z.object({
      time: z.number(),
      x: z.number(),
      y: z.number(),
      lateralError: z.number(),
      collision: z.string().nullable().exactOptional(),
    }),
  ),
});

/** The world that a drive went through, as far as its file says. */
export type DrivenWorld = Pick<z.infer<typeof driveFileSchema>, 'track' | 'conditions' | 'seed' | 'traffic'>;

/** An evaluated drive and its world, so that it can be watched again without being driven again. */
export interface KeptDrive {
  readonly world: DrivenWorld;
  /** Columns that the file is too old to have are NaN throughout. */
  readonly trace: DriveTrace;
}

/** Beside `evaluation.json`, with the drive of each of its episodes. */
export const DRIVES_FOLDER = 'drives';

/** @param episode counted from 0 */
export function driveFileName(episode: number): string {
  return `${DRIVES_FOLDER}/${episode}.json`;
}

/** Four decimals: a tenth of a millimetre, and six thousandths of a degree. */
const PRECISION = 1e4;

/** The text of a drive file. */
export function encodeDrive(
  { track, conditions, seed, traffic }: Pick<EpisodeSpec, 'track' | 'conditions' | 'seed' | 'traffic'>,
  trace: DriveTrace,
): string {
  const columns = columnsOf((name) => trace.columns[name].map((value) => Math.round(value * PRECISION) / PRECISION));
  return JSON.stringify({ track, conditions, seed, traffic, columns, interventions: trace.interventions });
}

/** @throws ZodError or SyntaxError when this is no drive file */
export function decodeDrive(text: string): KeptDrive {
  const { columns, interventions, ...world } = driveFileSchema.parse(JSON.parse(text));
  const { length } = columns.time;
  const unknown = () => new Array<number>(length).fill(Number.NaN);
  return { world, trace: { length, columns: columnsOf((name) => columns[name] ?? unknown()), interventions } };
}
