import { z } from 'zod';
import type { FileStorage } from '../../datasets/storage/storage.ts';
import { Refusal } from '../../sim/refusal.ts';
import { RUN_FILE, SUMMARY_FILE } from './layout.ts';
import { renewRun } from './old-runs.ts';
import { RUN_VERSION, type RunDescription, type RunStatus, runDescriptionSchema } from './run-description.ts';
import { type RunSummary, runSummarySchema } from './summary.ts';

/** A run as it is kept, read and checked. */
export interface ReadRun {
  readonly description: RunDescription;
  readonly summary: RunSummary | null;
  /** What to know of it, one line, when it was begun by an earlier version; null otherwise. */
  readonly note: string | null;
}

const STATUS_OF_END = { finished: 'finished', early: 'finished', aborted: 'stopped', failed: 'failed' } as const;

/** Status of a run that ended like this. */
export function statusOf(stopped: RunSummary['stopped']): RunStatus {
  return STATUS_OF_END[stopped];
}

/** Reads a run of this version or an earlier one. @throws Refusal when there is none, or it is damaged or newer */
export async function readRun(storage: FileStorage): Promise<ReadRun> {
  const where = `${storage.name}/${RUN_FILE}`;
  const json = await readJson(storage, RUN_FILE);
  if (json === undefined) {
    throw new Refusal('no-run', storage.name, 'there is no run.json', 'give the run folder of `wheelhouse train`');
  }
  const old = renewRun(json);
  if (old instanceof z.ZodError) throw damaged(where, old);
  if (old === undefined) {
    const description = readDescription(where, json);
    return { description, summary: await readSummary(storage), note: null };
  }
  const summary = await readSummary(storage, old.summary);
  const status = summary === null ? old.description.status : statusOf(summary.stopped);
  return { description: { ...old.description, status }, summary, note: old.note };
}

function readDescription(where: string, json: unknown): RunDescription {
  const version = (json as { version?: unknown } | null)?.version;
  if (typeof version === 'number' && version !== RUN_VERSION) {
    const what = `the run is of version ${version}, this program reads up to version ${RUN_VERSION}`;
    throw new Refusal('other-run', `${where}, version`, what, 'train anew, or use the program that began it');
  }
  const description = runDescriptionSchema.safeParse(json);
  if (description.success) return description.data;
  throw damaged(where, description.error);
}

/** @param instead of the file, where an earlier version kept it elsewhere */
async function readSummary(storage: FileStorage, instead?: unknown): Promise<RunSummary | null> {
  const json = instead ?? (await readJson(storage, SUMMARY_FILE));
  if (json === undefined) return null;
  // How it ended is worth knowing even where figures of an earlier version are read no more.
  const { stopped } = z.looseObject({ stopped: runSummarySchema.shape.stopped }).safeParse(json).data ?? {};
  return runSummarySchema.safeParse(json).data ?? (stopped ? runSummarySchema.parse({ stopped }) : null);
}

/** @returns undefined when there is no such file, null when it is no JSON */
async function readJson(storage: FileStorage, file: string): Promise<unknown> {
  if (!(await storage.exists('')) || !(await storage.exists(file))) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(await storage.read(file)));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function damaged(where: string, { issues }: z.ZodError): Refusal {
  const { path, message } = issues[0]!;
  return new Refusal(
    'damaged-run',
    `${where}, ${path.map(String).join('.') || 'the whole file'}`,
    message,
    'train anew',
  );
}
