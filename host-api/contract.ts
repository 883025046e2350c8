/**
 * The host API: what pages may ask of the host, wherever it runs. `docs/host-api.md` lists the requests; here are the
 * schemas of what goes over, by which the host checks what comes in at its door and pages what they are told.
 */
import { z } from 'zod';
import { columnReadingsSchema } from '../datasets/formats/columns/readings.ts';
import { nameSchema, recordingEditsSchema } from '../datasets/recording/edits.ts';
import { metadataSchema } from '../datasets/recording/metadata.ts';
import { episodeProgressSchema } from '../evaluation/drive/progress.ts';
import { evaluationSchema } from '../evaluation/files/evaluation.ts';
import { metricLineSchema } from '../models/runs/metric-lines.ts';
import { runConfigSchema } from '../models/runs/run-config.ts';
import { runDescriptionSchema, runStatusSchema } from '../models/runs/run-description.ts';
import { heldSchema } from '../models/runs/run-lock.ts';
import { runSummarySchema } from '../models/runs/summary.ts';
import { driverNameSchema, idSchema } from './names.ts';

/** Things that the library keeps, each a folder. `drafts` are uploads under way. */
export const COLLECTIONS = ['recordings', 'models', 'runs', 'evaluations', 'drafts'] as const;
export type Collection = (typeof COLLECTIONS)[number];

/** Largest body of a request [bytes]: larger files are appended piece by piece. */
export const MAX_FILE_BODY = 64 * 1024 * 1024;
/** Largest JSON body [bytes]. */
export const MAX_JSON_BODY = 4 * 1024 * 1024;

const count = z.int().min(0);
const instant = z.iso.datetime();

/** Why something was not done: `code` for programs, `message` one line for people. */
export const apiErrorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
export type ApiError = z.infer<typeof apiErrorSchema>;

/** HTTP status by error code; a refusal that is not listed is 422, and a fault of ours 500 (`fault`). */
export const STATUS_OF_ERROR: Readonly<Record<string, number>> = {
  'bad-request': 400,
  'bad-id': 400,
  'bad-path': 400,
  'no-session': 401,
  'foreign-origin': 403,
  'foreign-host': 403,
  'read-only': 403,
  'not-found': 404,
  'missing-file': 404,
  'bad-offset': 409,
  'file-exists': 409,
  'id-taken': 409,
  'in-use': 409,
  'run-held': 409,
  'too-large': 413,
  'bad-range': 416,
  fault: 500,
  'disk-full': 507,
};

/** What this host is. */
export const statusSchema = z.object({
  product: z.literal('wheelhouse'),
  version: z.string(),
  shell: z.enum(['electron', 'web']),
  /** Folder of the library, to be shown. */
  library: z.string(),
  platform: z.string(),
  cpus: count,
});
export type Status = z.infer<typeof statusSchema>;

export const createdSchema = z.object({ id: idSchema });
export type Created = z.infer<typeof createdSchema>;
export const doneSchema = z.object({ done: z.literal(true) });

/** One entry of a folder; see `StorageEntry`. */
export const fileListSchema = z.object({
  entries: z.array(z.object({ name: z.string(), kind: z.enum(['file', 'folder']), size: count })),
});
export const fileSizeSchema = z.object({ size: count });
/** Free space [bytes]; null where nobody knows. */
export const spaceSchema = z.object({ free: count.nullable() });

// Recordings

/** What `PUT /recordings/:id/edits` takes; it counts instead of what a person said before. */
export const recordingChangesSchema = recordingEditsSchema.extend({
  /** How columns are read otherwise than they are stored: a turned sign, scales, offsets. */
  columns: columnReadingsSchema.optional(),
});
export type RecordingChanges = z.infer<typeof recordingChangesSchema>;

export const newRecordingSchema = z.strictObject({ name: nameSchema });
export type NewRecording = z.infer<typeof newRecordingSchema>;

