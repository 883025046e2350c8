import { z } from 'zod';
import { episodeSpecSchema } from '../../sim/episode/spec-schema.ts';
import { Refusal } from '../../sim/refusal.ts';

/** Versions of the formulas behind the scores. One goes up when the same drive would get another score. */
export const METRIC_VERSIONS = {
  completed: 1,
  autonomy: 1,
  interventions: 1,
  lateralRms: 1,
  speedRms: 1,
  whiteness: 1,
  whitenessRatio: 1,
} as const;

const notNegative = z.number().min(0);

/** Score of one episode. */
export const episodeResultSchema = z.object({
  track: z.string(),
  seed: z.number().int(),
  /** Share of the route that was driven, 0 to 1. */
  completed: z.number().min(0).max(1),
  /** NVIDIA's autonomy, 0 to 100 [percent]. */
  autonomy: z.number().min(0).max(100),
  /** How often the car strayed more than 1 m or touched another, and was put back. */
  interventions: z.number().int().min(0),
  /** How many of these were collisions. */
  collisions: z.int().min(0).exactOptional(),
  /** Root mean square of the distance from the middle of the lane [m]. */
  lateralRms: notNegative,
  /** Root mean square of the speed minus the expert's [m/s]. */
  speedRms: notNegative,
  /** Root mean square rate of the commanded steering-wheel angle [deg/s]. */
  whiteness: notNegative,
  /** Whiteness over the expert's on the same road; null where the expert's is 0. */
  whitenessRatio: notNegative.nullable(),
  simulatedSeconds: notNegative,
  wallSeconds: notNegative,
  /** Hash over every state of the world; equal hashes mean equal drives. */
  stateHash: z.string(),
  /** Hash over every state up to each full simulated second; tells at which second two drives part. */
  secondHashes: z.array(z.string()).exactOptional(),
  /** What was driven, completely: with the driver it is enough to drive it again. */
  spec: episodeSpecSchema.exactOptional(),
});

/** Who drove, told so that the same driver can be opened again, or told from a changed one. */
export const driverSourceSchema = z.object({
  /** `expert`, `default`, or the absolute path of a model folder. */
  path: z.string().min(1),
  /** SHA-256 over the model's files; null for a driver without any. */
  digest: z.string().nullable(),
});

/** What `wheelhouse evaluate --json` prints and what `evaluation.json` holds. */
export const evaluationSchema = z.object({
  model: z.string(),
  /** Where the driver comes from, to open it again. */
  driver: driverSourceSchema.exactOptional(),
  suite: z.string(),
  /** Backend that ran the network: `webgpu`, `wasm` or `cpu`; `none` for a driver without one. */
  backend: z.string(),
  /** Adapter that drew the frames, with the word `software` for a software one; `none` without frames. */
  adapter: z.string(),
  /** Version of each metric, see `METRIC_VERSIONS`. */
  metrics: z.record(z.string(), z.number().int().positive()),
  episodes: z.array(episodeResultSchema),
  summary: z.object({
    /** Over all episodes: the interventions and the seconds of all of them, in NVIDIA's formula [percent]. */
    autonomy: z.number().min(0).max(100),
    /** Mean over the episodes, 0 to 1. */
    completed: z.number().min(0).max(1),
    interventions: z.number().int().min(0),
    /** Simulated seconds for each second of the clock on the wall. */
    realTimeFactor: notNegative,
  }),
});

export type EpisodeResult = z.infer<typeof episodeResultSchema>;
export type DriverSource = z.infer<typeof driverSourceSchema>;
export type Evaluation = z.infer<typeof evaluationSchema>;

/**
 * Reads an `evaluation.json` back.
 * @param path only for the message
 * @throws Refusal that names the file and the field
 */
export function parseEvaluation(text: string, path: string): Evaluation {
  const again = 'give the evaluation.json that `wheelhouse evaluate --out <folder>` wrote';
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw new Refusal('not-an-evaluation', path, `is not JSON (${(error as Error).message})`, again);
  }
  const result = evaluationSchema.safeParse(document);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const field = issue.path.length === 0 ? 'the document' : issue.path.map(String).join('.');
  throw new Refusal('not-an-evaluation', `${path}: ${field}`, issue.message, again);
}
