import { z } from 'zod';
import { episodeSpecSchema } from '../../sim/episode/spec-schema.ts';
import { Refusal } from '../../sim/refusal.ts';
import { METRICS } from '../metrics/registry.ts';
import { type Metrics, scoreShape } from '../metrics/scores.ts';

const notNegative = z.number().min(0);

/** Schema of one episode that is scored by these metrics. */
export function episodeResultSchemaFor<const List extends Metrics>(metrics: List) {
  return z.object({
    track: z.string(),
    seed: z.number().int(),
    ...scoreShape(metrics, 'episode'),
    simulatedSeconds: notNegative,
    wallSeconds: notNegative,
    /** Hash over every state of the world; equal hashes mean equal drives. */
    stateHash: z.string(),
    /** Hash over every state up to each full simulated second; tells at which second two drives part. */
    secondHashes: z.array(z.string()).exactOptional(),
    /** What was driven, completely: with the driver it is enough to drive it again. */
    spec: episodeSpecSchema.exactOptional(),
  });
}

/** Who drove, told so that the same driver can be opened again, or told from a changed one. */
export const driverSourceSchema = z.object({
  /** `expert`, `default`, or the absolute path of a model folder. */
  path: z.string().min(1),
  /** SHA-256 over the model's files; null for a driver without any. */
  digest: z.string().nullable(),
});

/** Schema of an evaluation by these metrics. */
export function evaluationSchemaFor<const List extends Metrics>(metrics: List) {
  return z.object({
    model: z.string(),
    /** Where the driver comes from, to open it again. */
    driver: driverSourceSchema.exactOptional(),
    suite: z.string(),
    /** Backend that ran the network: `webgpu`, `wasm` or `cpu`; `none` for a driver without one. */
    backend: z.string(),
    /** Adapter that drew the frames, with the word `software` for a software one; `none` without frames. */
    adapter: z.string(),
    /** Version of each metric, see `Metric.version`. */
    metrics: z.record(z.string(), z.number().int().positive()),
    /** Metrics whose values were computed again as the file was read, by the version that it holds; never in the file. */
    rescored: z.record(z.string(), z.number().int().positive()).exactOptional(),
    episodes: z.array(episodeResultSchemaFor(metrics)),
    /** Each metric over all episodes. */
    summary: z.object({
      ...scoreShape(metrics, 'summary'),
      /** Simulated seconds for each second of the clock on the wall. */
      realTimeFactor: notNegative,
    }),
  });
}

/** Score of one episode. */
export const episodeResultSchema = episodeResultSchemaFor(METRICS);
/** What `wheelhouse evaluate --json` prints and what `evaluation.json` holds. */
export const evaluationSchema = evaluationSchemaFor(METRICS);

export type EpisodeResult = z.infer<typeof episodeResultSchema>;
export type DriverSource = z.infer<typeof driverSourceSchema>;
export type Evaluation = z.infer<typeof evaluationSchema>;

/** The document's name in the folder of an evaluation. An evaluation is there when this file is. */
export const EVALUATION_FILE = 'evaluation.json';
/** The page about it, in the same folder. */
export const REPORT_FILE = 'report.html';

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