export const recordingEntrySchema = z.object({
  id: idSchema,
  name: z.string(),
  /** Last change. */
  changedAt: instant,
  /** All its files [bytes]. */
  bytes: count,
  /** Null where `problem` says why it cannot be read, or nothing has been recorded into it yet. */
  metadata: metadataSchema.nullable(),
  problem: z.string().nullable(),
  /** Whether there is a frame to make its thumbnail of. */
  pictured: z.boolean(),
  /** Samples that a person cut out. */
  cut: count,
});
export type RecordingEntry = z.infer<typeof recordingEntrySchema>;
export const recordingListSchema = z.object({ recordings: z.array(recordingEntrySchema) });
export type RecordingList = z.infer<typeof recordingListSchema>;

export const recordingDetailsSchema = recordingEntrySchema.extend({
  /** Samples in it, without regard to cuts. */
  samples: count,
  /** From the first sample to the last [s]. */
  duration: z.number().min(0),
  edits: recordingChangesSchema,
});
export type RecordingDetails = z.infer<typeof recordingDetailsSchema>;

/** Formats of recordings that the host reads. */
export const formatListSchema = z.object({
  formats: z.array(
    z.object({
      name: z.string(),
      /** For people. */
      title: z.string(),
      /** Extensions that its files may have, without the dot. */
      files: z.array(z.string()),
      /** Whether each such file is a recording by itself. */
      whole: z.boolean(),
    }),
  ),
});
export type FormatList = z.infer<typeof formatListSchema>;

/** Makes recordings of what was uploaded into a draft, or of a recording of the library, which stays. */
export const newImportSchema = z
  .strictObject({
    draft: idSchema.optional(),
    recording: idSchema.optional(),
    name: nameSchema,
    /** Found out by content unless it is named. */
    format: z.string().optional(),
    /** How columns are read where the format does not say, or says it wrongly. */
    columns: columnReadingsSchema.optional(),
    /** Pictures stay as they are, byte for byte, or are all stored as JPEG or PNG. Default `keep`. */
    pictures: z.enum(['keep', 'jpeg', 'png']).optional(),
    /** Leave bad samples out instead of stopping at the first. Default true. */
    skipBad: z.boolean().optional(),
    /** Where time runs backwards: a recording of each drive, or one in the order of the times. Default: as it is. */
    clock: z.enum(['split', 'sort']).optional(),
  })
  .refine(({ draft, recording }) => (draft === undefined) !== (recording === undefined), 'name a draft or a recording');
export type NewImport = z.infer<typeof newImportSchema>;

// Models

/** Makes a draft the model or evaluation of this id. */
export const publicationSchema = z.strictObject({
  draft: idSchema,
  /** Wanted id; when absent it is made from the name. */
  id: idSchema.optional(),
  name: nameSchema,
  /** Replace what has this id already; otherwise it is refused (`id-taken`), or a number is added to an id made up. */
  replace: z.boolean().default(false),
});
export type Publication = z.input<typeof publicationSchema>;

export const modelEntrySchema = z.object({
  id: idSchema,
  name: z.string(),
  /** Comes with Wheelhouse and cannot be deleted. */
  builtin: z.boolean(),
  changedAt: instant,
  bytes: count,
});
export type ModelEntry = z.infer<typeof modelEntrySchema>;
export const modelListSchema = z.object({ models: z.array(modelEntrySchema) });
export type ModelList = z.infer<typeof modelListSchema>;

/** `model` is the text of `model.json`, parsed; `models/` has its schema. */
export const modelDetailsSchema = modelEntrySchema.extend({ model: z.json() });
export type ModelDetails = z.infer<typeof modelDetailsSchema>;

// Training runs

/** Its folder is written as `models/runs` has it; pages do so through the files of the run. */
export const newRunSchema = z.strictObject({ name: nameSchema, config: runConfigSchema });
export type NewRun = z.infer<typeof newRunSchema>;

