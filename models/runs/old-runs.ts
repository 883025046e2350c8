import { z } from 'zod';
import { parseOrRefuse, type Refused } from '../../sim/parse.ts';
import { BACKEND_NAMES } from '../backend/open-backend.ts';
import { renamed } from '../training/option-table/names.ts';
import { dataSettingsSchema, trainingSchema } from '../training/options.ts';
import { RUN_VERSION, type RunDescription, runDescriptionSchema, runStatusSchema } from './run-description.ts';
import type { RunSummary } from './summary.ts';

/** `run.json` as `wheelhouse train` wrote it at first. */
const commandLineRunSchema = z.strictObject({
  format: z.literal('wheelhouse-run'),
  version: z.literal(1),
  begun: z.string(),
  config: z.strictObject({
    recordings: z.array(z.string()),
    format: z.string().optional(),
    skipBad: z.boolean().optional(),
    out: z.string(),
    architecture: z.string(),
    networkOptions: z.record(z.string(), z.unknown()).optional(),
    from: z.strictObject({ folder: z.string(), sha256: z.string() }).optional(),
    ...dataSettingsSchema.shape,
    training: trainingSchema,
  }),
  seed: z.int(),
  data: z.strictObject({
    sha256: z.string(),
    recordings: z.array(z.strictObject({ name: z.string(), samples: z.int(), sha256: z.string() })),
  }),
  environment: z.strictObject({
    wheelhouse: z.string(),
    node: z.string(),
    tfjs: z.string(),
    platform: z.string(),
    cpus: z.string(),
    backend: z.enum(BACKEND_NAMES),
    adapter: z.string().nullable(),
  }),
});

/** `run.json` as the app wrote it at first: it had neither a format nor a version, and held the summary. */
const appRunSchema = z.object({
  name: z.string(),
  status: runStatusSchema,
  createdAt: z.string(),
  changedAt: z.string(),
  config: z.strictObject({
    architecture: z.string(),
    network: z.record(z.string(), z.unknown()),
    recordings: z.array(z.string()),
    ...dataSettingsSchema.shape,
    from: z.string().optional(),
    backend: z.enum(['auto', ...BACKEND_NAMES]),
    training: trainingSchema,
  }),
  summary: z
    .looseObject({
      model: z.string().optional(),
      seconds: z.number().optional(),
      stopped: z.string().optional(),
      test: z.looseObject({}).optional(),
      error: z.string().optional(),
    })
    .nullable(),
});

/** A run of an earlier version, as of today. */
export interface RenewedRun {
  readonly description: RunDescription;
  /** Where `run.json` held it. */
  readonly summary?: unknown;
  /** What to know of it, one line. */
  readonly note: string;
}

/**
 * @returns undefined when it is no `run.json` of an earlier version
 * @throws Refusal when it is a damaged one
 */
export function renewRun(json: unknown, refused: Refused): RenewedRun | undefined {
  const kind = z.looseObject({ format: z.unknown().optional(), version: z.unknown().optional() }).safeParse(json).data;
  if (kind?.version === 1) {
    return notingNames(fromCommandLine(parseOrRefuse(commandLineRunSchema, json, refused)), json);
  }
  const isOfApp = kind !== undefined && kind.format === undefined && 'createdAt' in kind;
  return isOfApp ? notingNames(fromApp(parseOrRefuse(appRunSchema, json, refused)), json) : undefined;
}

/** Adds to the note which options have other names today. */
function notingNames(run: RenewedRun, json: unknown): RenewedRun {
  return { ...run, note: [run.note, ...renamedOptions(json)].join('; ') };
}

/** A line for each option that has another name today. */
function renamedOptions(json: unknown): string[] {
  const run = z.looseObject({ config: z.looseObject({ training: z.looseObject({}) }) }).safeParse(json).data;
  const lines: string[] = [];
  renamed(run?.config.training ?? {}, (line) => lines.push(line));
  return lines;
}

function fromCommandLine(run: z.infer<typeof commandLineRunSchema>): RenewedRun {
  const { recordings, from, ...config } = run.config;
  const { node, ...environment } = run.environment;
  const places = recordings.map((folder) => ({ folder }));
  const description = runDescriptionSchema.parse({
    format: run.format,
    version: RUN_VERSION,
    name: config.out.split(/[/\\]/).at(-1),
    // Its end stood in the summary alone.
    status: 'running',
    begun: run.begun,
    changed: run.begun,
    config: {
      ...config,
      recordings: places,
      backend: environment.backend,
      ...(from && {
        from: { model: from.folder === 'default' ? { id: 'default' } : { folder: from.folder }, sha256: from.sha256 },
      }),
    },
    seed: run.seed,
    data: {
      sha256: run.data.sha256,
      recordings: run.data.recordings.map((one, i) => ({ ...one, reference: places[i] ?? places.at(-1) })),
    },
    environment: { ...environment, runtime: `Node ${node}` },
    resumed: [],
  });
  return { description, note: 'this run was begun by an earlier version' };
}

function fromApp(run: z.infer<typeof appRunSchema>): RenewedRun {
  const { recordings, network, from, ...config } = run.config;
  const description = runDescriptionSchema.parse({
    format: 'wheelhouse-run',
    version: RUN_VERSION,
    name: run.name,
    status: run.status,
    begun: run.createdAt,
    changed: run.changedAt,
    config: {
      ...config,
      networkOptions: network,
      recordings: recordings.map((id) => ({ id })),
      ...(from !== undefined && { from: { model: { id: from } } }),
    },
    seed: config.training.seed,
    data: null,
    environment: null,
    resumed: [],
  });
  const note =
    'this run was begun by an earlier version, which kept no hash of the recordings: whether they are still the same was not checked';
  return { description, note, ...(run.summary && { summary: summaryOf(run.status, run.summary) }) };
}

function summaryOf(
  status: RunDescription['status'],
  { model, seconds, stopped, test, error }: NonNullable<z.infer<typeof appRunSchema>['summary']>,
): Partial<Record<keyof RunSummary, unknown>> {
  return {
    stopped: error === undefined ? (stopped ?? (status === 'finished' ? 'finished' : 'aborted')) : 'failed',
    ...(error !== undefined && { error }),
    model: model === undefined ? null : { id: model },
    test: test ? { steeringAngle: test } : null,
    ...(seconds !== undefined && { seconds }),
  };
}