export const runEntrySchema = z.object({
  id: idSchema,
  name: z.string(),
  status: runStatusSchema,
  begun: instant,
  changed: instant,
  /** Who trains it, or did so until it was killed (`isGone`). Null when nobody does. */
  held: heldSchema.extend({ isGone: z.boolean() }).nullable(),
});
export type RunEntry = z.infer<typeof runEntrySchema>;
export const runListSchema = z.object({ runs: z.array(runEntrySchema) });
export type RunList = z.infer<typeof runListSchema>;

export const runDetailsSchema = runEntrySchema.extend({
  /** Where it lies, to be shown. */
  folder: z.string(),
  description: runDescriptionSchema,
  /** Null until it has ended. */
  summary: runSummarySchema.nullable(),
  /** What to know of a run that was begun by an earlier version. */
  note: z.string().nullable(),
  /** Whether there is a checkpoint to go on from. */
  checkpoint: z.boolean(),
  /** The recordings that it names, with their ids in this library; null for one that is not in it. */
  recordings: z.array(z.object({ name: z.string(), id: idSchema.nullable() })),
});
export type RunDetails = z.infer<typeof runDetailsSchema>;

/** Lines of `metrics.jsonl` in an answer at most: a page reads them without halting. Whoever wants more asks again behind them. */
export const MAX_METRIC_LINES = 10_000;
export const metricLinesSchema = z.strictObject({ lines: z.array(metricLineSchema).max(MAX_METRIC_LINES) });
export type MetricLines = z.infer<typeof metricLinesSchema>;

// Evaluations

/** `report.html` among its files is the report; show it in a sandboxed frame. */
export const evaluationDetailsSchema = z.object({
  id: idSchema,
  name: z.string(),
  changedAt: instant,
  evaluation: evaluationSchema,
  hasReport: z.boolean(),
});
export type EvaluationDetails = z.infer<typeof evaluationDetailsSchema>;
export const evaluationListSchema = z.object({
  evaluations: z.array(evaluationDetailsSchema),
  /** Folders that cannot be read, with the reason. */
  problems: z.array(z.object({ id: idSchema, problem: z.string() })),
});
export type EvaluationList = z.infer<typeof evaluationListSchema>;

// Suites

export const suiteListSchema = z.object({
  suites: z.array(
    z.object({
      name: z.string(),
      description: z.string(),
      episodes: z.array(z.object({ id: z.string(), track: z.string(), route: z.number() })),
    }),
  ),
});
export type SuiteList = z.infer<typeof suiteListSchema>;

// Jobs on the host

/** Drives a model of the library, or another driver that needs none, through a suite. */
export const newJobSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('evaluate'),
    /** A driver reference without a path: the id of a model, `expert`, `constant:3`, … */
    model: driverNameSchema,
    /** Name of a suite, or the document of one, checked by `suiteSchema` of `evaluation/suites`. */
    suite: z.union([z.string().min(1).max(100), z.record(z.string(), z.unknown())]),
    name: nameSchema.optional(),
  }),
]);
export type NewJob = z.infer<typeof newJobSchema>;

export const jobSchema = z.object({
  id: idSchema,
  kind: z.enum(['evaluate', 'import']),
  name: z.string(),
  state: z.enum(['waiting', 'running', 'finished', 'failed', 'cancelled']),
  startedAt: instant,
  /** Share that is done, 0 to 1; null where it is not known. */
  completed: z.number().min(0).max(1).nullable(),
  /** What is going on, or what to know of the result; one line. */
  note: z.string(),
  /** Ids of what came of it: an evaluation, recordings. */
  results: z.array(idSchema),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** Of an evaluation: its episodes, in the order of the suite; empty until the first has begun. */
  episodes: z.array(episodeProgressSchema),
  /** Pictures of what the car sees that there have been so far; only the newest is kept. */
  pictures: count,
});
export type Job = z.infer<typeof jobSchema>;
export const jobListSchema = z.object({ jobs: z.array(jobSchema) });
export type JobList = z.infer<typeof jobListSchema>;
